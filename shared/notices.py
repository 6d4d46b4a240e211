"""The notice: one transition for one receiver. The moves of its life are in `delivery/moves.py`.

A notice is created with a lease, tried once, and then either done or due again. `due_at` is the only clock: the time that it
waits for (the full hour, the end of quiet hours), the end of the lease while somebody tries it, the time of the next try after a
failure, the time at which another officer is told, and at rest the day on which it is thrown away. So a crash at any point makes
it due again.

Notices of one alert to one receiver form a thread. A later change takes over earlier ones that did not arrive and lists them
(`missed`), so that nobody is told yesterday's level after today's. Notices of several alerts to one receiver are gathered into
one where they are too small or too old for messages of their own (`digest`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import msgspec
from msgspec import Struct

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
    into: str = ""  # name of the notice that tells of it, where another one does
    stalled_at: Seconds = 0  # when the first of all that it tells was tried in vain; 0: nothing was

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
