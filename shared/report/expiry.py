"""Removal of what has expired, inside the free deletes of a day."""

from __future__ import annotations

from typing import Final

from shared.model import DAY, Seconds
from shared.ports import Delete, Store

SHARD: Final = "0"
DELETED_AT_ONCE: Final = 20  # documents of at most 1 MB that are in memory together
MOST_DELETES: Final = 6_000  # a run: far inside the 20,000 free deletes of a day


def expire(store: Store, retention_days: int, now: Seconds) -> int:
    """Delete `hours` documents of hours that started more than `retention_days` ago; how many were deleted.

    A run removes at most MOST_DELETES, the next run goes on.
    """
    cutoff = f"{SHARD}-{max(0, now - retention_days * DAY):010d}"
    deleted = 0
    while deleted < MOST_DELETES:
        found = store.scan("hours", f"{SHARD}-{0:010d}", cutoff, DELETED_AT_ONCE)
        if found:
            store.commit([Delete(f"hours/{name}") for name, _ in found])
        deleted += len(found)
        if len(found) < DELETED_AT_ONCE:
            break
    return deleted
