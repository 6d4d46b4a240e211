"""The names under which news speaks of an agency: its offices and posts, never persons."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.catalogue.regions import Kind, Region, is_common_word, longer_names, namesakes

FILE: Final = Path(__file__).with_name("offices.yaml")

# {x}: the region's bare name. Offices and posts that say by themselves of what kind the region is.
CLEAR: Final[dict[Kind, tuple[str, ...]]] = {
    "kabupaten": (
        "Pemkab {x}",
        "Pemerintah Kabupaten {x}",
        "Bupati {x}",
        "Wabup {x}",
        "Wakil Bupati {x}",
        "Kabupaten {x}",
        "Kab {x}",
    ),
    "kota": (
        "Pemkot {x}",
        "Pemko {x}",
        "Pemerintah Kota {x}",
        "Wali Kota {x}",
        "Walikota {x}",
        "Wawali {x}",
        "Wakil Wali Kota {x}",
        "Wakil Walikota {x}",
        "Kota {x}",
    ),
    "provinsi": (
        "Pemprov {x}",
        "Pemerintah Provinsi {x}",
        "Gubernur {x}",
        "Wagub {x}",
        "Wakil Gubernur {x}",
        "Provinsi {x}",
    ),
}
# Offices that a kabupaten and a kota of the same name both have: with the bare name only where no namesake exists.
UNCLEAR: Final = (
    "Pemda {x}",
    "Sekda {x}",
    "DPRD {x}",
    "RSUD {x}",
    "Dinkes {x}",
    "Disdik {x}",
    "BPBD {x}",
    "Satpol PP {x}",
    "Dishub {x}",
)
PROVINCES: Final = {  # what headlines call a province
    "12": "Sumut", "13": "Sumbar", "16": "Sumsel", "19": "Babel", "21": "Kepri", "31": "Jakarta", "32": "Jabar", "33": "Jateng",
    "34": "DIY", "35": "Jatim", "52": "NTB", "53": "NTT", "61": "Kalbar", "62": "Kalteng", "63": "Kalsel", "64": "Kaltim",
    "65": "Kaltara", "71": "Sulut", "72": "Sulteng", "73": "Sulsel", "74": "Sultra", "76": "Sulbar", "82": "Malut",
}  # fmt: skip
WATER: Final = ("PDAM {x}", "Perumda Air Minum {x}")


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one agency as its configuration takes them, and what a person should know about them (Indonesian)."""

    short_names: tuple[str, ...]
    aliases: tuple[str, ...]
    exclude: tuple[str, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """A ministry or agency of the national government."""

    id: str
    name: str
    names: Names


def region_names(region: Region) -> Names:
    """Names of a region's government."""
    others = namesakes(region)
    twins = [other for other in others if other.kind != "provinsi" and region.kind != "provinsi"]
    place = region.name if others else region.bare
    offices = UNCLEAR if region.kind == "provinsi" else UNCLEAR + WATER
    aliases = [*(form.format(x=region.bare) for form in CLEAR[region.kind]), *(form.format(x=place) for form in offices)]
    if region.code in PROVINCES:
        aliases += [form.format(x=PROVINCES[region.code]) for form in CLEAR["provinsi"] + UNCLEAR]
    alone = region.kind != "provinsi" and not others and not is_common_word(region.bare)
    return Names(
        short_names=(region.bare,) if alone else (),
        aliases=tuple(alias for alias in aliases if alias != region.name),
        exclude=(*longer_names(region), *(other.name for other in twins)),
        cautions=tuple(_cautions(region, others)),
    )


def _cautions(region: Region, others: list[Region]) -> list[str]:
    cautions = []
    if is_common_word(region.bare):
        cautions.append(
            f'"{region.bare}" juga kata atau nama lain, jadi tidak dicari sendirian; hanya bersama jabatan atau kantornya.'
        )
    if others:
        names = ", ".join(other.name for other in others)
        cautions.append(f'"{region.bare}" juga nama {names}; karena itu nama kantor ditulis lengkap ("DPRD {region.name}").')
    if longer := longer_names(region):
        cautions.append(f"Berita tentang {', '.join(longer)} dikecualikan (exclude).")
    return cautions


def load_offices() -> list[Office]:
    """All ministries and agencies of the list."""
    import yaml  # only `init` needs it

    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [Office(row["id"], row["name"], Names(tuple(row["short_names"]), tuple(row["aliases"]), (), ())) for row in rows]


def find_office(name: str, offices: list[Office]) -> Office | None:
    """The office of this name, abbreviation or short name, in any case."""
    wanted = " ".join(name.split()).casefold()
    for office in offices:
        if wanted in {office.id.casefold(), office.name.casefold(), *(short.casefold() for short in office.names.short_names)}:
            return office
    return None


def office_names(name: str, abbreviation: str) -> Names:
    """Names of a ministry or agency that is not in the list."""
    words = " ".join(name.split())
    subject = words.partition(" ")[2]
    ministry = words.lower().startswith("kementerian ")
    posts = (f"Menteri {subject}", f"Wakil Menteri {subject}") if ministry else (f"Kepala {words}",)
    return Names((abbreviation,) if abbreviation else (), posts if subject else (), (), ())
