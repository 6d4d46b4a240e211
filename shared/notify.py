"""The notify stage: who is told about a change, once, and again until it arrives.

Order of work, so that nothing is lost: create the notice with a lease, try once, record. A crash after the first step leaves a
notice that becomes due when its lease ends; detect's tick publishes the names of those. Whoever writes first by compare-and-set
holds the lease, so two instances do not send the same notice. A receiver that cannot be reached never fails the message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from shared import notices
from shared.config.schema import Config, ReceiverConfig
from shared.logs import log
from shared.messages import AlertsChanged, decode, open_as
from shared.model import Level, Seconds, Transition
from shared.notices import COLLECTION, Notice, Outcome
from shared.ports import ABSENT, Conflict, Delete, Document, Put
from shared.receivers import RECEIVERS
from shared.wiring import Services

if TYPE_CHECKING:
    from shared.http import Client

Reason = Literal["alarm", "all_clear", "health"]

_CLAIMS: Final = 3  # tries at a claim before the message goes back to the broker
_THREADS: Final = 500  # notices read about one alert


def wants(receiver: ReceiverConfig, transition: Transition) -> Reason | None:
    """Why this receiver is told about this transition; None where it is not."""
    if transition.kind == "collector":
        return "health" if receiver.health else None
    if transition.silenced and transition.to_level < Level.AWAS:
        return None
    if receiver.agencies and transition.agency not in receiver.agencies:
        return None
    least = Level[receiver.least.upper()]
    if transition.kind == "watchword":  # outside the levels: told to whoever is told of siaga
        return "alarm" if least <= Level.SIAGA else None
    if transition.change in ("lowered", "resolved"):
        return "all_clear" if transition.from_level >= least else None
    return "alarm" if transition.to_level >= least else None


def handle(data: bytes, services: Services, config: Config, client: Client, now: Seconds) -> None:
    """Handle a message of topic alerts-changed.

    Raises Permanent where the message is none of ours, Retryable where the store does not answer: delivered again, the message
    finds the notices that exist and goes on with the rest.
    """
    changed = open_as(decode(data), AlertsChanged)
    courier = _Courier(services, config, client, now)
    for transition in sorted(changed.transitions, key=lambda one: (one.at, one.alert, one.number)):
        courier.announce(transition)
    for name in changed.due:
        courier.try_again(name)


@dataclass(frozen=True)
class _Courier:
    """The handling of one message."""

    services: Services
    config: Config
    client: Client
    now: Seconds
    resting: dict[str, notices.Later] = field(default_factory=dict)  # receivers left alone for the rest of this message

    def announce(self, transition: Transition) -> None:
        """Tell everyone who wants to know, unless that has begun already."""
        zones = {agency.id: agency.zone for agency in self.config.agencies}
        zone = zones.get(transition.agency) or self.config.zone
        for receiver in self.config.receivers:
            if wants(receiver, transition):
                self._deliver(Notice(transition, receiver.id, zone, created_at=self.now, due_at=None))

    def try_again(self, name: str) -> None:
        """Try a notice again that was published as due; throw it away where it is at rest and has been kept long enough."""
        [document] = self.services.store.read([f"{COLLECTION}/{name}"])
        if document is None or not _is_due(document, self.now):
            return
        notice = notices.unpack(document.data)
        if notice.state == "pending":
            self._deliver(notice)
        else:
            self.services.store.commit([Delete(f"{COLLECTION}/{name}")])

    def _deliver(self, notice: Notice) -> None:
        """Claim, try once, record."""
        claimed = self._claim(notice)
        if claimed is None:
            return
        notice, revision = claimed
        tried = notices.settle(notice, self._try(notice), self.now)
        if tried.state != "delivered":
            log("WARNING", "notice not delivered", notice=notice.name, state=tried.state, reason=tried.reason)
        try:
            self.services.store.commit([_put(tried, revision)])
        except Conflict:  # the lease was over, or a later change took this one over: the other writer's word stands
            log("NOTICE", "notice was taken over while it was tried", notice=notice.name)

    def _try(self, notice: Notice) -> Outcome:
        """Send, unless the receiver has just shown that it is down or wants a pause: many notices must not each wait for that."""
        if resting := self.resting.get(notice.receiver):
            return resting
        outcome = self._send(notice)
        if isinstance(outcome, notices.Later) and (outcome.after or not outcome.answered):
            self.resting[notice.receiver] = outcome
        return outcome

    def _send(self, notice: Notice) -> Outcome:
        receivers = {receiver.id: receiver for receiver in self.config.receivers}
        receiver = receivers.get(notice.receiver)
        if receiver is None:
            return notices.Never("penerima tidak ada lagi dalam konfigurasi")
        return RECEIVERS[receiver.kind](notice, receiver, self.services.settings, self.client, self.now)

    def _claim(self, notice: Notice) -> tuple[Notice, str] | None:
        """The notice with its lease and the revision to record at; None where there is nothing to try."""
        for _ in range(_CLAIMS):
            thread = self._thread(notice)
            before = thread.get(notice.name)
            if before is not None and (before[0].state != "pending" or not _is_due(before[1], self.now)):
                return None
            others = {name: pair for name, pair in thread.items() if name != notice.name}
            claimed = notices.claim(before[0] if before else notice, [other for other, _ in others.values()], self.now)
            writes = [_put(claimed, before[1].revision if before else ABSENT)]
            if claimed.state == "pending":
                writes += self._folds(claimed, others)
            try:
                revision = self.services.store.commit(writes)[0]
            except Conflict:
                continue
            return (claimed, revision) if claimed.state == "pending" else None
        raise Conflict(f"notice {notice.name} is contended")

    def _folds(self, into: Notice, others: Mapping[str, tuple[Notice, Document]]) -> list[Put]:
        pending = [(other, document) for other, document in others.values() if other.state == "pending"]
        return [_put(notices.fold(other, into, self.now), document.revision) for other, document in pending]

    def _thread(self, notice: Notice) -> dict[str, tuple[Notice, Document]]:
        """Notices of the same alert to the same receiver, by name, in order."""
        start, end = notices.span(notice.transition.alert, notice.transition.number)
        found = self.services.store.scan(COLLECTION, start, end, _THREADS)
        opened = ((name, notices.unpack(document.data), document) for name, document in found)
        return {
            name: (other, document)
            for name, other, document in opened
            if other.receiver == notice.receiver and other.transition.alert == notice.transition.alert
        }


def _is_due(document: Document, now: Seconds) -> bool:
    return document.due_at is not None and document.due_at <= now


def _put(notice: Notice, expect: str) -> Put:
    return Put(f"{COLLECTION}/{notice.name}", notices.pack(notice), due_at=notice.due_at, expect=expect)
