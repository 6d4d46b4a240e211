"""A store before another one, for tests that watch, break or delay some of its calls."""

from __future__ import annotations

from collections.abc import Sequence

from shared.ports import Document, Store, Write


class Wrapped:
    """Passes every call on."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def read(self, paths: Sequence[str]) -> list[Document | None]:
        return self.store.read(paths)

    def scan(self, collection: str, start: str, end: str, limit: int) -> list[tuple[str, Document]]:
        return self.store.scan(collection, start, end, limit)

    def due(self, collection: str, now: int, limit: int) -> list[tuple[str, Document]]:
        return self.store.due(collection, now, limit)

    def commit(self, writes: Sequence[Write]) -> list[str]:
        return self.store.commit(writes)
