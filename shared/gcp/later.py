"""Google's clients, connected when first used: each costs a start 0.1 to 0.3 s, and most first requests need one only."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

from shared.model import Seconds
from shared.ports import Document, Write
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.gcp.bus import PubSubBus
    from shared.gcp.store import FirestoreStore


class LaterBus:
    """Bus on Pub/Sub that connects for its first message."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._bus: PubSubBus | None = None

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        """Return once the broker has accepted every message; raise Retryable if it may not have."""
        self._connected().publish(topic, messages)

    def close(self) -> None:
        """Give the connection back, if there is one."""
        if self._bus is not None:
            self._bus.close()

    def _connected(self) -> PubSubBus:
        with self._lock:  # requests come in threads: one connects, the others wait
            if self._bus is None:
                from shared.gcp.bus import PubSubBus

                self._bus = PubSubBus(self._settings)
            return self._bus


class LaterStore:
    """Store on Firestore that connects for its first read or write."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._store: FirestoreStore | None = None

    def read(self, paths: Sequence[str]) -> list[Document | None]:
        """The documents at these paths, in the same order; None where there is none."""
        return self._connected().read(paths)

    def scan(self, collection: str, start: str, end: str, limit: int) -> list[tuple[str, Document]]:
        """Documents of a collection with start <= name < end, by name, at most limit."""
        return self._connected().scan(collection, start, end, limit)

    def due(self, collection: str, now: Seconds, limit: int) -> list[tuple[str, Document]]:
        """Documents whose due_at is set and <= now, the oldest first, at most limit."""
        return self._connected().due(collection, now, limit)

    def commit(self, writes: Sequence[Write]) -> list[str]:
        """Apply all writes or none; the new revision of each write (empty for a delete), in order."""
        return self._connected().commit(writes)

    def close(self) -> None:
        """Give the connection back, if there is one."""
        if self._store is not None:
            self._store.close()

    def _connected(self) -> FirestoreStore:
        with self._lock:
            if self._store is None:
                from shared.gcp.store import FirestoreStore

                self._store = FirestoreStore(self._settings)
            return self._store
