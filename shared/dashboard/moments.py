"""Short forms of days and times, for lists and axes; the page's head says the zone."""

from __future__ import annotations

from shared.indonesian import DAYS, MONTHS, local
from shared.model import Seconds


def short_date(at: Seconds, zone: str) -> str:
    """ "Sel 25 Nov"."""
    moment = local(at, zone)
    return f"{DAYS[moment.weekday()][:3]} {moment.day} {MONTHS[moment.month - 1][:3]}"


def hour_minute(at: Seconds, zone: str) -> str:
    """ "14.05"."""
    return f"{local(at, zone):%H.%M}"


def short_moment(at: Seconds, zone: str) -> str:
    """ "Sel 25 Nov 14.05"."""
    return f"{short_date(at, zone)} {hour_minute(at, zone)}"
