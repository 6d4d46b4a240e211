"""Filters of the templates: words for codes, and texts and addresses from outside made harmless."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from shared.dashboard.curve import plot
from shared.dashboard.tones import parts
from shared.indonesian import date, date_and_clock, duration, hour_minute, number, share, short_moment
from shared.model import Change, Level, Seconds
from shared.reasons import CHANGES
from shared.text import one_line
from shared.views import IssueCard

T = TypeVar("T")

LONGEST_TEXT: Final = 300  # characters of a title or sentence on a page
LONGEST_ADDRESS: Final = 2_000
TONES: Final = MappingProxyType({"negative": "negatif", "neutral": "netral", "positive": "positif"})


def level_word(level: Level) -> str:
    """SIAGA; always stands after "Status isu:"."""
    return Level(level).name


def level_class(level: Level) -> str:
    """Name of the level in the style sheet."""
    return Level(level).name.lower()


def tone_word(label: str) -> str:
    """Indonesian word of a tone label; empty where it is unknown."""
    return TONES.get(label, "")


def change_word(change: Change) -> str:
    """What happened to an alert, in one word."""
    return CHANGES[change].capitalize()


def tidy(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text from outside on one line, at most `longest` characters."""
    return one_line(text, longest)


def web_address(url: str) -> str:
    """The address if it is plain http or https and safe to follow, else an empty string."""
    if len(url) > LONGEST_ADDRESS or any(c.isspace() or unicodedata.category(c)[0] == "C" for c in url):
        return ""
    try:
        parsed = urlsplit(url)
    except ValueError:
        return ""
    return url if parsed.scheme in ("http", "https") and parsed.hostname and "@" not in parsed.netloc else ""


def pace(card: IssueCard) -> tuple[str, str]:
    """Name in the style sheet and word for how fast an issue moves: the last three hours against the three before."""
    if card.recent > card.before:
        return "up", "naik"
    if card.recent < card.before:
        return "down", "turun"
    return ("flat", "tetap") if card.recent else ("flat", "diam")


def iso(at: Seconds) -> str:
    """2026-11-25T07:20:00Z, for machines that read the page."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def pairs(left: Iterable[T], right: Iterable[T]) -> list[tuple[T, T]]:
    """Two lists of the same length side by side."""
    return list(zip(left, right, strict=True))


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    f.__name__: f
    for f in (
        *(level_word, level_class, tone_word, change_word, tidy, web_address, pace, iso, pairs),
        *(plot, parts, share, number, date, date_and_clock, duration, hour_minute, short_moment),
    )
}
