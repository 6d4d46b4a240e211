"""What collect remembers of each source, packed into a few documents: `cursors/00`, `cursors/01`, ..., a hundred sources each.

A source may be in another document after the configuration has changed: all documents are read anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

import msgspec
from msgspec import Struct

from shared.config.schema import SourceConfig
from shared.model import Seconds
from shared.ports import ABSENT, Delete, Document, Permanent, Put, Store, Write

COLLECTION: Final = "cursors"
SOURCES_A_DOCUMENT: Final = 100
ID_BYTES: Final = 8
LEAST_RECENT: Final = 64
MOST_RECENT: Final = 1_000  # ids of a source: a hundred sources then fill 0.8 of the largest document


class Cursor(Struct, frozen=True, array_like=True):
    """One source's resume point and health."""

    source: str
    mark: str = ""  # the connector's own, see sources/contract.py
    recent: bytes = b""  # ids of items seen, ID_BYTES each, the newest first
    next_at: Seconds = 0
    streak: int = 0  # failures in a row
    ok_at: Seconds = 0  # when it last answered
    newest_at: Seconds = 0  # publication time of the newest item ever seen
    pace: Seconds = 0  # its rhythm, see rhythm.py
    longest: Seconds = 0
    fresh_for: Seconds = 0  # what its server said of the last answer, see sources/contract.py
    says: Seconds = 0
    asks: bytes = b""  # what all this was learnt from, see asked(); empty where an earlier version wrote it

    def knows(self) -> set[bytes]:
        """The ids that were seen."""
        return {self.recent[at : at + ID_BYTES] for at in range(0, len(self.recent), ID_BYTES)}

    def remember(self, ids: Iterable[bytes]) -> bytes:
        """`recent` after a feed with these ids: all of them, and older ones up to twice as many."""
        feed = list(dict.fromkeys(ids))[:MOST_RECENT]
        older = [self.recent[at : at + ID_BYTES] for at in range(0, len(self.recent), ID_BYTES)]
        room = min(MOST_RECENT, max(LEAST_RECENT, 2 * len(feed)))
        return b"".join(list(dict.fromkeys([*feed, *older]))[:room])


class _Page(Struct, frozen=True, array_like=True):
    """One document."""

    cursors: tuple[Cursor, ...]


def asked(source: SourceConfig) -> bytes:
    """A short hash of what a source is asked for: its kind, address, account and query."""
    return sha256(repr((source.kind, source.url, source.account, source.query)).encode()).digest()[:4]


def cursor_of(source: SourceConfig, stored: Mapping[str, Cursor]) -> Cursor:
    """What is known of a source as it stands in the configuration.

    An address that was put right says nothing of the wrong one: it is due at once, and of the old one only the items are known.
    """
    known, now = stored.get(source.id, Cursor(source.id)), asked(source)
    if known.asks in (b"", now):
        return msgspec.structs.replace(known, asks=now)
    return Cursor(source.id, recent=known.recent, asks=now)


@dataclass
class Cursors:
    """All cursors by source, with the documents that they were read from."""

    by_source: dict[str, Cursor] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)

    def writes(self, changed: Mapping[str, Cursor], wanted: Iterable[str]) -> list[Write]:
        """What stores the cursors of the wanted sources, some of them changed; documents that stay the same are left alone."""
        known = {**self.by_source, **changed}
        kept = [known[source] for source in sorted(set(wanted)) if source in known]
        pages = {
            f"{start // SOURCES_A_DOCUMENT:02}": _encode(_Page(tuple(kept[start : start + SOURCES_A_DOCUMENT])))
            for start in range(0, len(kept), SOURCES_A_DOCUMENT)
        }
        gone: list[Write] = [Delete(f"{COLLECTION}/{name}") for name in sorted(self.documents) if name not in pages]
        return [put for name, data in pages.items() if (put := self._put(name, data))] + gone

    def _put(self, name: str, data: bytes) -> Put | None:
        before = self.documents.get(name)
        if before and before.data == data:
            return None
        return Put(f"{COLLECTION}/{name}", data, expect=before.revision if before else ABSENT)


def read_cursors(store: Store) -> Cursors:
    """The cursors as stored; none on the first run. Raises Permanent where they cannot be read."""
    found = Cursors()
    for name, document in store.scan(COLLECTION, "0", ":", 100):
        try:
            page = _decode(document.data)
        except msgspec.MsgspecError as error:
            raise Permanent(f"document {COLLECTION}/{name} has the wrong shape: {error}") from error
        found.documents[name] = document
        found.by_source.update((cursor.source, cursor) for cursor in page.cursors)
    return found


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Page).decode
