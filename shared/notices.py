"""The notice: one transition for one receiver, and the moves of its life, which are pure: no store, no network.

A notice is created with a lease, tried once, and then either done or due again. `due_at` is the only clock: the time that it
waits for (the full hour, the end of quiet hours), the end of the lease while somebody tries it, the time of the next try after a
failure, the time at which another officer is told, and at rest the day on which it is thrown away. So a crash at any point makes
it due again.

Notices of one alert to one receiver form a thread. A later change takes over earlier ones that did not arrive and lists them
(`missed`), so that nobody is told yesterday's level after today's. Notices of several alerts to one receiver are gathered into
one where they are too small or too old for messages of their own (`digest`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from shared.delivery.names import named
from shared.model import DAY, HOUR, AlertKind, Change, Level, Seconds, Transition
from shared.ports import Permanent, Store
from shared.urls import digest

COLLECTION: Final = "notices"
LEASE: Final[Seconds] = 120  # longer than one try may take
FIRST_WAIT: Final[Seconds] = 60
LONGEST_WAIT: Final[Seconds] = HOUR
LONGEST_PAUSE: Final[Seconds] = DAY  # that a receiver may ask for with Retry-After
GIVE_UP: Final[Seconds] = 7 * DAY
KEPT: Final[Seconds] = 60 * DAY  # at rest, for whoever asks what was told to whom

OVERTAKEN: Final = "didahului perubahan berikutnya"  # came too late to be told by itself
LISTED: Final = 20  # changes that a digest names; it counts the rest

State = Literal["pending", "delivered", "folded", "failed", "gathered"]


class Missed(Struct, frozen=True):
    """An earlier change that did not reach the receiver by a notice of its own."""

    id: str  # of the transition
    number: int
    change: Change
    to_level: Level
    at: Seconds


class Brief(Struct, frozen=True):
    """A change of another alert that is told within the same notice."""

    id: str  # of the transition
    alert: str
    kind: AlertKind
    agency_name: str
    unit: str  # name, or empty
    issue: str
    issue_name: str
    change: Change
    from_level: Level
    to_level: Level
    at: Seconds


class Notice(Struct, frozen=True):
    """What is sent about a transition to one receiver, and how that goes."""

    transition: Transition
    receiver: str  # id
    zone: str  # IANA name, for showing times
    created_at: Seconds
    due_at: Seconds | None
    state: State = "pending"
    attempts: int = 0
    reason: str = ""  # of the last failure, Indonesian
    done_at: Seconds = 0
    missed: tuple[Missed, ...] = ()
    digest: tuple[Brief, ...] = ()  # what else this notice tells: the hour's WASPADA, or what could not be told for hours
    more: int = 0  # further changes that it stands for, beyond those that are listed
    escalate_at: Seconds = 0  # when another officer is told, unless somebody handles it; 0: never
    escalated_from: str = ""  # id of the receiver that did not answer in time
    leased_until: Seconds = 0  # somebody is trying it until then, unless that one was killed
    reference: str = ""  # by which the receiver's service knows the message, where it tells and replies can point to it
    follows: str = ""  # the reference of the last message of this thread that arrived

    @property
    def thread(self) -> str:
        """What keeps the notices of one crisis together: its issue, of whatever agency or kind; the alert where there is none."""
        return self.transition.issue or self.transition.alert

    def leased(self, now: Seconds) -> bool:
        """Whether somebody is trying it just now."""
        return self.state == "pending" and self.leased_until > now

    @property
    def message(self) -> str:
        """Id of what is sent: the change's, or one of all that it tells; so whoever drops what comes twice drops no news."""
        told = [one.id for one in self.digest]
        return digest(self.transition.id, *told, str(self.more)) if told else self.transition.id

    @property
    def name(self) -> str:
        """Name of its document: alert, number, receiver, so that a thread lies together and in order."""
        return named(self.transition.alert, self.transition.number, self.receiver)


@dataclass(frozen=True, slots=True)
class Delivered:
    """The receiver has accepted the notice."""

    reference: str = ""  # by which its service knows the message


@dataclass(frozen=True, slots=True)
class Later:
    """Not accepted for now; `after` is the pause in seconds that the receiver asked for, 0 if it did not."""

    reason: str
    after: Seconds = 0
    answered: bool = True  # False where the receiver said nothing at all


@dataclass(frozen=True, slots=True)
class Never:
    """Will not be accepted however often it is tried."""

    reason: str
    gone: bool = False  # the receiver is there no more (410): it is left alone until its configuration changes


Outcome = Delivered | Later | Never

pack = msgspec.json.Encoder().encode  # JSON, so that a person sees it in the database's own console
_decode = msgspec.json.Decoder(Notice).decode


def unpack(data: bytes) -> Notice:
    """The notice in a document; raises Permanent where there is none."""
    try:
        return _decode(data)
    except msgspec.MsgspecError as error:
        raise Permanent(f"notice is unreadable: {error}") from error


def due_names(store: Store, now: Seconds, limit: int) -> tuple[str, ...]:
    """Names of notices that want another try, the longest waiting first: for `AlertsChanged.due`."""
    return tuple(name for name, _ in store.due(COLLECTION, now, limit))


def moves(notice: Notice, known: Sequence[Notice], now: Seconds) -> list[Notice]:
    """What to write in one commit for a notice whose turn may have come: itself, then those of its thread that it takes over.

    `known`: its thread, itself included if it exists. Empty where it is at rest, or not due. Who writes it holds a lease if it is
    to be tried; else it waits for its time, or is at rest.
    """
    before = next((one for one in known if one.name == notice.name), None)
    if before is not None and (before.state != "pending" or before.due_at is None or before.due_at > now):
        return []
    thread = [one for one in known if one is not before]
    take = hold if before is None and waits(notice, thread, now) else claim
    after = take(before or notice, thread, now)
    overtaken = [one for one in thread if one.state == after.state == "pending"]
    return [after, *(fold(one, after, now) for one in overtaken)]


def claim(notice: Notice, thread: Sequence[Notice], now: Seconds) -> Notice:
    """The notice with a lease for one try; or at rest, where a later change is known or it has been tried for too long."""
    number = notice.transition.number
    if any(other.transition.number > number for other in thread):
        return _rest(notice, "folded", now, OVERTAKEN)
    if now - notice.created_at > GIVE_UP:
        return _rest(notice, "failed", now, f"tidak sampai dalam 7 hari; terakhir: {notice.reason}")
    return replace(
        notice,
        attempts=notice.attempts + 1,
        due_at=now + LEASE,
        leased_until=now + LEASE,
        missed=missed(notice, thread),
        follows=_last_reference(thread),
    )


def _last_reference(thread: Sequence[Notice]) -> str:
    """The newest message of a thread that a reply can point to; empty where there is none."""
    known = [(one.transition.number, one.reference) for one in thread if one.reference]
    return max(known)[1] if known else ""


def hold(notice: Notice, thread: Sequence[Notice], now: Seconds) -> Notice:
    """The notice as it waits for its time; at rest, where a later change is known."""
    if any(other.transition.number > notice.transition.number for other in thread):
        return _rest(notice, "folded", now, OVERTAKEN)
    return notice


def waits(notice: Notice, thread: Sequence[Notice], now: Seconds) -> bool:
    """Whether a new notice may wait for its time: not where it takes over one that did not arrive."""
    trying = any(other.state == "pending" and other.attempts for other in thread)
    return notice.due_at is not None and notice.due_at > now and not trying


def fold(notice: Notice, into: Notice, now: Seconds) -> Notice:
    """A pending notice that a later one of its thread takes over."""
    return _rest(notice, "folded", now, f"dikabarkan bersama perubahan {into.transition.number}")


def lead(notice: Notice, others: Sequence[Notice], now: Seconds) -> Notice:
    """A pending notice that tells of others too, due at once. `others` in the order in which they are told."""
    briefs = {one.id: one for one in notice.digest}
    for other in others:
        briefs |= {one.id: one for one in (brief(other.transition), *other.digest)}
    briefs.pop(notice.transition.id, None)
    more = notice.more + sum(other.more for other in others) + max(0, len(briefs) - LISTED)
    return replace(notice, digest=tuple(briefs.values())[:LISTED], more=more, due_at=now)


def gathered(notice: Notice, into: Notice, now: Seconds) -> Notice:
    """A pending notice that another alert's notice tells of."""
    return _rest(notice, "gathered", now, f"dikabarkan dalam rangkuman {into.name}")


def brief(one: Transition) -> Brief:
    """A change as it is listed in another one's notice."""
    issue = (one.unit, one.issue, one.issue_name)
    return Brief(one.id, one.alert, one.kind, one.agency_name, *issue, one.change, one.from_level, one.to_level, one.at)


def unanswered(notice: Notice, now: Seconds) -> bool:
    """Whether another officer is to be told: nobody has answered in time, or this receiver cannot be reached at all."""
    return bool(notice.escalate_at) and (notice.escalate_at <= now or notice.state == "failed")


def settled(notice: Notice) -> Notice:
    """The notice without anybody to follow."""
    due_at = notice.due_at if notice.state == "pending" else notice.done_at + KEPT
    return replace(notice, escalate_at=0, due_at=due_at)


def missed(notice: Notice, thread: Sequence[Notice]) -> tuple[Missed, ...]:
    """Earlier changes of the thread that the receiver has not been told of, neither alone nor in a later notice."""
    arrived = [other for other in thread if other.state in ("delivered", "gathered")]
    told = {earlier.id for other in arrived for earlier in other.missed} | {other.transition.id for other in arrived}
    untold = (other.transition for other in thread if other.transition.number < notice.transition.number)
    return tuple(
        Missed(one.id, one.number, one.change, one.to_level, one.at)
        for one in sorted(untold, key=lambda one: one.number)
        if one.id not in told
    )


def settle(notice: Notice, outcome: Outcome, now: Seconds) -> Notice:
    """The notice after a try."""
    match outcome:
        case Delivered(reference):
            return replace(_rest(notice, "delivered", now), reference=reference)
        case Never(reason):
            return _rest(notice, "failed", now, reason)
        case Later(reason=reason, after=after):
            again = now + max(_wait(notice), min(after, LONGEST_PAUSE))
            followed = notice.escalate_at > now
            due_at = min(again, notice.escalate_at) if followed else again
            return replace(notice, due_at=due_at, leased_until=0, reason=reason)


def _rest(notice: Notice, state: State, now: Seconds, reason: str = "") -> Notice:
    """The notice at the end of its life; due once more where another officer may follow."""
    escalate_at = notice.escalate_at if state in ("delivered", "failed", "gathered") else 0
    soon = now if state == "failed" else escalate_at
    due_at = soon if escalate_at else now + KEPT
    return replace(notice, state=state, due_at=due_at, done_at=now, reason=reason, escalate_at=escalate_at)


def _wait(notice: Notice) -> Seconds:
    """Seconds until the next try: doubling from a minute to an hour, plus up to a quarter, spread by the notice's own hash."""
    wait = min(FIRST_WAIT << min(notice.attempts - 1, 10), LONGEST_WAIT)
    spread = hashlib.sha256(f"{notice.name} {notice.attempts}".encode()).digest()[0]
    return min(wait + wait * spread // 1024, LONGEST_WAIT)
