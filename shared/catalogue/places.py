"""Which regions a text names: provinces, regencies and cities under the names that headlines use."""

from __future__ import annotations

from functools import lru_cache

from shared.catalogue.regions import PROVINCES, is_common_word, regions
from shared.phrases import Hit, Phrases, Tokens


def places(text: Tokens) -> frozenset[str]:
    """Codes of the regions that a text names; for a kabupaten and a kota of one name that of the first.

    Names that are words of everyday Indonesian do not count, nor does "Papua", which may mean any of six provinces.
    """
    return frozenset(hit.key for hit in _names(False).find(text))


def region_at(text: Tokens, place: int) -> Hit[str] | None:
    """The region whose name begins at a place of a text, with its code; also one whose name is a word of everyday Indonesian."""
    hits = _names(True).at(text, place)
    return hits[0] if hits else None


def is_own(place: str, region: str) -> bool:
    """Whether a place, by code, may be meant by this region's name, holds it, or lies in it; "Bandung" is kabupaten and kota."""
    return place == region or region.startswith(f"{place}.") or place.startswith(f"{region}.") or _bare(place) == _bare(region)


@lru_cache(maxsize=1)
def _bares() -> dict[str, str]:
    return {region.code: region.bare for region in regions()}


def _bare(code: str) -> str:
    """A region's name without its kind; the code itself of one that is unknown."""
    return _bares().get(code, code)


@lru_cache(maxsize=2)
def _names(everyday: bool) -> Phrases[str]:
    """All names with their codes, written as in headlines; those that are everyday words where they are wanted."""
    codes: dict[str, str] = {}
    provinces = [region.bare for region in regions() if region.kind == "provinsi"]
    for region in regions():
        vague = any(other.startswith(f"{region.bare} ") for other in provinces)
        if not vague and (everyday or not is_common_word(region.bare)):
            codes.setdefault(region.bare, region.code)
    codes.update((short, code) for code, short in PROVINCES.items())
    names: Phrases[str] = Phrases()
    for name, code in codes.items():
        names.add((name,), code, exact=True)
    return names
