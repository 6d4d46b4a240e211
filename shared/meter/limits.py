"""The always-free limits and the prices beyond them, read from `limits.json`: one file, with its sources and its date."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

PATH: Final = Path(__file__).with_name("limits.json")


class Quota(Struct, frozen=True, forbid_unknown_fields=True):
    """What is free of one thing. `key` names it in a Usage, `unit` says how much of that is one of `free`."""

    key: str
    name: str  # Indonesian
    per: Literal["day", "month", "state"]  # state: what is there, not what flows
    free: float
    unit: float
    source: str
    fixed: bool = False  # stays the same however much is watched: full is no danger
    apart: bool = False  # nothing of it is free, so it stands in a row and a sum of its own


class Region(Struct, frozen=True, forbid_unknown_fields=True):
    """Dollars for one `unit` of each quota beyond what is free."""

    name: str
    note: str
    prices: dict[str, float]
    archive_free: float  # GiB-months of Cloud Storage, which is free in three regions of the United States only
    archive_price: float  # dollars for a GiB-month beyond
    discount_at: str = ""  # the free share of Cloud Run is worth what it costs in this region


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    checked: str  # the day on which the pages were read
    days: int  # of a month
    dollar_in_rupiah: float
    sources: dict[str, str]
    quotas: tuple[Quota, ...]
    regions: dict[str, Region]

    def free(self, quota: Quota, region: str) -> float:
        """How much of a quota is free in a region."""
        at = self.regions[region].discount_at
        if not at or quota.source != "run":
            return quota.free
        return quota.free * self.regions[at].prices[quota.key] / self.regions[region].prices[quota.key]


@cache
def limits() -> Limits:
    """The limits that the program knows; raises msgspec.ValidationError where the file is broken."""
    return msgspec.json.decode(PATH.read_bytes(), type=Limits)
