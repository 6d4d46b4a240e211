"""Gathering: the hour's WASPADA in one message, and after an outage of a receiver one summary instead of hundreds of old alarms.

A receiver's notices that wait are folded into the gravest of them whenever one of them is tried. So an outage of a day does not
leave hundreds that are tried again every hour, and what is left when the receiver comes back is one message.
"""

from __future__ import annotations

from typing import Final

from shared import notices, routing
from shared.delivery.threads import Found, readable
from shared.model import HOUR, Seconds
from shared.notices import COLLECTION, LONGEST_WAIT, Notice
from shared.ports import Document, Put, Store

STALE: Final[Seconds] = 2 * HOUR  # after which a change is no news that deserves a message of its own, where there are more
MOST_STALE: Final = 3  # old ones that still come one by one
MOST: Final = 200  # notices looked at, and written in one commit


def gather(notice: Notice, store: Store, now: Seconds) -> Notice:
    """The notice to try: this one, or one that tells of it and of others of the same receiver, as it now stands in the store.

    Raises Conflict where others write the same notices all the time.
    """
    if not _small(notice) and not _stale(notice, now):
        return notice
    waiting = _together(_waiting(notice.receiver, store, now), now)
    if len(waiting) < 2 or notice.name not in {other.name for other, _ in waiting}:
        return notice
    (first, document), *rest = sorted(waiting, key=lambda one: _weight(one[0]), reverse=True)
    leader = notices.lead(first, [other for other, _ in rest], now)
    store.commit([_put(leader, document), *(_put(notices.gathered(other, leader, now), each) for other, each in rest)])
    return leader


def _waiting(receiver: str, store: Store, now: Seconds) -> list[Found]:
    """Pending notices of a receiver that are due, or will be within the longest wait, and that nobody is sending just now."""
    found = readable(store.due(COLLECTION, now + LONGEST_WAIT, MOST))
    return [each for each in found if each[0].receiver == receiver and each[0].state == "pending" and not each[0].leased(now)]


def _together(waiting: list[Found], now: Seconds) -> list[Found]:
    """Those that go into one message."""
    stale = [one for one in waiting if _stale(one[0], now)]
    small = [one for one in waiting if _small(one[0]) and not _stale(one[0], now)]
    return stale + small if len(stale) > MOST_STALE else small + [one for one in stale if _small(one[0])]


def _small(notice: Notice) -> bool:
    return routing.is_gathered(notice.transition)


def _stale(notice: Notice, now: Seconds) -> bool:
    return now - notice.transition.at > STALE


def _weight(notice: Notice) -> tuple[bool, int, Seconds, str]:
    """Alarms before all-clears, the gravest first, the newest first."""
    one = notice.transition
    return one.change in routing.ALARMS, routing.severity(one), one.at, notice.name


def _put(notice: Notice, document: Document) -> Put:
    return Put(f"{COLLECTION}/{notice.name}", notices.pack(notice), notice.due_at, document.revision)
