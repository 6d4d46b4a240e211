"""The whole pipeline in one process: every stage on its topic of the local bus, as the functions are in the cloud."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shared import classify, collect, detect, notify
from shared.config.active import Active, require_active
from shared.detect.writer import Writer
from shared.http import Client, client_for
from shared.local.bus import LocalBus
from shared.messages import CONSUMERS
from shared.model import Round, Seconds
from shared.ports import Classifier
from shared.tone import load
from shared.wiring import Services, second_opinions


class Pipeline:
    """Stages that share one store and one durable bus; a context manager, for the connections that it keeps.

    What a killed process left on the bus is delivered by the next one.
    """

    def __init__(
        self,
        services: Services,
        bus: LocalBus,
        tell: Callable[[bytes, Seconds], None] | None = None,
        tone: Classifier | None = None,
    ) -> None:
        """`tell` takes notify's place, for whoever wants to watch changes instead of sending them; `tone` the shipped model's."""
        self.services, self.bus = services, bus
        self._tone = tone or load()
        self._opinions = second_opinions(services.settings)
        self._tell = tell or self._notify
        self._writer = Writer(services.store, services.bus, tally=services.tally)
        self._client: Client | None = None
        self._contact = ""  # that the client tells to sources

    def __enter__(self) -> Pipeline:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        if self._client is not None:
            self._client.close()

    def collect(self, now: Seconds) -> Round:
        """One round of collect, and everything that follows from it."""
        active = require_active(self.services.store)
        summary = collect.run(self.services, active.config, now, client=self._client_for(active))
        self.deliver(now)
        return summary

    def publish(self, topic: str, data: bytes, now: Seconds) -> None:
        """Put a message on the bus, and do everything that follows from it."""
        self.services.bus.publish(topic, [data])
        self.deliver(now)

    def deliver(self, now: Seconds) -> int:
        """Hand out all messages until the bus is empty; how many."""
        return self.bus.deliver(self._handlers(now), now=now)

    def tick(self, now: Seconds) -> None:
        """Let time pass for detect."""
        detect.tick(self._writer, now)
        self.deliver(now)

    def _client_for(self, active: Active) -> Client:
        if self._client is None or self._contact != active.config.contact:
            self.close()
            self._client, self._contact = client_for(active.config, self.services.settings), active.config.contact
        return self._client

    def _notify(self, data: bytes, now: Seconds) -> None:
        active = require_active(self.services.store)
        notify.handle(data, self.services, active.config, self._client_for(active), lambda: now)

    def _handlers(self, now: Seconds) -> Mapping[str, Callable[[bytes], None]]:
        stages: Mapping[str, Callable[[bytes], None]] = {
            "classify": lambda data: classify.handle(data, self.services.bus, self._tone, self._opinions, now),
            "detect": lambda data: detect.handle(data, self._writer, now),
            "notify": lambda data: self._tell(data, now),
        }
        return {topic: stages[stage] for topic, stage in CONSUMERS.items()}
