"""A Store that counts what Firestore bills: one a document that is read, found or missing; one a query at least; one a write."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from shared.guard.spent import Spent
from shared.model import Seconds
from shared.ports import Document, Put, Store, Write


class CountingStore:
    """In front of another Store; threads may share it."""

    def __init__(self, store: Store) -> None:
        """Nothing is counted yet."""
        self._store = store
        self._lock = Lock()
        self._used = Spent()

    def read(self, paths: Sequence[str]) -> list[Document | None]:
        """As the store behind."""
        self._count(Spent(reads=len(paths)))
        return self._store.read(paths)

    def scan(self, collection: str, start: str, end: str, limit: int) -> list[tuple[str, Document]]:
        """As the store behind."""
        found = self._store.scan(collection, start, end, limit)
        self._count(Spent(reads=max(1, len(found))))
        return found

    def due(self, collection: str, now: Seconds, limit: int) -> list[tuple[str, Document]]:
        """As the store behind."""
        found = self._store.due(collection, now, limit)
        self._count(Spent(reads=max(1, len(found))))
        return found

    def commit(self, writes: Sequence[Write]) -> list[str]:
        """As the store behind. A commit that fails is counted too: it may have arrived."""
        puts = sum(isinstance(write, Put) for write in writes)
        self._count(Spent(writes=puts, deletes=len(writes) - puts))
        return self._store.commit(writes)

    def take(self) -> Spent:
        """What was used since the last call."""
        with self._lock:
            used, self._used = self._used, Spent()
        return used

    def _count(self, more: Spent) -> None:
        with self._lock:
            self._used = self._used.plus(more)
