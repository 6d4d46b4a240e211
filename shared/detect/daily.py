"""What an issue's file says of the last 24 hours: every decision asks, and only a file that has changed is counted again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from shared.detect.outlets import Outlet
from shared.detect.tally import HourCount
from shared.model import DAY, HOUR, Seconds

SPEED_HOURS: Final = 3  # over which is told whether an issue gains or loses speed


class Day(Struct, frozen=True):
    """The 24 hours that end with an hour. Nothing in it is to be changed."""

    hour: Seconds
    count: HourCount
    recent: int  # mentions of the last SPEED_HOURS
    before: int  # and of as many hours before those
    own: dict[str, Outlet]  # outlets with a text of their own: copies corroborate nothing
    against: tuple[str, ...]  # names of outlets with a negative one

    @classmethod
    def of(cls, hour: Seconds, hours: Mapping[Seconds, HourCount], outlets: Mapping[str, Outlet]) -> Day:
        """The day of a file with these hours and outlets."""
        since, count, totals = since_of(hour), HourCount(), dict[Seconds, int]()
        for at, one in hours.items():
            if at >= since:
                count.take(one)
                totals[at] = one.total
        fast = hour - (SPEED_HOURS - 1) * HOUR
        recent, before = (_total(totals, start) for start in (fast, fast - SPEED_HOURS * HOUR))
        own = {name: outlet for name, outlet in outlets.items() if outlet.own_at >= since}
        against = tuple(name for name, outlet in outlets.items() if outlet.against_at >= since)
        return cls(hour, count, recent, before, own, against)


def since_of(hour: Seconds) -> Seconds:
    """Start of the 24 hours that end with this one."""
    return hour - DAY + HOUR


def _total(totals: Mapping[Seconds, int], start: Seconds) -> int:
    return sum(totals.get(start + number * HOUR, 0) for number in range(SPEED_HOURS))
