"""The notices of an alert as they are found in the store, read afresh for each receiver, and by name where the name is known.

Telling one receiver takes time, in which another instance tells others, so nothing is remembered. A notice looks back at some
changes to its own receiver, by their names, and at whatever came later: seldom anything, and then nobody may be told of this one.
So a message reads the receivers times the changes, and a notice that is tried again only its own thread.

A change that comes late, after a later one was told, is not told by itself any more: the receiver's next notice lists it as
missed. What we would overwrite makes the commit a Conflict.

What cannot be read is of a newer program, which goes on with it: it is left alone, and keeps no other notice waiting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from shared.delivery.moves import last_gathered
from shared.delivery.names import named, placed, span
from shared.logs import log
from shared.model import Transition
from shared.notices import COLLECTION, Notice, unpack
from shared.ports import Document, Permanent, Store, scanned

BACK: Final = 20  # changes that a notice looks back
PAGE: Final = 5_000  # notices read at a time

Found = tuple[Notice, Document]


def told(one: Transition, store: Store) -> set[str]:
    """Receivers that got an alarm of this alert before, or may have."""
    start, end = span(one.alert, one.number - BACK)[0], span(one.alert, one.number)[0]
    earlier = ((name, document) for name, document in between(start, end, store) if placed(name)[0] == one.alert)
    return {placed(name)[2] for name, document in earlier if not _has_failed(name, document)}


def thread_of(notice: Notice, store: Store) -> list[Found] | None:
    """What is on record of a notice and its thread, and who tells of what was gathered of it; None where a newer program has
    this very notice in hand.
    """
    mine = [*_up_to(notice, store), *later(notice, store)]
    thread = readable(mine)
    unread = {name for name, _ in mine} - {one.name for one, _ in thread}
    return None if notice.name in unread else [*thread, *_tellers([one for one, _ in thread], store)]


def _tellers(thread: list[Notice], store: Store) -> Iterator[Found]:
    """Who tells of the last one that was gathered, and who took that over: seldom more than one."""
    names = {one.name: one for one in thread}
    one = last_gathered(thread)
    while one is not None and one.into:
        into = one.into
        if into not in names:
            [document] = store.read([f"{COLLECTION}/{into}"])
            found = readable([(into, document)] if document else [])
            names |= {other.name: other for other, _ in found}
            yield from found
        one = names.get(into)


def _up_to(notice: Notice, store: Store) -> Iterator[tuple[str, Document]]:
    """The notice itself, and those of the changes that it looks back at."""
    one = notice.transition
    names = [named(one.alert, number, notice.receiver) for number in range(max(1, one.number - BACK), one.number)]
    names.append(notice.name)
    documents = store.read([f"{COLLECTION}/{name}" for name in names])
    return ((name, document) for name, document in zip(names, documents, strict=True) if document is not None)


def later(notice: Notice, store: Store) -> Iterator[tuple[str, Document]]:
    """Notices of later changes of its alert to its receiver."""
    mine = notice.transition.alert, notice.receiver
    found = between(*span(notice.transition.alert, notice.transition.number + 1), store)
    return ((name, document) for name, document in found if placed(name)[::2] == mine)


def between(start: str, end: str, store: Store) -> Iterator[tuple[str, Document]]:
    """All notices with start <= name < end, by name, however many there are."""
    return scanned(store, COLLECTION, start, end, PAGE)


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
