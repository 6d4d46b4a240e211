"""The seams: what the program needs from the world outside, and the two errors that decide about retries.

Implementations live in `shared/gcp` and `shared/local`; `shared/wiring.py` chooses. Contract tests run on all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, Protocol

from shared.model import Seconds, Tone


class KentonganError(Exception):
    """Base of the errors that the program raises on purpose."""


class Retryable(KentonganError):
    """Something outside failed for now: the push answers 503 and the broker delivers again."""


class Permanent(KentonganError):
    """Trying again cannot help: the message is quarantined with this reason, then acknowledged."""


class Conflict(Retryable):
    """A commit's precondition did not hold: somebody else wrote first. Nothing was written."""


@contextmanager
def blameless() -> Iterator[None]:
    """Around what follows once a message is understood: what fails for good in there is no fault of the message, which waits.

    A program that cannot read its configuration, or what a newer one has left in the store, is put right by an operator.
    """
    try:
        yield
    except Permanent as error:
        raise Retryable(str(error)) from error


class Bus(Protocol):
    """Publishes messages. At least once, in any order: consumers must not care."""

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        """Return once the broker has accepted every message; raise Retryable if it may not have."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that no stage takes any more: it failed too often, or could not be understood."""

    id: str  # among those of its kind
    kind: Literal["dead", "quarantined"]
    at: Seconds  # when it was set aside; 0 where nobody knows
    whom: str  # topic on which it failed, or stage that did not understand it
    reason: str
    topic: str  # to which it can be put back; empty where it can only be dropped
    data: bytes  # as it was published there


class Keep(Protocol):
    """Messages that wait for a person. Several may look at once; none is taken away by looking."""

    def kept(self, limit: int) -> list[Kept]:
        """Dead letters, then those in quarantine, the oldest first, at most `limit` of each kind.

        Pub/Sub promises no order among those that it hands out.
        """

    def put_back(self, chosen: Sequence[Kept]) -> int:
        """Publish these to their topics, as messages that nobody has tried; how many went.

        Each is forgotten here only once it waits there: whatever breaks off leaves it in one of the two places, or in both.
        """

    def drop(self, chosen: Sequence[Kept]) -> int:
        """Throw these away for good; how many went."""

    def close(self) -> None:
        """Let others have what was only looked at, at once, and give connections back."""


LARGEST_DOCUMENT = 1_000_000  # bytes; Firestore's limit is 1 MiB for the whole document
LARGEST_COMMIT = 9_000_000  # bytes; a Firestore request holds 10 MiB


@dataclass(frozen=True, slots=True)
class Document:
    """A stored document: packed data, an optional time at which it wants attention, and an opaque revision."""

    data: bytes
    due_at: Seconds | None
    revision: str


ABSENT = "absent"  # as `Put.expect`: the document must not exist yet


@dataclass(frozen=True, slots=True)
class Put:
    """Write a whole document. `expect`: None writes in any case, ABSENT creates, else the revision that must still hold."""

    path: str  # "collection/name"
    data: bytes
    due_at: Seconds | None = None
    expect: str | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    """Remove a document; removing a missing one is fine."""

    path: str


Write = Put | Delete


class Store(Protocol):
    """Small documents in flat collections, and one transaction primitive."""

    def read(self, paths: Sequence[str]) -> list[Document | None]:
        """The documents at these paths, in the same order; None where there is none."""

    def scan(self, collection: str, start: str, end: str, limit: int) -> list[tuple[str, Document]]:
        """Documents of a collection with start <= name < end, by name, at most limit."""

    def due(self, collection: str, now: Seconds, limit: int) -> list[tuple[str, Document]]:
        """Documents whose due_at is set and <= now, the oldest first, at most limit."""

    def commit(self, writes: Sequence[Write]) -> list[str]:
        """Apply all writes or none; the new revision of each write (empty for a delete), in order.

        Raises Conflict if an expectation failed, Retryable if the outcome is unknown, Permanent if a document is too large.
        """


def scanned(store: Store, collection: str, start: str, end: str, at_once: int) -> Iterator[tuple[str, Document]]:
    """All documents with start <= name < end, by name, however many there are; `at_once` of them are in memory together.

    Raises Retryable as the store does.
    """
    while page := store.scan(collection, start, end, at_once):
        yield from page
        if len(page) < at_once:
            return
        start = f"{page[-1][0]}!"  # the next name: "!" sorts before whatever names are made of


class Archive(Protocol):
    """Files that are kept for years, by name."""

    def put(self, name: str, data: bytes) -> None:
        """Keep these bytes under this name, in place of what was there. Raises Retryable where that failed."""


class Classifier(Protocol):
    """Tone and topic of texts. The same text gives the same answer, whatever is asked with it."""

    name: str  # with the version

    def tones(self, texts: Sequence[str], domain: str) -> list[Tone]:
        """One Tone a text, same order; domain is "news" or "social"."""

    def topics(self, texts: Sequence[str], domain: str) -> list[str]:
        """The letter of each text's topic (topics.py), same order; X where it has none or cannot be judged."""
