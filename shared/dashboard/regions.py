"""Names of regions by their Kemendagri code."""

from __future__ import annotations

from functools import cache

from shared.catalogue.regions import regions
from shared.text import one_line


def region_name(code: str) -> str:
    """The name of a region; a code that nobody knows, or a name, as it stands; empty for none."""
    return _names().get(code) or one_line(code, 40)


@cache
def _names() -> dict[str, str]:
    return {region.code: region.name for region in regions()}
