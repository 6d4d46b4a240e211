"""What every connector takes and gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shared.config.schema import SourceConfig
from shared.http import Client
from shared.model import HOUR, Seconds
from shared.ports import Retryable

TITLE: int = 300  # characters of a title that are kept
LEAD: int = 1000  # characters of a lead
FUTURE: Seconds = HOUR  # a date further ahead is nonsense, less may be a clock


@dataclass(frozen=True, slots=True)
class Found:
    """One item as its source gave it: plain text, not yet matched to any agency."""

    title: str
    link: str  # absolute http(s) address, or empty
    published_at: Seconds  # 0 where the source says nothing usable
    lead: str = ""
    guid: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What asking a source brought. `cursor` is the source's own resume point, given back to it the next time."""

    items: tuple[Found, ...]
    cursor: str
    unchanged: bool = False  # the source says that nothing is new since the cursor
    note: str = ""  # what is odd although it could be read: one Indonesian sentence without its full stop


class SourceError(Retryable):
    """A source brought nothing; the message is one Indonesian sentence without its full stop."""

    def __init__(self, sentence: str, wait: Seconds = 0) -> None:
        """`wait`: how long the source itself asked to be left alone."""
        super().__init__(sentence)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Question:
    """One source to ask."""

    source: SourceConfig
    cursor: str  # of the last answer; empty the first time
    now: Seconds
    seconds: float  # that the answer may take


Connector = Callable[[Client, Question], Fetched]  # raises SourceError, FetchError or AddressError
