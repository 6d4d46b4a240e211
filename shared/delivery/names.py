"""Names of notices: alert, number of the change, receiver. So a range of names holds what was told of an alert, in order."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"-(\d{6,})-")  # between alert and receiver


def named(alert: str, number: int, receiver: str) -> str:
    """Name of the notice of an alert's n-th change for a receiver."""
    return f"{alert}-{number:06d}-{receiver}"


def alert_of(name: str) -> str:
    """Id of the alert that a notice of this name is about."""
    return placed(name)[0]


def placed(name: str) -> tuple[str, int, str]:
    """Alert, number of the change, and receiver of a notice of this name; so much is known of one that cannot be read."""
    alert, *rest = _NUMBER.split(name, maxsplit=1)
    return (alert, int(rest[0]), rest[1]) if rest else (alert, 0, "")


def span(alert: str, first: int) -> tuple[str, str]:
    """Range of names that holds an alert's notices from a change of this number on, of all receivers."""
    return f"{alert}-{max(0, first):06d}", f"{alert}-:"  # ":" follows "9"
