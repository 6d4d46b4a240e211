"""A Store and a Bus that count what is billed: documents, and bytes of messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.guard.spent import Spent
from shared.guard.tally import Tally
from shared.model import Seconds
from shared.ports import Bus, Document, Put, Store, Write

LEAST: Final = 1_000  # bytes that are billed for a request to Pub/Sub
LEGS: Final = 2  # each message is published and delivered


class CountingStore:
    """In front of another Store. Firestore bills a read for each document, found or missing, and one a query at least."""

    def __init__(self, store: Store, tally: Tally) -> None:
        self._store = store
        self._tally = tally

    def read(self, paths: Sequence[str]) -> list[Document | None]:
        """As the store behind."""
        self._tally.add(Spent(reads=len(paths)))
        return self._store.read(paths)

    def scan(self, collection: str, start: str, end: str, limit: int) -> list[tuple[str, Document]]:
        """As the store behind."""
        found = self._store.scan(collection, start, end, limit)
        self._tally.add(Spent(reads=max(1, len(found))))
        return found

    def due(self, collection: str, now: Seconds, limit: int) -> list[tuple[str, Document]]:
        """As the store behind."""
        found = self._store.due(collection, now, limit)
        self._tally.add(Spent(reads=max(1, len(found))))
        return found

    def commit(self, writes: Sequence[Write]) -> list[str]:
        """As the store behind. A commit that fails is counted too: it may have arrived."""
        puts = sum(isinstance(write, Put) for write in writes)
        self._tally.add(Spent(writes=puts, deletes=len(writes) - puts))
        return self._store.commit(writes)


class CountingBus:
    """In front of another Bus."""

    def __init__(self, bus: Bus, tally: Tally) -> None:
        self._bus = bus
        self._tally = tally

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        """As the bus behind; what fails is counted too."""
        self._tally.add(Spent(sent=sum(LEGS * max(LEAST, len(message)) for message in messages)))
        self._bus.publish(topic, messages)
