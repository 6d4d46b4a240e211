"""The names under which news speaks of an agency: its offices and posts, never persons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from shared.catalogue.regions import PROVINCES, Kind, Region, is_common_word, longer_names, namesakes

FILE: Final = Path(__file__).with_name("offices.yaml")
CLASHES: Final = Path(__file__).with_name("clashes.tsv")

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
WATER: Final = ("PDAM {x}", "Perumda Air Minum {x}")
# Where the bare name is not searched for: more offices, and the place as news speaks of it.
INSTEAD: Final = (
    *("di {x}", "warga {x}", "Ketua DPRD {x}", "Dinas Kesehatan {x}", "Dinas Pendidikan {x}", "Disdikbud {x}", "Dinas PUPR {x}"),
    *("DPUPR {x}", "DLH {x}", "Dinsos {x}", "Disnaker {x}", "Dukcapil {x}", "Disdukcapil {x}", "Bappeda {x}", "Bapenda {x}"),
    *("Diskominfo {x}", "Disperindag {x}", "Disdag {x}", "Inspektorat {x}", "Damkar {x}", "Kesbangpol {x}", "ASN {x}"),
)
# Cities that the bare name means although a kabupaten shares it: "banjir di Bandung".
KNOWN_CITIES: Final = frozenset({"32.71", "32.73", "32.74", "32.75", "33.74", "35.73", "36.71", "53.71", "91.71"})
NATION: Final = "31"  # "Jakarta" also means the national government, and stands in the dateline of its news


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
    short_names = _short_names(region, others)
    if not short_names and (not others or region.code in KNOWN_CITIES) and region.code != NATION:
        aliases += [form.format(x=region.bare) for form in INSTEAD]
    return Names(
        short_names=short_names,
        aliases=tuple(alias for alias in dict.fromkeys(aliases) if alias != region.name),
        exclude=tuple(dict.fromkeys((*longer_names(region), *(other.name for other in twins), *clashes().get(region.code, ())))),
        cautions=tuple(_cautions(region, others)),
    )


def _short_names(region: Region, others: list[Region]) -> tuple[str, ...]:
    """The bare name where it means this region: of a province also its abbreviation."""
    if region.code == NATION:
        return (region.bare,)
    if region.kind == "provinsi":
        return tuple(dict.fromkeys((region.bare, PROVINCES.get(region.code, region.bare))))
    means_it = not others or region.code in KNOWN_CITIES
    return (region.bare,) if means_it and not is_common_word(region.bare) else ()


@lru_cache(maxsize=1)
def clashes() -> dict[str, tuple[str, ...]]:
    """Phrases in which a region's name means something else, by its code."""
    rows = [line.split("\t") for line in CLASHES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {code: tuple(phrases) for code, *phrases in rows}


def _cautions(region: Region, others: list[Region]) -> list[str]:
    cautions = []
    if is_common_word(region.bare):
        cautions.append(
            f'"{region.bare}" juga kata atau nama lain, jadi tidak dicari sendirian; hanya bersama jabatan atau kantornya'
            + (f', atau sebagai "di {region.bare}".' if not others or region.code in KNOWN_CITIES else ".")
        )
    if others:
        names = ", ".join(other.name for other in others)
        cautions.append(f'"{region.bare}" juga nama {names}; karena itu nama kantor ditulis lengkap ("DPRD {region.name}").')
    if others and region.code in KNOWN_CITIES and not is_common_word(region.bare):
        cautions.append(f'"{region.bare}" saja dianggap berarti {region.name}, seperti lazimnya dalam berita.')
    if longer := longer_names(region):
        cautions.append(f"Berita tentang {', '.join(longer)} dikecualikan (exclude).")
    return cautions


def load_offices() -> list[Office]:
    """All ministries and agencies of the list."""
    import yaml  # only `init` needs it

    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [Office(row["id"], row["name"], _listed(row)) for row in rows]


def _listed(row: dict[str, list[str]]) -> Names:
    """The names of a row of offices.yaml."""
    return Names(tuple(row["short_names"]), tuple(row["aliases"]), tuple(row.get("exclude", ())), ())


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
