"""Dates as feeds write them: RFC 822, ISO 8601, and Indonesian ("Senin, 6 Oktober 2025 - 10.15 WIB")."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from shared.model import HOUR, Seconds

_LONGEST: Final = 80  # characters of a date that are looked at
_OFFSETS: Final = {
    "WIB": 7, "WITA": 8, "WIT": 9, "SGT": 8, "UTC": 0, "GMT": 0, "UT": 0, "Z": 0,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_ZONE: Final = r"((?:GMT|UTC)?[+-]\d{1,2}(?::?\d\d)?|[A-Z]{1,4})"
_NOTE: Final = r"(?:\s*\([^()]*\))?"  # RFC 822: a comment, mostly the zone again
_ISO: Final = re.compile(
    rf"(\d{{4}})[-/](\d\d)[-/](\d\d)(?:[T ](\d\d)[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d+)?)?)?\s*{_ZONE}?{_NOTE}", re.I
)
_WORDS: Final = re.compile(
    r"(?:[^\W\d]+\.?'?[^\W\d]*(?:,\s*|\s+))?(\d{1,2})[\s/-]+([^\W\d]{3,9})\.?,?[\s/-]+(\d{4}|\d\d)"
    rf"(?:[\s,|-]+(?:(?:pukul|jam|pkl\.?)\s+)?(\d{{1,2}})[:.](\d\d)(?:[:.](\d\d))?)?\s*\(?{_ZONE}?\)?{_NOTE}",
    re.I,
)
_MONTHS: Final = (
    "jan",
    "feb peb",
    "mar",
    "apr",
    "may mei",
    "jun",
    "jul",
    "aug agu agt ags",
    "sep",
    "oct okt",
    "nov nop",
    "dec des",
)
_MONTH: Final = {short: number for number, names in enumerate(_MONTHS, 1) for short in names.split()}


def read_date(text: str) -> Seconds:
    """The time that a text says, 0 where it says none. Without a zone it is taken as WIB."""
    text = " ".join(text[:_LONGEST].split())
    if match := _ISO.fullmatch(text):
        year, month, *rest = match.groups()
        return _seconds(int(year), int(month), rest)
    if match := _WORDS.fullmatch(text):
        day, word, year, *rest = match.groups()
        full = int(year) + (2000 if len(year) == 2 else 0)
        return _seconds(full, _MONTH.get(word[:3].lower(), 0), [day, *rest])
    return 0


def _seconds(year: int, month: int, rest: list[str | None]) -> Seconds:
    """UTC of [day, hour, minute, second, zone] in a month; 0 where there is no such time."""
    day, hour, minute, second = (int(part or 0) for part in rest[:4])
    try:
        zone = _zone(rest[4])
        if zone is None:
            return 0
        local = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
        return max(0, int(local.astimezone(UTC).timestamp()))
    except (ValueError, OverflowError):
        return 0


@lru_cache(maxsize=64)
def _zone(zone: str | None) -> timezone | None:
    """The zone of this name or offset; None where it is unknown, ValueError where no zone lies so far away."""
    if not zone:
        return timezone(timedelta(hours=_OFFSETS["WIB"]))
    zone = re.sub("^(?:GMT|UTC)(?=[+-])", "", zone.upper())
    if zone[0] not in "+-":
        return timezone(timedelta(hours=_OFFSETS[zone])) if zone in _OFFSETS else None
    digits = zone[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    seconds = int(hours) * HOUR + int(minutes) * 60
    return timezone(timedelta(seconds=-seconds if zone[0] == "-" else seconds))
