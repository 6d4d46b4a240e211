"""Hours of the day where the agency is."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from shared.model import Seconds

NIGHT_FROM, NIGHT_TO = 22, 6


@lru_cache(maxsize=512)
def local_hour(at: Seconds, zone: str) -> tuple[int, int]:
    """Hour of the day and day of the week (Monday is 0) in a zone."""
    local = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone))
    return local.hour, local.weekday()


def local_day(at: Seconds, zone: str) -> int:
    """Number of the day in a zone; one more at every local midnight."""
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone)).toordinal()


def is_night(at: Seconds, zone: str) -> bool:
    """Whether calm hours count half and only the highest level rings."""
    hour, _ = local_hour(at, zone)
    return hour >= NIGHT_FROM or hour < NIGHT_TO
