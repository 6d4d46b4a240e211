"""Plays the demonstration's scenario through the stack: winds the clock on, calls as Scheduler does, waits for what follows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, TypeVar

import msgspec

from shared.config.schema import Config
from shared.demo.web import NewsWeb
from shared.detect.storing.log import header_path, unpack_header
from shared.messages import AlertsChanged, Classified, Collected, decode, open_as
from shared.model import Round, Seconds
from shared.notices import COLLECTION, unpack
from shared.ports import Permanent
from shared.routing import route
from tests.cloud.function import FunctionFailed
from tests.cloud.stack import Stack

PATIENCE: Final = 60.0  # seconds for a round to come through
PAUSE: Final = 0.01  # between two looks
FOREVER: Final[Seconds] = 9_999_999_999
B = TypeVar("B", Collected, Classified, AlertsChanged)


class TooSlow(Exception):
    """What should have followed from a call has not; the message says what is missing."""


@dataclass
class Drive:
    """Drives the stack as `shared.demo.drive.Play` drives the embedded pipeline: each call returns once all is quiet again."""

    stack: Stack
    web: NewsWeb
    config: Config
    owed: dict[str, int] = field(default_factory=dict)  # batch that classify was given -> facts that have not come out yet
    judged: set[str] = field(default_factory=set)  # all batches that came out
    uncommitted: set[str] = field(default_factory=set)  # those of which detect has not said anything yet
    announced: set[str] = field(default_factory=set)  # ids of transitions that a receiver must hear of

    def collect(self, now: Seconds) -> Round:
        """One round, and everything that follows from it."""
        summary = self.begin_round(now)
        self.settle()
        return summary

    def tick(self, now: Seconds) -> None:
        """Let time pass for detect, and everything follow from that."""
        self.stack.set_clock(now)
        try:
            self.stack.call("detect", "tick")
        except FunctionFailed:  # a dead instance's last commit arrived after the state was loaded; Scheduler calls once more
            self.stack.call("detect", "tick")
        self.settle()

    def begin_round(self, now: Seconds) -> Round:
        """A round as far as collect goes; what follows from it is on its way."""
        self.web.now = now
        self.stack.set_clock(now)
        return msgspec.json.decode(self.stack.call("collect"), type=Round)

    def settle(self) -> None:
        """Wait until every fact is committed and everybody has been told."""
        deadline = time.monotonic() + PATIENCE
        while missing := self._missing():
            if time.monotonic() > deadline:
                raise TooSlow(f"after {PATIENCE:.0f} s still missing: {missing}")
            time.sleep(PAUSE)

    def await_commit(self, batch: str) -> None:
        """Let the next `settle` wait for this batch too, that is about to be published as mentions-classified."""
        self.judged.add(batch)
        self.uncommitted.add(batch)

    def told(self) -> set[str]:
        """Ids of the transitions that reached the webhook."""
        return told(self.web)

    def _missing(self) -> str:
        """What has not come through yet, in words; empty once all has."""
        self._watch()
        if owed := sum(self.owed.values()):
            return f"{owed} facts from classify"
        if self.uncommitted:
            self.uncommitted -= self._committed()
        if self.uncommitted:
            return f"detect's commit of {', '.join(sorted(self.uncommitted))}"
        if untold := self.announced - self.told():
            return f"webhooks of {', '.join(sorted(untold))}"
        kept = self.stack.store.due(COLLECTION, FOREVER, 50)
        pending = [name for name, document in kept if unpack(document.data).state == "pending"]
        return f"notices {', '.join(pending)}" if pending else ""

    def _watch(self) -> None:
        """Look at what the topics carried."""
        for batch, given in self._carried("mentions-collected", Collected):
            self.owed[batch] = len(given.mentions) + (given.round is not None)
        for batch, found in self._carried("mentions-classified", Classified) if self.owed else ():
            if batch not in self.judged:
                self.judged.add(batch)
                self.uncommitted.add(batch)
                self.owed[batch.partition(".")[0]] -= len(found.facts)
        for _, changed in self._carried("alerts-changed", AlertsChanged):
            for one in changed.transitions:
                if route(one, self.config, (), one.at):
                    self.announced.add(one.id)

    def _carried(self, topic: str, kind: type[B]) -> Iterator[tuple[str, B]]:
        """Batch and body of the messages that a topic has carried since the last look; garbage is for the stages to handle."""
        for data in self.stack.pubsub.pull(topic):
            with suppress(Permanent):
                message = decode(data)
                yield message.batch, open_as(message, kind)

    def _committed(self) -> frozenset[str]:
        """Batches that detect has committed lately."""
        [document] = self.stack.store.read([header_path("0")])
        return frozenset(unpack_header(document.data).recent if document else ())


class _Missed(msgspec.Struct):
    id: str


class _Data(msgspec.Struct):
    transition: str
    missed: tuple[_Missed, ...] = ()


class _Event(msgspec.Struct):
    data: _Data


def told(web: NewsWeb) -> set[str]:
    """Ids of the transitions that a webhook has heard of, alone or folded into a later one."""
    events = [msgspec.json.decode(body, type=_Event).data for _, body in web.received]
    return {id for event in events for id in (event.transition, *(missed.id for missed in event.missed))}
