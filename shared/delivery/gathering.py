"""Gathering: the hour's WASPADA in one message, and after an outage of a receiver one summary instead of hundreds of old alarms.

A receiver's notices that wait are folded into the gravest of them whenever one of them is tried. So an outage of a day does not
leave hundreds that are tried again every hour, and what is left when the receiver comes back is one message.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from shared import notices, routing
from shared.delivery import moves
from shared.delivery.threads import Found, later, readable
from shared.model import HOUR, Seconds
from shared.notices import COLLECTION, LONGEST_WAIT, Notice
from shared.ports import Conflict, Document, Put, Store

STALE: Final[Seconds] = 2 * HOUR  # after which a change is no news that deserves a message of its own, where there are more
MOST_STALE: Final = 3  # old ones that still come one by one
MOST: Final = 200  # notices looked at, and written in one commit
_TRIES: Final = 3  # at a commit before the message goes back to the broker


class Waiting:
    """The notices that wait, of all receivers, as one message sees them: read when first asked for, and once for all."""

    def __init__(self, store: Store) -> None:
        """Nothing is read yet."""
        self._store = store
        self._found: list[Found] | None = None

    def gather(self, notice: Notice, handled: Collection[str], now: Seconds) -> Notice:
        """The notice to try: this one, or one that tells of it and of others of the same receiver, as it now stands in the store.

        `handled`: alerts that need no other officer any more. Raises Conflict where others write the same notices all the time.
        """
        if not _small(notice) and not _stale(notice, now):
            return notice
        for _ in range(_TRIES):
            waiting = [found for found in self._of(notice.receiver, now) if not moves.needless(found[0], handled)]
            together = sorted(_together(_newest(waiting), now), key=lambda found: _weight(found[0]), reverse=True)
            if len(together) < 2 or notice.name not in {other.name for other, _ in together}:
                return notice
            if any(later(together[0][0], self._store)):  # it is about to be folded, and must not take the others with it
                return notice
            try:
                return self._gathered(together, now)
            except Conflict:
                self._found = None
        raise Conflict(f"notices for {notice.receiver} are contended")

    def _of(self, receiver: str, now: Seconds) -> list[Found]:
        """Pending notices of a receiver that are due, or will be within the longest wait, and that nobody is sending just now."""
        if self._found is None:
            self._found = readable(self._store.due(COLLECTION, now + LONGEST_WAIT, MOST))
        mine = [each for each in self._found if each[0].receiver == receiver]
        return [(one, document) for one, document in mine if one.state == "pending" and not one.leased(now)]

    def _gathered(self, together: list[Found], now: Seconds) -> Notice:
        """The first of them, which tells of all; what is on record of the others, and of itself, is another from here on."""
        (first, document), *rest = together
        leader = moves.lead(first, [other for other, _ in rest], now)
        self._store.commit([_put(leader, document), *(_put(moves.gathered(other, leader, now), each) for other, each in rest)])
        self._found = [each for each in self._found or () if each[0].receiver != leader.receiver]
        return leader


def _together(waiting: list[Found], now: Seconds) -> list[Found]:
    """Those that go into one message."""
    stale = [one for one in waiting if _stale(one[0], now)]
    small = [one for one in waiting if _small(one[0]) and not _stale(one[0], now)]
    return stale + small if len(stale) > MOST_STALE else small + [one for one in stale if _small(one[0])]


def _newest(waiting: list[Found]) -> list[Found]:
    """Those without one that waits for a later change of the same alert, which takes them over."""
    numbers: dict[str, int] = {}
    for one, _ in waiting:
        numbers[one.transition.alert] = max(one.transition.number, numbers.get(one.transition.alert, 0))
    return [found for found in waiting if found[0].transition.number == numbers[found[0].transition.alert]]


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
