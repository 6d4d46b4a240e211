"""A day's use against what is free: how much of each quota, how much room is left, what a month costs beyond it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from shared.meter.limits import Limits, Quota
from shared.meter.measure import Measured

ROOMY: Final = 0.8  # share of a quota that a day may use without worry
LINE: Final = 150  # bytes of a mention in the archive, compressed: the demonstration's short headlines take 57
WRITES_OF_A_DOCUMENT: Final = 2  # where each mention is a document: once as it came, once as it was judged


class Row(NamedTuple):
    """One quota."""

    quota: Quota
    used: float  # in the quota's unit, a day, a month or at any time
    free: float
    dollars: float  # a month, beyond what is free

    @property
    def share(self) -> float | None:
        """Of what is free; None where nothing is."""
        return self.used / self.free if self.free else None

    @property
    def tight(self) -> bool:
        """Whether it needs attention: more than ROOMY, of what grows."""
        return self.share is not None and self.share > (1 if self.quota.fixed else ROOMY)


class Most(NamedTuple):
    """The largest day at no cost, and what ends it."""

    mentions: int
    quota: Quota


def bill(limits: Limits, used: Mapping[str, float], region: str) -> list[Row]:
    """A row for each quota."""
    return [_row(limits, quota, used.get(quota.key, 0.0), region) for quota in limits.quotas]


def dollars(rows: list[Row], apart: bool = False) -> float:
    """A month: of what has a free share, or of what stands apart."""
    return sum(row.dollars for row in rows if row.quota.apart == apart)


def most(limits: Limits, measured: Measured, region: str) -> Most:
    """How many mentions a day cost nothing; what stands apart is left aside."""
    found = [(_mentions(limits, quota, measured, region), quota) for quota in limits.quotas if not (quota.apart or quota.fixed)]
    mentions, quota = min(found, key=lambda one: one[0])
    return Most(int(mentions), quota)


def one_document_each(limits: Limits) -> int:
    """The same for a program that keeps a document a mention: the free writes end it."""
    [writes] = [quota for quota in limits.quotas if quota.key == "writes"]
    return int(writes.free / WRITES_OF_A_DOCUMENT)


def archive(limits: Limits, mentions: int, region: str) -> tuple[float, float]:
    """The archive after a year of so many mentions a day: its GiB, and dollars a month."""
    where = limits.regions[region]
    size = mentions * LINE * 365 / 2**30
    return size, max(0.0, size - where.archive_free) * where.archive_price


def _row(limits: Limits, quota: Quota, amount: float, region: str) -> Row:
    used = amount / quota.unit * (limits.days if quota.per == "month" else 1)
    free = limits.free(quota, region)
    beyond = max(0.0, used - free) * limits.regions[region].prices[quota.key]
    return Row(quota, used, free, beyond * (limits.days if quota.per == "day" else 1))


def _mentions(limits: Limits, quota: Quota, measured: Measured, region: str) -> float:
    fixed = _row(limits, quota, measured.fixed.get(quota.key, 0.0), region)
    each = _row(limits, quota, measured.each.get(quota.key, 0.0), region)
    return max(0.0, fixed.free - fixed.used) / each.used if each.used else float("inf")
