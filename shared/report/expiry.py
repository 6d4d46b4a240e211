"""Removal of what has expired, inside the free deletes of a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from shared.model import DAY, Seconds
from shared.ports import Delete, Document, Store

SHARD: Final = "0"
DELETED_AT_ONCE: Final = 20  # documents of at most 1 MB that are in memory together
MOST_DELETES: Final = 6_000  # of a collection in a run: far inside the 20,000 free deletes of a day

Found = list[tuple[str, Document]]


def expire(store: Store, retention_days: int, now: Seconds) -> int:
    """Delete the `hours` that started more than `retention_days` ago, and the pages of issues that have been idle so long.

    How many documents were deleted. A run removes at most MOST_DELETES of each, the next run goes on.
    """
    cutoff = f"{SHARD}-{max(0, now - retention_days * DAY):010d}"
    hours = _delete(store, "hours", lambda most: store.scan("hours", f"{SHARD}-{0:010d}", cutoff, most))
    return hours + _delete(store, "issues", lambda most: store.due("issues", now, most))


def _delete(store: Store, collection: str, find: Callable[[int], Found]) -> int:
    """Delete what `find` finds, a few at a time."""
    deleted = 0
    while deleted < MOST_DELETES:
        found = find(DELETED_AT_ONCE)
        if found:
            store.commit([Delete(f"{collection}/{name}") for name, _ in found])
        deleted += len(found)
        if len(found) < DELETED_AT_ONCE:
            break
    return deleted
