"""The notify stage: who is told about a change, once, and again until it arrives.

Order of work, so that nothing is lost: create the notice with a lease, try once, record. A crash after the first step leaves a
notice that becomes due when its lease ends; detect's tick publishes the names of those. Whoever writes first by compare-and-set
holds the lease, so two instances do not send the same notice. A receiver that cannot be reached never fails the message.

Who is told, and when, is decided in `routing`; a notice whose time has not come is created, and waits.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
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
        courier.finish()
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
    resting: dict[str, Later] = field(default_factory=dict)  # receivers, servers and accounts left alone in this message
    unwritten: list[Conflict | Permanent] = field(default_factory=list)  # what failed about single notices
    slow: list[Notice] = field(default_factory=list)  # whose servers may take long: they have their turn after all others

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Around what is done about one notice: that it cannot be written is told when all the others have had their turn."""
        try:
            yield
        except (Conflict, Permanent) as error:
            self.unwritten.append(error)

    def announce(self, transition: Transition) -> None:
        """Tell everyone who is to know, or create what is to be told later, unless that has begun already."""
        for notice in self._notices(transition):
            with self.apart():
                self._deliver(notice)

    def _notices(self, transition: Transition) -> list[Notice]:
        """One for everyone who is to know; some may be on record already."""
        zone, now, before = self.config.zone_of(transition.agency), self.clock(), set[str]()
        answerable = links.answerable(self.services.settings)
        if transition.change not in routing.ALARMS:
            before = told(transition, self.services.store)
            before |= {one.receiver for one in self.slow if one.transition.alert == transition.alert}
        return [
            Notice(transition, one.receiver, zone, now, one.at, escalate_at=one.escalate_at if answerable else 0)
            for one in routing.route(transition, self.config, before, now)
        ]

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

    def finish(self) -> None:
        """Deliver what the slow were to have, and what is to be told of them, to the slow too."""
        while self.slow:
            with self.apart():
                self._deliver_now(self.slow.pop(0))

    def _deliver(self, notice: Notice) -> None:
        """Claim, try once, record; or, where that may take long, note it for the end."""
        receiver = self._receiver(notice)
        if receiver is not None and receiver.kind in _SLOW:
            self.slow.append(notice)
        else:
            self._deliver_now(notice)

    def _receiver(self, notice: Notice) -> ReceiverConfig | None:
        """Whom it is for; None where that one is no longer in the configuration."""
        return next((one for one in self.config.receivers if one.id == notice.receiver), None)

    def _deliver_now(self, notice: Notice) -> None:
        claimed = self._claim(notice)
        if claimed is None:
            return
        notice, revision = claimed
        receiver = self._receiver(notice)
        outcome = self._try(notice, receiver)
        about: list[Notice] = []
        if receiver is not None and not isinstance(outcome, Delivered) and moves.troubles(notice, outcome, self.clock()):
            about = self._trouble(receiver, outcome)
        self._record(notice, revision, outcome)
        for one in about:
            with self.apart():
                self._deliver(one)

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

    def _trouble(self, receiver: ReceiverConfig, outcome: Later | Never) -> list[Notice]:
        """Put on record that a receiver cannot be told: notices to whoever looks after the system, to be sent once what they are
        about is recorded, for that has a lease; and, where it is gone, that it is left alone.
        """
        if self.conditions.gone(receiver.id):
            return []
        now, about = self.clock(), list[Notice]()
        for one in self._notices(change_of(receiver, outcome.reason, now)):
            with self.apart(), suppress(Conflict):  # told already
                self.services.store.commit([_put(one, ABSENT)])
                about.append(one)
        if isinstance(outcome, Never) and outcome.gone:
            self.conditions.disable(receiver, outcome.reason, now)
        return about

    def _try(self, notice: Notice, receiver: ReceiverConfig | None) -> Outcome:
        """Send, unless the receiver has just shown that it is down or wants a pause: many notices must not each wait for that."""
        if receiver is None:
            return Later("penerima tidak ada lagi dalam konfigurasi", answered=False)  # or again, where that was a slip
        server, account = receiver.id, receiver.id
        if receiver.kind in _SLOW:  # which several may share
            server, account = receiver.url, f"{receiver.url} {receiver.account or receiver.sender}"
        if resting := self.resting.get(server) or self.resting.get(account) or self.conditions.paused(account, self.clock()):
            return resting
        outcome = self._send(notice, receiver)
        if isinstance(outcome, Later) and not outcome.answered:
            self.resting[server] = outcome
        elif isinstance(outcome, Later) and outcome.after:
            self.resting[account] = outcome
            if receiver.kind in _SLOW:  # a refused login: in later messages, too
                self.conditions.pause(account, outcome, self.clock())
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
