"""The mentions that a report counts: read from the documents of the hours in which they arrived, and the hour in progress.

A mention belongs to the period in which it happened. It arrives in that hour or later, so a span is read from its first hour on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from shared.deeds import Kept, Marks
from shared.deskview import LaidMarks
from shared.detect.storing import log
from shared.detect.storing.columns import unpack_kept
from shared.detect.storing.hours import hour_name, hour_of
from shared.detect.storing.parts import unpack_part
from shared.model import HOUR, Seconds
from shared.ports import Store, scanned
from shared.rulings import overlaid, ruled
from shared.views import unpack

SHARD: Final = "0"
AT_ONCE: Final = 8  # documents of at most 1 MB that are in memory together


def arrived(store: Store, start: Seconds, end: Seconds, most: int = 0) -> Iterator[Kept]:
    """All mentions that arrived in the hours from `start` to `end` (exclusive), as officers have put them right, in order.

    `most` documents of finished hours are read, 0: all. Raises Retryable as the store does.
    """
    return map(ruled, judged(store, start, end, most))


def judged(store: Store, start: Seconds, end: Seconds, most: int = 0) -> Iterator[Kept]:
    """The same mentions as they were judged when they came, with the marks that lie over that."""
    waiting = {kept.fact.mention.id: kept for kept in _in_progress(store, end)}  # read first: a tick may file them meanwhile
    for kept in _documents(store, start, end, most):
        waiting.pop(kept.fact.mention.id, None)
        yield kept
    yield from waiting.values()


def filed(store: Store, start: Seconds, end: Seconds) -> Iterator[Kept]:
    """As `arrived`, without the hour in progress: each mention is in exactly one hour."""
    return map(ruled, _documents(store, start, end))


def _documents(store: Store, start: Seconds, end: Seconds, most: int = 0) -> Iterator[Kept]:
    lately = _lately(store)  # read first: a tick may write it into the hours meanwhile
    documents = scanned(store, "hours", hour_name(SHARD, start - start % HOUR), hour_name(SHARD, end), AT_ONCE)
    for _, document in islice(documents, most or None):
        yield from (overlaid(kept, lately) for kept in unpack_kept(document.data))


def _lately(store: Store) -> Mapping[str, Marks]:
    """What officers have put right of late, by mention."""
    view = unpack(store.read(["views/marks"])[0], LaidMarks)
    return view.mentions if view else {}


def first_hour(store: Store) -> Seconds:
    """The first hour that is still kept; 0 where there is none."""
    found = store.scan("hours", hour_name(SHARD, 0), f"{SHARD}-:", 1)
    return hour_of(found[0][0]) if found else 0


def _in_progress(store: Store, end: Seconds) -> Iterator[Kept]:
    """Mentions of the hour that has no document yet, as the last snapshot holds them."""
    lately, [document] = _lately(store), store.read([log.header_path(SHARD)])
    parts = log.unpack_header(document.data).parts if document else {}
    names = [name for part, name in sorted(parts.items()) if part.startswith("kept-")]
    for found in store.read([f"snapshots/{name}" for name in names]) if names else ():
        for kept in unpack_part(found.data, Kept) if found else ():
            if kept.fact.mention.first_seen_at < end:
                yield overlaid(kept, lately)
