"""Numbers, dates and times the Indonesian way: 9.620; 30,03%; 0,4; Selasa, 25 November 2025; pukul 14.05 WIB."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from zoneinfo import ZoneInfo

from shared.model import Seconds

DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS: Final = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
LEAST_FOR_SHARE: Final = 20  # items
TO_THE_MINUTE: Final = 6  # hours: a shorter delay is told with its minutes
ZONES: Final = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


def number(value: float, decimals: int = 1) -> str:
    """A number with at most so many decimals, halves rounded up, trailing zeros left out: 9620 -> "9.620", 0.4 -> "0,4"."""
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded + 0:,f}".partition(".")
    fraction = fraction.rstrip("0")
    text = whole.replace(",", ".") + ("," + fraction if fraction else "")
    return "0" if text == "-0" else text


def percent(share: float, decimals: int = 0) -> str:
    """A share of 1 as a percentage: 0.3003 with two decimals -> "30,03%"."""
    return number(float(Decimal(str(share)) * 100), decimals) + "%"


def share(count: int, total: int) -> str:
    """A count as a percentage of a total: "48%"; empty where the total is so small that it would feign precision."""
    return percent(count / total) if total >= LEAST_FOR_SHARE else ""


def zone_name(zone: str, at: Seconds) -> str:
    """WIB, WITA or WIT for the Indonesian IANA zones, else the offset from UTC, such as "UTC+8" or "UTC+5.30"."""
    if zone in ZONES:
        return ZONES[zone]
    offset = local(at, zone).utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return "UTC" + (f"{sign}{hours}" if minutes else "") + (f".{rest:02}" if rest else "")


def local(at: Seconds, zone: str) -> datetime:
    """The moment as a date and time in an IANA zone."""
    return datetime.fromtimestamp(at, ZoneInfo(zone))


def date(at: Seconds, zone: str) -> str:
    """ "Selasa, 25 November 2025"."""
    moment = local(at, zone)
    return f"{DAYS[moment.weekday()]}, {moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def clock(at: Seconds, zone: str) -> str:
    """ "pukul 14.05 WIB"."""
    return f"pukul {hour_minute(at, zone)} {zone_name(zone, at)}"


def date_and_clock(at: Seconds, zone: str) -> str:
    """ "Selasa, 25 November 2025, pukul 14.05 WIB"."""
    return f"{date(at, zone)}, {clock(at, zone)}"


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


def stamp(at: Seconds, zone: str) -> str:
    """ "25-11-2025 14.05 WIB", for tables; a dash for 0."""
    return f"{local(at, zone):%d-%m-%Y %H.%M} {zone_name(zone, at)}" if at else "-"


def duration(seconds: Seconds) -> str:
    """In its largest whole unit, below six hours to the minute: "45 menit", "2 jam 20 menit", "7 jam", "3 hari"."""
    hours, minutes = divmod(max(seconds, 0) // 60, 60)
    if hours >= 48:
        return f"{hours // 24} hari"
    if not hours:
        return f"{minutes} menit"
    return f"{hours} jam {minutes} menit" if minutes and hours < TO_THE_MINUTE else f"{hours} jam"
