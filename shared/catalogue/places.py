"""Which regions a text names: provinces, regencies and cities under the names that headlines use."""

from __future__ import annotations

from functools import lru_cache

from shared.catalogue.offices import PROVINCES
from shared.catalogue.regions import is_common_word, regions
from shared.phrases import Phrases, Tokens


def places(text: Tokens) -> frozenset[str]:
    """Codes of the regions that a text names; for a kabupaten and a kota of one name that of the first.

    Names that are words of everyday Indonesian do not count, nor does "Papua", which may mean any of six provinces.
    """
    return frozenset(hit.key for hit in _names().find(text))


@lru_cache(maxsize=1)
def _names() -> Phrases[str]:
    """All names with their codes, written as in headlines."""
    codes: dict[str, str] = {}
    provinces = [region.bare for region in regions() if region.kind == "provinsi"]
    for region in regions():
        vague = any(other.startswith(f"{region.bare} ") for other in provinces)
        if not vague and not is_common_word(region.bare):
            codes.setdefault(region.bare, region.code)
    codes.update((short, code) for code, short in PROVINCES.items())
    names: Phrases[str] = Phrases()
    for name, code in codes.items():
        names.add((name,), code, exact=True)
    return names
