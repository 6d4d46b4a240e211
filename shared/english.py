"""Numbers, dates and times for readers of English: 9,620; 30.03%; Wednesday, 25 November 2026, 14:05 WIB.

The same functions as in `indonesian.py`, for the pages' English; zones keep their Indonesian names.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from shared.indonesian import LEAST_FOR_SHARE, TO_THE_MINUTE, local, zone_name
from shared.model import Seconds

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def number(value: float, decimals: int = 1) -> str:
    """A number with at most so many decimals, halves rounded up, trailing zeros left out: 9620 -> "9,620", 0.4 -> "0.4"."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{rounded + 0:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def percent(share: float, decimals: int = 0) -> str:
    """A share of 1 as a percentage: 0.3003 with two decimals -> "30.03%"."""
    return number(float(Decimal(str(share)) * 100), decimals) + "%"


def share(count: int, total: int) -> str:
    """A count as a percentage of a total; empty where the total is so small that it would feign precision."""
    return percent(count / total) if total >= LEAST_FOR_SHARE else ""


def date(at: Seconds, zone: str) -> str:
    """ "Wednesday, 25 November 2026"."""
    moment = local(at, zone)
    return f"{DAYS[moment.weekday()]}, {moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def date_and_clock(at: Seconds, zone: str) -> str:
    """ "Wednesday, 25 November 2026, 14:05 WIB"."""
    return f"{date(at, zone)}, {hour_minute(at, zone)} {zone_name(zone, at)}"


def short_date(at: Seconds, zone: str) -> str:
    """ "Wed 25 Nov"."""
    moment = local(at, zone)
    return f"{DAYS[moment.weekday()][:3]} {moment.day} {MONTHS[moment.month - 1][:3]}"


def hour_minute(at: Seconds, zone: str) -> str:
    """ "14:05"."""
    return f"{local(at, zone):%H:%M}"


def short_moment(at: Seconds, zone: str) -> str:
    """ "Wed 25 Nov 14:05"."""
    return f"{short_date(at, zone)} {hour_minute(at, zone)}"


def duration(seconds: Seconds) -> str:
    """In its largest whole unit, below six hours to the minute: "45 minutes", "1 hour 20 minutes", "7 hours", "3 days"."""
    hours, minutes = divmod(max(seconds, 0) // 60, 60)
    if hours >= 48:
        return _units(hours // 24, "day")
    if not hours:
        return _units(minutes, "minute")
    rest = f" {_units(minutes, 'minute')}" if minutes and hours < TO_THE_MINUTE else ""
    return _units(hours, "hour") + rest


def _units(count: int, unit: str) -> str:
    return f"{count} {unit}" + ("" if count == 1 else "s")
