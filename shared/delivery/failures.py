"""Notices that have failed for good, for the person who puts them back or drops them, and those that are still tried in vain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from shared import notices
from shared.delivery import moves
from shared.delivery.conditions import revive
from shared.delivery.threads import between, opened, thread_of
from shared.model import Seconds
from shared.notices import COLLECTION, Notice
from shared.ports import Delete, Put, Store


class Stalled(NamedTuple):
    """A receiver that has not taken something that it is sent again; it may take all else."""

    receiver: str  # id
    since: Seconds  # the first of it
    reason: str  # Indonesian
    number: int  # of notices


def unsent(store: Store) -> list[Notice]:
    """Notices that have failed for good or were tried in vain so far, the oldest trouble first; those that can be read."""
    found = (opened(name, document) for name, document in between("", "~", store))
    kept = (one for one in found if one and (one.state == "failed" or (one.state == "pending" and one.stalled_at)))
    return sorted(kept, key=lambda one: (one.done_at or one.stalled_at, one.name))


def failed(store: Store) -> list[Notice]:
    """Failed notices, the oldest first; without those that cannot be read."""
    return [one for one in unsent(store) if one.state == "failed"]


def stalled(found: Iterable[Notice]) -> list[Stalled]:
    """Of what `unsent` found: receivers for which something is tried again, by id, with the reason of what waits the longest."""
    waiting: dict[str, list[Notice]] = {}
    for one in found:
        if one.state == "pending":
            waiting.setdefault(one.receiver, []).append(one)
    return [Stalled(receiver, some[0].stalled_at, some[0].reason, len(some)) for receiver, some in sorted(waiting.items())]


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
