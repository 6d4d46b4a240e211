"""What an issue's file says of the last 24 hours: every decision asks, and only a file that has changed is counted again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from shared.detect.counts.outlets import Outlet
from shared.detect.counts.tally import HourCount
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
    weights: tuple[tuple[Seconds, int], ...]  # (hour, evidence) where there is any

    @classmethod
    def of(cls, hour: Seconds, hours: Mapping[Seconds, HourCount], outlets: Mapping[str, Outlet]) -> Day:
        """The day of a file with these hours and outlets."""
        since, count, recent, before = since_of(hour), HourCount(), 0, 0
        fast, weights = hour - SPEED_HOURS * HOUR, []
        for at, one in hours.items():
            if at >= since:
                count.take(one)
                recent += one.total if fast < at <= hour else 0
                before += one.total if fast - SPEED_HOURS * HOUR < at <= fast else 0
                if one.weighted:
                    weights.append((at, one.weighted))
        own = {name: outlet for name, outlet in outlets.items() if outlet.own_at >= since}
        return cls(hour, count, recent, before, own, names_against(outlets, since), tuple(weights))


def names_against(outlets: Mapping[str, Outlet], since: Seconds) -> tuple[str, ...]:
    """Names of outlets with a negative text of their own since then."""
    return tuple([name for name, outlet in outlets.items() if outlet.against_at >= since])


def since_of(hour: Seconds) -> Seconds:
    """Start of the 24 hours that end with this one."""
    return hour - DAY + HOUR
