"""Receivers that are there no more: recorded when one answers 410, left alone until its configuration changes.

One document, `views/receivers`, for pages too. Whoever looks after the system (`health: true`) gets a notice about it, as about
any receiver that refuses something for good or cannot be reached for a while.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import Final

import msgspec
from msgspec import Struct

from shared.config.schema import Config, ReceiverConfig
from shared.logs import log
from shared.model import DAY, Level, Seconds, Transition
from shared.ports import ABSENT, Conflict, Document, Permanent, Put, Store
from shared.urls import digest

PATH: Final = "views/receivers"


class Gone(Struct, frozen=True):
    """A receiver that is there no more."""

    receiver: str  # id
    since: Seconds
    reason: str  # Indonesian
    mark: str  # of its configuration: with another one it is tried again


class Receivers(Struct, frozen=True):
    """views/receivers: the receivers that are left alone, by id."""

    gone: tuple[Gone, ...] = ()


def load(store: Store) -> Receivers:
    """The record; empty where there is none. Raises Permanent where it cannot be understood."""
    return _unpack(store.read([PATH])[0])


def still_gone(recorded: Receivers, config: Config) -> tuple[Gone, ...]:
    """Those whose configuration is still the one that failed."""
    marks = {receiver.id: mark(receiver) for receiver in config.receivers}
    return tuple(one for one in recorded.gone if marks.get(one.receiver) == one.mark)


def mark(receiver: ReceiverConfig) -> str:
    """What changes when a receiver's configuration does."""
    return hashlib.sha256(msgspec.json.encode(receiver)).hexdigest()[:16]


def revive(store: Store, receivers: frozenset[str]) -> None:
    """Forget that these are gone, because a person says so."""
    [document] = store.read([PATH])
    if document is not None:
        kept = tuple(one for one in _unpack(document).gone if one.receiver not in receivers)
        store.commit([Put(PATH, msgspec.json.encode(Receivers(kept)), expect=document.revision)])


class Conditions:
    """The record as one message sees it; read when first asked for."""

    def __init__(self, store: Store, config: Config) -> None:
        self._store, self._config = store, config
        self._gone: dict[str, Gone] | None = None

    def gone(self, receiver: str) -> str:
        """Why this receiver is left alone; empty where it is not."""
        if self._gone is None:
            self._gone = {one.receiver: one for one in self._read()}
        return self._gone[receiver].reason if receiver in self._gone else ""

    def _read(self) -> tuple[Gone, ...]:
        """Those that are gone; those whose configuration has changed meanwhile are taken off the record."""
        [document] = self._store.read([PATH])
        recorded = _recorded(document)
        gone = still_gone(recorded, self._config)
        if document is not None and gone != recorded.gone:
            self._write(gone, document)
        return gone

    def disable(self, receiver: ReceiverConfig, reason: str, now: Seconds) -> None:
        """Record that a receiver is gone. Where somebody else writes at the same time, its next notice will record it."""
        [document] = self._store.read([PATH])
        others = [one for one in still_gone(_recorded(document), self._config) if one.receiver != receiver.id]
        gone = sorted([*others, Gone(receiver.id, now, reason, mark(receiver))], key=lambda one: one.receiver)
        self._gone = {one.receiver: one for one in gone}
        self._write(tuple(gone), document)

    def _write(self, gone: tuple[Gone, ...], document: Document | None) -> None:
        write = Put(PATH, msgspec.json.encode(Receivers(gone)), expect=document.revision if document else ABSENT)
        with suppress(Conflict):
            self._store.commit([write])


def change_of(receiver: str, config: Config, reason: str, now: Seconds) -> Transition:
    """What is told about it to whoever looks after the system; the same within a day, so that repeating it changes nothing."""
    marks = [mark(one) for one in config.receivers if one.id == receiver]
    alert = digest("receiver", receiver, *marks, str(now // DAY))
    return Transition(
        id=alert,
        alert=alert,
        number=1,
        kind="collector",
        agency="",
        agency_name="Penerima pemberitahuan",
        issue="",
        issue_name=f"penerima {receiver} tidak dapat dikirimi",
        at=now,
        change="opened",
        from_level=Level.NORMAL,
        to_level=Level.SIAGA,
        reasons=(reason,),
        first_at=now,
    )


def _recorded(document: Document | None) -> Receivers:
    """The record; empty, and a line in the log, where it cannot be read: alarms must not wait for it."""
    try:
        return _unpack(document)
    except Permanent as error:
        log("ERROR", "receivers that are gone are tried again", reason=str(error))
        return Receivers()


def _unpack(document: Document | None) -> Receivers:
    if document is None:
        return Receivers()
    try:
        return msgspec.json.decode(document.data, type=Receivers)
    except msgspec.MsgspecError as error:
        raise Permanent(f"{PATH} is unreadable: {error}") from error
