"""Indonesia's provinces, regencies and cities with their Kemendagri codes, and which of their names mislead."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

Kind = Literal["provinsi", "kabupaten", "kota"]

FILE: Final = Path(__file__).with_name("regions.tsv")
ZONES: Final = {  # first digits of a code -> zone; everything else is WIB
    "Asia/Makassar": ("51", "52", "53", "63", "64", "65", "7"),
    "Asia/Jayapura": ("8", "9"),
}
# Names that are words of everyday Indonesian, or better known for something else than the region.
COMMON_WORDS: Final = """
agam asahan banjar batang batu bima bitung bone buru ende kuningan landak lebak malang medan metro padang palu pati puncak
sabang serang siak sorong subang tegal toba tual
"""
OFFICE: Final = re.compile(r"(?:dinas|(?:dis)?kominfo\w*|humas|bagian|setda|pemda|prokopim|sekretariat daerah)\b", re.IGNORECASE)
ALIKE: Final = 0.8  # ratio of difflib: two letters of ten may differ
USUAL: Final = {"31": "DKI Jakarta", "34": "DI Yogyakarta"}  # instead of the long official names
PROVINCES: Final = {  # what headlines call a province
    "12": "Sumut", "13": "Sumbar", "16": "Sumsel", "19": "Babel", "21": "Kepri", "31": "Jakarta", "32": "Jabar", "33": "Jateng",
    "34": "DIY", "35": "Jatim", "52": "NTB", "53": "NTT", "61": "Kalbar", "62": "Kalteng", "63": "Kalsel", "64": "Kaltim",
    "65": "Kaltara", "71": "Sulut", "72": "Sulteng", "73": "Sulsel", "74": "Sultra", "76": "Sulbar", "82": "Malut",
}  # fmt: skip
ALSO_CALLED: Final = {
    **{short.lower(): code for code, short in PROVINCES.items()},
    **dict.fromkeys(("dki", "dkj", "daerahkhususibukotajakarta", "daerahkhususjakarta"), "31"),
    "daerahistimewayogyakarta": "34",
}


class Region(NamedTuple):
    """A province, regency or city; code is "33" or "33.99", bare is the name without its kind."""

    code: str
    kind: Kind
    bare: str

    @property
    def name(self) -> str:
        """The full name: "Kabupaten Sagara"."""
        return f"{self.kind.capitalize()} {self.bare}"

    @property
    def province(self) -> str:
        """Code of the province."""
        return self.code[:2]


def split_name(name: str) -> tuple[Kind | None, str]:
    """A region's name as kind and bare name; (None, name) where no kind is said."""
    words = " ".join(name.split())
    first, _, rest = re.sub("^pemerintah (?:daerah )?(?=kab|kota|prov)", "", words, flags=re.IGNORECASE).partition(" ")
    kinds: dict[str, Kind] = {"kabupaten": "kabupaten", "kab.": "kabupaten", "kab": "kabupaten", "pemkab": "kabupaten"}
    kinds |= {"kota": "kota", "pemkot": "kota", "provinsi": "provinsi", "prov.": "provinsi", "pemprov": "provinsi"}
    kind = kinds.get(first.lower())
    if kind and rest.lower().startswith("administrasi "):
        rest = rest.partition(" ")[2]
    return (kind, rest) if kind and rest else (None, words)


def region_part(name: str) -> str:
    """The region in the name of one of its offices ("Diskominfo Kab. Sagara"), its kind put before it; else the name as it is."""
    words = name.split()
    starts = range(1, len(words)) if OFFICE.match(name) else range(0)
    said = [part for start in starts if split_name(part := " ".join(words[start:]))[0]]
    known = [part for start in starts if find_regions(part := " ".join(words[start:]))]
    turned = " ".join([*words[-1:], *words[:-1]])  # "Sagara Kab"
    behind = [turned] if split_name(turned)[0] and (find_regions(turned) or similar_regions(turned)) else []
    return next(iter([*said, *known, *behind]), name)


@lru_cache(maxsize=1)
def regions() -> tuple[Region, ...]:
    """All of them, by code."""
    rows = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return tuple(_region(code, name) for code, name in rows)


def _region(code: str, name: str) -> Region:
    kind, bare = split_name(name)
    return Region(code, kind, bare) if kind else Region(code, "provinsi", USUAL.get(code, name))


def _key(name: str) -> str:
    """A name for comparing: Pematang Siantar and Pematangsiantar are the same."""
    return "".join(filter(str.isalnum, name.lower()))


def find_regions(name: str) -> list[Region]:
    """Regions of this name, with or without the kind, by code; several where kabupaten and kota share it."""
    kind, bare = split_name(name)
    found = [region for region in regions() if _key(region.bare) == _key(bare) and kind in (None, region.kind)]
    code = ALSO_CALLED.get(_key(bare))
    return found or [region for region in regions() if region.code == code and kind in (None, region.kind)]


def similar_regions(name: str) -> list[Region]:
    """Up to three regions whose names differ from this one by little, as a mistyped one does; the nearest first."""
    kind, bare = split_name(name)
    known = {_key(region.bare) for region in regions() if kind in (None, region.kind)}
    near = get_close_matches(_key(bare), sorted(known), cutoff=ALIKE)
    return [region for key in near for region in regions() if _key(region.bare) == key and kind in (None, region.kind)][:3]


def zone_of(code: str) -> str:
    """IANA zone of a region's code."""
    return next((zone for zone, starts in ZONES.items() if code.startswith(starts)), "Asia/Jakarta")


def kind_of(code: str) -> Kind:
    """What a code stands for: cities count from 71 within their province."""
    return "provinsi" if "." not in code else "kota" if code[3:4] >= "7" else "kabupaten"


def is_common_word(bare: str) -> bool:
    """Whether the bare name alone would match news about something else."""
    return bare.lower() in COMMON_WORDS.split()


def namesakes(region: Region) -> list[Region]:
    """Other regions of the same bare name, whatever their kind."""
    return [other for other in regions() if _key(other.bare) == _key(region.bare) and other.code != region.code]


def longer_names(region: Region) -> list[str]:
    """Bare names of other regions that contain this one's: "Bandung Barat" for Bandung, "Jawa Barat" for none.

    "DI Yogyakarta" is none of them: in any case of letters it is also "di Yogyakarta", in the city.
    """
    mine = f" {region.bare.lower()} "
    others = {
        other.bare for other in regions() if mine in f" {other.bare.lower()} " and other.bare.lower() != region.bare.lower()
    }
    return sorted(others - {USUAL["34"]})
