"""Views, read through the store and remembered for a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from shared.config.active import Active, load_active, refreshed
from shared.model import Seconds
from shared.ports import Document, Store

MOST_DOCUMENTS: Final = 64  # of at most 256 KiB each: 16 MiB of a small instance


class ViewCache:
    """Remembers documents, and that there is none, so that a crawler does not eat the day's free reads."""

    def __init__(self, store: Store, clock: Callable[[], Seconds], seconds: int) -> None:
        """Documents of `store` stay fresh for `seconds` by `clock`; 0 reads the store every time."""
        self._store = store
        self._clock = clock
        self._seconds = seconds
        self._kept: dict[str, tuple[Seconds, Document | None]] = {}
        self._active: tuple[Seconds, Active | None] | None = None

    def read(self, path: str) -> Document | None:
        """The document at this path, at most `seconds` old; None where there is none; raises Retryable as the store does."""
        now = self._clock()
        kept = self._kept.get(path)
        if kept is not None and 0 <= now - kept[0] < self._seconds:
            return kept[1]
        document = self._store.read([path])[0]
        self._kept.pop(path, None)
        if self._seconds:
            self._kept[path] = (now, document)
            self._drop_oldest()
        return document

    def active(self) -> Active | None:
        """The configuration that holds, at most `seconds` old, for one read, two where it is new; None where there is none."""
        now = self._clock()
        at, known = self._active or (0, None)
        if self._active is None or not 0 <= now - at < self._seconds:
            known = refreshed(self._store, known) if known else load_active(self._store)
            self._active = (now, known)
        return known

    def _drop_oldest(self) -> None:
        """Keep the most recently read; another thread may have dropped the same entry already."""
        for path in list(self._kept)[:-MOST_DOCUMENTS]:
            self._kept.pop(path, None)
