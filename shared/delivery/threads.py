"""The notices of an alert as they are found in the store: read once for all receivers that a message tells.

To read them for each receiver would cost the square of the receivers, times the changes. But telling one takes time, in which
another instance tells others. So later changes, after which nobody may be told of this one, are looked for before each receiver;
what we would overwrite makes the commit a Conflict, and then all is read again; and an earlier change that comes late is told by
itself.

What cannot be read is of a newer program, which goes on with it: it is left alone, and keeps no other notice waiting.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from shared.logs import log
from shared.model import Transition
from shared.notices import COLLECTION, Notice, placed, span, unpack
from shared.ports import Document, Permanent, Store

BACK: Final = 20  # changes that a notice looks back
MOST: Final = 5_000  # notices read about one alert: 21 changes for 238 receivers

Found = tuple[Notice, Document]


class Threads:
    """The threads of the alerts that one message is about. Not for several threads of a process."""

    def __init__(self, store: Store) -> None:
        """Nothing is read yet."""
        self._store = store
        self._known: dict[str, dict[str, Document]] = {}  # of all receivers, by id of the transition and name

    def told(self, transition: Transition) -> set[str]:
        """Receivers that got an alarm of this alert before, or may have."""
        documents = self._alert(transition).items()
        earlier = ((name, document) for name, document in documents if placed(name)[1] < transition.number)
        return {placed(name)[2] for name, document in earlier if not _has_failed(name, document)}

    def of(self, notice: Notice) -> list[Found] | None:
        """What is on record of a notice and its thread; None where a newer program has this very notice in hand."""
        documents = self._alert(notice.transition).items()
        mine = [(name, document) for name, document in documents if placed(name)[2] == notice.receiver]
        thread = readable(mine)
        unread = {name for name, _ in mine} - {one.name for one, _ in thread}
        return None if notice.name in unread else thread

    def forget(self, transition: Transition) -> None:
        """Read them again: somebody else has written one."""
        self._known.pop(transition.id, None)

    def _alert(self, one: Transition) -> dict[str, Document]:
        """Notices to all receivers by name, from some changes before this one on; of later changes all that are there now."""
        known = self._known.setdefault(one.id, {})
        known.update(self._scan(one, one.number + 1 if known else one.number - BACK))
        return known

    def _scan(self, one: Transition, first: int) -> dict[str, Document]:
        found = self._store.scan(COLLECTION, *span(one.alert, first), MOST)
        return {name: document for name, document in found if placed(name)[0] == one.alert}


def opened(name: str, document: Document) -> Notice | None:
    """The notice in a document; None, and a line in the log, where it cannot be read."""
    try:
        return unpack(document.data)
    except Permanent as error:
        log("ERROR", "notice left alone", notice=name, reason=str(error))
        return None


def readable(found: Iterable[tuple[str, Document]]) -> list[Found]:
    """The notices that can be read, with their documents, in the order given."""
    return [(notice, document) for name, document in found if (notice := opened(name, document)) is not None]


def _has_failed(name: str, document: Document) -> bool:
    notice = opened(name, document)
    return notice is not None and notice.state == "failed"
