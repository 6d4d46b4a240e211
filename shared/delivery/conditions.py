"""Receivers that are there no more: recorded when one answers 410, left alone until its configuration changes. And mail accounts
whose login was refused, left alone for a while.

One document, `views/receivers`, for pages too. Whoever looks after the system (`health: true`) gets a notice about it, as about
any receiver that refuses something for good or cannot be reached for a while.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from shared.config.schema import Config, ReceiverConfig
from shared.logs import log
from shared.model import DAY, Level, Seconds, Transition
from shared.notices import Later
from shared.ports import ABSENT, Conflict, Document, Permanent, Put, Store
from shared.urls import digest

PATH: Final = "views/receivers"


class Gone(Struct, frozen=True):
    """A receiver that is there no more."""

    receiver: str  # id
    since: Seconds
    reason: str  # Indonesian
    mark: str  # of its configuration: with another one it is tried again


class Paused(Struct, frozen=True):
    """A mail account whose login was refused: servers lock who fails often."""

    account: str
    until: Seconds
    reason: str  # Indonesian


class Receivers(Struct, frozen=True):
    """views/receivers: who is left alone."""

    gone: tuple[Gone, ...] = ()  # by id
    paused: tuple[Paused, ...] = ()  # by account


def load(store: Store) -> Receivers:
    """The record; empty where there is none. Raises Permanent where it cannot be understood."""
    return _unpack(store.read([PATH])[0])


def still_gone(recorded: Receivers, config: Config) -> tuple[Gone, ...]:
    """Those whose configuration is still the one that failed; but for 404, which only a program before took for the end."""
    marks = {receiver.id: mark(receiver) for receiver in config.receivers}
    return tuple(one for one in recorded.gone if marks.get(one.receiver) == one.mark and "(404)" not in one.reason)


def mark(receiver: ReceiverConfig) -> str:
    """What changes when a receiver's configuration does."""
    return hashlib.sha256(msgspec.json.encode(receiver)).hexdigest()[:16]


def revive(store: Store, receivers: frozenset[str]) -> None:
    """Forget that these are gone, and every pause, because a person says so."""
    [document] = store.read([PATH])
    if document is not None:
        kept = tuple(one for one in _unpack(document).gone if one.receiver not in receivers)
        store.commit([Put(PATH, msgspec.json.encode(Receivers(kept)), expect=document.revision)])


class Conditions:
    """The record as one message sees it; read when first asked for."""

    def __init__(self, store: Store, config: Config) -> None:
        self._store, self._config = store, config
        self._seen: Receivers | None = None

    def gone(self, receiver: str) -> str:
        """Why this receiver is left alone; empty where it is not."""
        return next((one.reason for one in self._kept().gone if one.receiver == receiver), "")

    def paused(self, account: str, now: Seconds) -> Later | None:
        """What this account's server has said, while it is left alone."""
        found = (one for one in self._kept().paused if one.account == account and one.until > now)
        return next((Later(one.reason, one.until - now) for one in found), None)

    def disable(self, receiver: ReceiverConfig, reason: str, now: Seconds) -> None:
        """Record that a receiver is gone. Where somebody else writes at the same time, its next notice will record it."""
        kept, document = self._read()
        others = (one for one in still_gone(kept, self._config) if one.receiver != receiver.id)
        gone = sorted([*others, Gone(receiver.id, now, reason, mark(receiver))], key=lambda one: one.receiver)
        self._write(replace(kept, gone=tuple(gone)), document)

    def pause(self, account: str, outcome: Later, now: Seconds) -> None:
        """Record that this account is left alone for as long as the outcome says; of others, only what is not over."""
        kept, document = self._read()
        others = (one for one in kept.paused if one.account != account and one.until > now)
        paused = sorted([*others, Paused(account, now + outcome.after, outcome.reason)], key=lambda one: one.account)
        self._write(replace(kept, paused=tuple(paused)), document)

    def _kept(self) -> Receivers:
        """The record; those whose configuration has changed meanwhile are taken off it."""
        if self._seen is None:
            recorded, document = self._read()
            self._seen = replace(recorded, gone=still_gone(recorded, self._config))
            if self._seen != recorded:
                self._write(self._seen, document)
        return self._seen

    def _read(self) -> tuple[Receivers, Document | None]:
        [document] = self._store.read([PATH])
        return _recorded(document), document

    def _write(self, kept: Receivers, document: Document | None) -> None:
        self._seen = kept
        write = Put(PATH, msgspec.json.encode(kept), expect=document.revision if document else ABSENT)
        with suppress(Conflict):
            self._store.commit([write])


def change_of(receiver: ReceiverConfig, reason: str, now: Seconds) -> Transition:
    """What is told about it to whoever looks after the system; the same within a day, so that repeating it changes nothing."""
    alert = digest("receiver", receiver.id, mark(receiver), str(now // DAY))
    return Transition(
        id=alert,
        alert=alert,
        number=1,
        kind="collector",
        agency="",
        agency_name="Penerima pemberitahuan",
        issue="",
        issue_name=f"pemberitahuan ke {receiver.id} tidak sampai",
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
