"""What a segment changed, for everything outside the state."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct, field

from shared.detect.judging.asking import Ask
from shared.detect.storing.hours import FinishedHour, Revised
from shared.model import Item, Transition


class Refused(NamedTuple):
    """A deed that was left out whole."""

    why: str  # a line for the log
    about: dict[str, str]  # ids, by what they are of: the deed's own first


class Effects(Struct):
    """All of it, in the order in which it happened."""

    transitions: list[Transition] = field(default_factory=list)
    items: list[tuple[str, Item]] = field(default_factory=list)  # (issue, new item)
    merges: list[tuple[str, str]] = field(default_factory=list)  # (issue that is gone, issue that took it over)
    removed: list[tuple[str, str]] = field(default_factory=list)  # (issue, mention that is no longer on its page)
    arranged: list[str] = field(default_factory=list)  # issues that officers did something about, and those that they led to
    answered: list[str] = field(default_factory=list)  # alerts that a person said something about
    finished: list[FinishedHour] = field(default_factory=list)
    revised: list[Revised] = field(default_factory=list)  # tones and marks of mentions of finished hours
    asks: list[Ask] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
