"""The day's sums, one document a stage: `usage/<stage>`.

A stage that dies between two sums forgets what it has counted since the last one: a few documents. Two instances of a stage would
overwrite each other's sum, so only stages with one instance leave one: collect, detect, report. What notify and the dashboard use
is small and not counted. classify has no store: what it used travels with its messages, and detect counts it as its own.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final

import msgspec

from shared.guard import costs
from shared.guard.spent import Spent
from shared.guard.tally import Tally
from shared.model import DAY, HOUR, Seconds
from shared.ports import Document, Put, Store

__all__ = ["Spent", "day_of", "leave", "left", "month_of", "spent"]

COLLECTION: Final = "usage"
RESETS_AT: Final[Seconds] = 8 * HOUR  # UTC: midnight in Los Angeles, without summer time

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Spent).decode


def day_of(now: Seconds) -> int:
    """The number of the quotas' day."""
    return (now - RESETS_AT) // DAY


def month_of(now: Seconds) -> int:
    """The number of the quotas' month."""
    here = time.gmtime(now - RESETS_AT)
    return 12 * here.tm_year + here.tm_mon


def leave(store: Store, tally: Tally, stage: str, now: Seconds) -> Put:
    """The write that adds what was used since the last one to the stage's day."""
    [document] = store.read([f"{COLLECTION}/{stage}"])
    before = _read(document, now)
    return Put(f"{COLLECTION}/{stage}", _encode(before.plus(tally.take()).plus(Spent(writes=1))))


def left(store: Store) -> dict[str, Document]:
    """What the stages have left, and the budget, by name."""
    return dict(store.scan(COLLECTION, "a", "z", 10))


def spent(documents: Mapping[str, Document], now: Seconds) -> Spent:
    """What all stages have used on this day and in this month, as far as they have said so."""
    total = Spent(day_of(now), month=month_of(now))
    for name, document in documents.items():
        if name != costs.NAME:
            total = total.plus(_read(document, now))
    return total


def _read(document: Document | None, now: Seconds) -> Spent:
    """A stage's sum of today and this month; nothing where it cannot be read: the guard must not stop the watch."""
    try:
        found = Spent() if document is None else _decode(document.data)
    except msgspec.MsgspecError:
        found = Spent()
    return found.of(day_of(now), month_of(now))
