"""What every connector takes and gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from shared.config.schema import SourceConfig
from shared.http import Client
from shared.model import HOUR, MentionKind, Seconds
from shared.ports import Permanent, Retryable

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
    outlet: str = ""  # who published it, where one source brings many; empty: the source itself
    context: str = ""  # what it stands under (a comment's video): says whom it is about, and is matched but not kept


@dataclass(frozen=True, slots=True)
class Fetched:
    """What asking a source brought. `cursor` is the source's own resume point, given back to it the next time."""

    items: tuple[Found, ...]
    cursor: str
    unchanged: bool = False  # the source says that nothing is new since the cursor
    note: str = ""  # what is odd although it could be read: one Indonesian sentence without its full stop
    fresh_for: Seconds = 0  # how long the server says that this answer stays as it is
    says: Seconds = 0  # how often the source says that it changes


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
    seconds: float  # that the answer may take, all requests together
    secret: str = ""  # value of the source's secret; empty where it has none


Connector = Callable[[Client, Question], Fetched]  # raises Retryable or Permanent with a sentence as in SourceError


@dataclass(frozen=True, slots=True)
class SourceKind:
    """A line of the table of sources: a connector, what it needs, and on which terms it asks. It is called as a connector is."""

    module: str  # in shared/sources, imported when it is first asked; its `ask` is the connector
    what: str
    access: str  # what one must have
    terms: str  # licence or terms of use of what comes
    limits: str  # of the other side, and how they are kept
    url: str = ""  # where it is asked unless the source says otherwise; {account} is filled in
    carries: MentionKind = "news"
    every_minutes: int = 5  # unless the source says otherwise
    least_minutes: int = 1  # a shorter interval would be impolite
    needs: tuple[str, ...] = ()  # keys of SourceConfig that must be given
    takes: tuple[str, ...] = ()  # keys that may be given; `query` is filled with the agencies' names

    def __call__(self, client: Client, question: Question) -> Fetched:
        """Ask; whatever goes wrong on the way is a SourceError."""
        connector = cast("Connector", import_module(f"shared.sources.{self.module}").ask)
        try:
            return connector(client, question)
        except SourceError:
            raise
        except (Retryable, Permanent) as error:  # of the client and of the readers, each with a sentence for the health line
            raise SourceError(str(error)) from error
