"""Names of regions by their Kemendagri code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from shared.catalogue.regions import regions
from shared.text import one_line


def region_name(code: str, agencies: Mapping[str, str] = MappingProxyType({})) -> str:
    """The name of a region, or that of the agency (by id) with its code; what nobody knows as it stands; empty for none."""
    return _names().get(code) or one_line(agencies.get(code, code), 40)


@cache
def _names() -> dict[str, str]:
    return {region.code: region.name for region in regions()}
