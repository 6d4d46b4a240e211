"""Which day a report is about: from 06.00 to 05.59 where the agency is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from shared.indonesian import local
from shared.model import Seconds

STARTS_AT: Final = 6  # o'clock local


class Period(Struct, frozen=True):
    """A day of reporting; named by the local day on which it ends, for that is when it is read."""

    date: str  # YYYY-MM-DD
    zone: str  # IANA name
    start: Seconds
    end: Seconds  # exclusive

    def days_before(self, days: int) -> Period:
        """The period that lies so many days earlier; of one that is not over yet, the same hours."""
        own = date.fromisoformat(self.date)
        whole = ending(own - timedelta(days=days), self.zone)
        left = ending(own, self.zone).end - self.end
        return Period(whole.date, whole.zone, whole.start, whole.end - left)


def last_period(now: Seconds, zone: str) -> Period:
    """The last period that is over."""
    return ending((local(now, zone) - timedelta(hours=STARTS_AT)).date(), zone)


def so_far(now: Seconds, zone: str) -> Period:
    """The period that is not over yet, up to this moment."""
    over = last_period(now, zone)
    whole = ending(date.fromisoformat(over.date) + timedelta(days=1), zone)
    return Period(whole.date, zone, whole.start, now)


def ending(day: date, zone: str) -> Period:
    """The period that ends in the morning of this local day."""
    here = ZoneInfo(zone)
    end = datetime.combine(day, time(STARTS_AT), here)
    start = datetime.combine(day - timedelta(days=1), time(STARTS_AT), here)
    return Period(day.isoformat(), zone, int(start.timestamp()), int(end.timestamp()))
