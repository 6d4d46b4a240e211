"""Hours of the day where the agency is."""

from __future__ import annotations

from functools import lru_cache

from shared.catalogue.holidays import rest_of
from shared.indonesian import local
from shared.model import Seconds

NIGHT_FROM, NIGHT_TO = 22, 6
SUNDAY = 6


@lru_cache(maxsize=512)
def local_hour(at: Seconds, zone: str) -> tuple[int, int]:
    """Hour of the day and, as `weekday_of` tells it, day of the week in a zone."""
    return local(at, zone).hour, weekday_of(at, zone)


def weekday_of(at: Seconds, zone: str) -> int:
    """Day of the week in a zone as newsrooms keep it: Monday is 0, and holidays are Sundays."""
    day = local(at, zone).date()
    return SUNDAY if rest_of(day) else day.weekday()


def is_lebaran(at: Seconds, zone: str) -> bool:
    """Whether it is the week of Idulfitri, whose silence is no measure of what is usual afterwards."""
    return rest_of(local(at, zone).date()) == "lebaran"


def local_day(at: Seconds, zone: str) -> int:
    """Number of the day in a zone; one more at every local midnight."""
    return local(at, zone).toordinal()


def is_night(at: Seconds, zone: str) -> bool:
    """Whether calm hours count half and only the highest level rings."""
    hour, _ = local_hour(at, zone)
    return hour >= NIGHT_FROM or hour < NIGHT_TO
