"""Notices that have failed for good, for the person who puts them back or drops them."""

from __future__ import annotations

from shared import notices
from shared.delivery import moves
from shared.delivery.conditions import revive
from shared.delivery.threads import between, opened, thread_of
from shared.model import Seconds
from shared.notices import COLLECTION, Notice
from shared.ports import Delete, Put, Store


def failed(store: Store) -> list[Notice]:
    """Failed notices, the oldest first; without those that cannot be read."""
    found = (opened(name, document) for name, document in between("", "~", store))
    return sorted((one for one in found if one is not None and one.state == "failed"), key=lambda one: (one.done_at, one.name))


def retry(store: Store, name: str, now: Seconds) -> bool:
    """Let a failed notice be tried again as if it were new, even where its receiver counts as gone; False where it did not fail.

    Where a later change is known it is folded instead, for the next one lists it. Raises Conflict where somebody else writes it.
    """
    [document] = store.read([f"{COLLECTION}/{name}"])
    if document is None or (notice := notices.unpack(document.data)).state != "failed":
        return False
    again = moves.put_back(notice, [one for one, _ in thread_of(notice, store) or ()], now)
    store.commit([Put(f"{COLLECTION}/{name}", notices.pack(again), again.due_at, document.revision)])
    revive(store, frozenset({notice.receiver}))
    return True


def drop(store: Store, name: str) -> bool:
    """Forget a failed notice; False where it has not failed."""
    [document] = store.read([f"{COLLECTION}/{name}"])
    if document is None or notices.unpack(document.data).state != "failed":
        return False
    store.commit([Delete(f"{COLLECTION}/{name}")])
    return True
