"""Hours of the day as people write them: "21.00-05.00", from the first minute on, before the last; over midnight too."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from shared.indonesian import local
from shared.model import Seconds

_SPAN: Final = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d) ?[-\u2013] ?([01]?\d|2[0-4])[.:]([0-5]\d)")
DAY_MINUTES: Final = 24 * 60


def span(text: str) -> tuple[int, int] | None:
    """Start and end in minutes of the day; the end is at or before the start where it lies on the next day. None: no hours."""
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    from_hour, from_minute, to_hour, to_minute = map(int, match.groups())
    start, end = 60 * from_hour + from_minute, 60 * to_hour + to_minute
    return (start, end % DAY_MINUTES) if end <= DAY_MINUTES else None


def began(text: str, moment: datetime) -> datetime | None:
    """Midnight of the day on which the hours around this local moment began; None where it is outside of them."""
    hours = span(text)
    today = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if hours is None:
        return today
    start, end = hours
    minute = 60 * moment.hour + moment.minute
    if start < end:
        return today if start <= minute < end else None
    if minute >= start:
        return today
    return today - timedelta(days=1) if minute < end else None


def end_of(text: str, at: Seconds, zone: str) -> Seconds:
    """When these hours end, if the moment is inside of them; else the moment itself."""
    hours = span(text)
    if hours is None or began(text, moment := local(at, zone)) is None:
        return at
    minutes = (hours[1] - (60 * moment.hour + moment.minute)) % DAY_MINUTES or DAY_MINUTES
    return at - at % 60 + 60 * minutes
