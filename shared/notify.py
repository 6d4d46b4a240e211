"""The notify stage: who is told about a change, once, and again until it arrives.

Order of work, so that nothing is lost: create the notice with a lease, try once, record. A crash after the first step leaves a
notice that becomes due when its lease ends; detect's tick publishes the names of those. Whoever writes first by compare-and-set
holds the lease, so two instances do not send the same notice. A receiver that cannot be reached never fails the message.

Who is told, and when, is decided in `routing`; a notice whose time has not come is created, and waits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from shared import links, notices, routing
from shared.config.schema import Config, ReceiverConfig
from shared.delivery import moves
from shared.delivery.conditions import Conditions, change_of
from shared.delivery.escalation import escalate
from shared.delivery.gathering import Waiting
from shared.delivery.threads import opened, thread_of, told
from shared.logs import log
from shared.messages import AlertsChanged, decode, open_as
from shared.model import Seconds, Transition
from shared.notices import COLLECTION, Delivered, Later, Never, Notice, Outcome
from shared.ports import ABSENT, Conflict, Delete, Document, Permanent, Put, blameless
from shared.receivers import RECEIVERS
from shared.wiring import Services

if TYPE_CHECKING:
    from shared.http import Client

_SLOW: Final = ("email",)  # kinds whose servers may take a minute and more for one message
_CLAIMS: Final = 3  # tries at a claim before the message goes back to the broker


def handle(data: bytes, services: Services, config: Config, client: Client, clock: Callable[[], Seconds]) -> None:
    """Handle a message of topic alerts-changed. The clock goes on meanwhile: many notices take longer than the lease of one.

    Raises Permanent where the message is none of ours, Retryable where the store does not do what it should: delivered again, the
    message finds the notices that exist and goes on with the rest. A notice that cannot be written keeps no other one waiting.
    """
    changed = open_as(decode(data), AlertsChanged)
    with blameless():
        courier = _Courier(services, config, client, clock, Conditions(services.store, config), Waiting(services.store))
        for transition in sorted(changed.transitions, key=lambda one: (one.at, one.alert, one.number)):
            courier.announce(transition)
        for name in changed.due:
            with courier.apart():
                courier.try_again(name, changed.handled)
        if courier.unwritten:
            raise courier.unwritten[-1]


@dataclass(frozen=True)
class _Courier:
    """The handling of one message."""

    services: Services
    config: Config
    client: Client
    clock: Callable[[], Seconds]
    conditions: Conditions
    waiting: Waiting
    resting: dict[str, Later] = field(default_factory=dict)  # receivers and servers left alone for the rest of this message
    unwritten: list[Conflict | Permanent] = field(default_factory=list)  # what failed about single notices

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Around what is done about one notice: that it cannot be written is told when all the others have had their turn."""
        try:
            yield
        except (Conflict, Permanent) as error:
            self.unwritten.append(error)

    def announce(self, transition: Transition) -> None:
        """Tell everyone who is to know, or create what is to be told later, unless that has begun already; the slow last."""
        zone, now = routing.zone_of(transition, self.config), self.clock()
        before = () if transition.change in routing.ALARMS else told(transition, self.services.store)
        slow = {receiver.id for receiver in self.config.receivers if receiver.kind in _SLOW}
        for one in sorted(routing.route(transition, self.config, before, now), key=lambda one: one.receiver in slow):
            escalate_at = one.escalate_at if links.answerable(self.services.settings) else 0
            with self.apart():
                self._deliver(Notice(transition, one.receiver, zone, now, one.at, escalate_at=escalate_at))

    def try_again(self, name: str, handled: Collection[str]) -> None:
        """What is due about a notice: another officer, another try, or, where it has been kept long enough, its end."""
        path, now = f"{COLLECTION}/{name}", self.clock()
        [document] = self.services.store.read([path])
        if document is None or not _is_due(document, now):
            return
        notice = opened(name, document)
        if notice is None:  # named again in an hour, so that it does not crowd out others that are due
            self.services.store.commit([Put(path, document.data, now + notices.LONGEST_WAIT, document.revision)])
            return
        if moves.needless(notice, handled):  # as if it had never been: who was not told of the alarm hears of no all-clear
            self.services.store.commit([Delete(path)])
            return
        if moves.unanswered(notice, now):
            following = escalate(notice, document, self.services.store, self.config, handled, now)
            if following is not None:
                self._deliver(following)
        elif notice.state != "pending":
            self.services.store.commit([Delete(path)])
        if notice.state == "pending":
            self._deliver(self.waiting.gather(notice, handled, now))

    def _deliver(self, notice: Notice) -> None:
        """Claim, try once, record."""
        claimed = self._claim(notice)
        if claimed is None:
            return
        notice, revision = claimed
        outcome = self._try(notice)
        if not isinstance(outcome, Delivered) and moves.troubles(notice, outcome, self.clock()):
            self._tell_of(notice.receiver, outcome)
        self._record(notice, revision, outcome)

    def _record(self, notice: Notice, revision: str, outcome: Outcome) -> None:
        """Record what came of a try; where something was taken out of its digest meanwhile, for what is left of it."""
        tried = moves.settle(notice, outcome, self.clock())
        if tried.state != "delivered":
            log("WARNING", "notice not delivered", notice=notice.name, state=tried.state, reason=tried.reason)
        try:
            self.services.store.commit([_put(tried, revision)])
        except Conflict:
            [document] = self.services.store.read([f"{COLLECTION}/{notice.name}"])
            left = opened(notice.name, document) if document else None
            if document and left and left.state == "pending" and left.leased_until == notice.leased_until:
                self._record(left, document.revision, outcome)
            else:  # the lease was over, or a later change took this one over: the other writer's word stands
                log("NOTICE", "notice was taken over while it was tried", notice=notice.name)

    def _tell_of(self, receiver: str, outcome: Later | Never) -> None:
        """Tell whoever looks after the system that a receiver cannot be told, and leave it alone where it is gone."""
        if self.conditions.gone(receiver):
            return
        now = self.clock()
        self.announce(change_of(receiver, self.config, outcome.reason, now))
        if isinstance(outcome, Never) and outcome.gone:
            self.conditions.disable(next(one for one in self.config.receivers if one.id == receiver), outcome.reason, now)

    def _try(self, notice: Notice) -> Outcome:
        """Send, unless the receiver has just shown that it is down or wants a pause: many notices must not each wait for that."""
        receiver = next((one for one in self.config.receivers if one.id == notice.receiver), None)
        if receiver is None:
            return Later("penerima tidak ada lagi dalam konfigurasi", answered=False)  # or again, where that was a slip
        server = receiver.url if receiver.kind in _SLOW else receiver.id  # which several may share
        if resting := self.resting.get(receiver.id) or self.resting.get(server):
            return resting
        outcome = self._send(notice, receiver)
        if isinstance(outcome, Later) and (outcome.after or not outcome.answered):
            self.resting[receiver.id if outcome.answered else server] = outcome
        return outcome

    def _send(self, notice: Notice, receiver: ReceiverConfig) -> Outcome:
        if reason := self.conditions.gone(receiver.id):
            return Never(f"penerima dinonaktifkan: {reason}")
        return RECEIVERS[receiver.kind](notice, receiver, self.services.settings, self.client, self.clock())

    def _claim(self, notice: Notice) -> tuple[Notice, str] | None:
        """The notice with its lease and the revision to record at; None where there is nothing to try."""
        for _ in range(_CLAIMS):
            thread, now = thread_of(notice, self.services.store), self.clock()
            if thread is None or not (moved := moves.moves(notice, [one for one, _ in thread], now)):
                return None
            revisions = {one.name: document.revision for one, document in thread}
            try:
                revision = self.services.store.commit([_put(one, revisions.get(one.name, ABSENT)) for one in moved])[0]
            except Conflict:
                continue
            return (moved[0], revision) if moved[0].leased(now) else None
        raise Conflict(f"notice {notice.name} is contended")


def _is_due(document: Document, now: Seconds) -> bool:
    return document.due_at is not None and document.due_at <= now


def _put(notice: Notice, expect: str) -> Put:
    return Put(f"{COLLECTION}/{notice.name}", notices.pack(notice), due_at=notice.due_at, expect=expect)
