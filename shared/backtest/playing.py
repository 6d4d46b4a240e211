"""Runs past mentions through the real pipeline, their own times being its clock. Nobody is told, nothing outside is touched."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from shared.config.active import activate
from shared.config.schema import Agency, Config
from shared.local.bus import LocalBus
from shared.local.pipeline import Pipeline
from shared.local.store import LocalStore
from shared.messages import AlertsChanged, Collected, decode, encode, open_as
from shared.model import HOUR, Mention, Seconds, Transition
from shared.replay import steps
from shared.settings import read_settings
from shared.wiring import Services

TICK: Seconds = 6 * HOUR  # of event time: snapshots are for restarts, which a replay has none of


@dataclass
class Played:
    """What remains of a run."""

    store: LocalStore
    bus: LocalBus
    transitions: dict[str, Transition] = field(default_factory=dict)  # by id, in order


def only(config: Config, agency: Agency) -> Config:
    """The configuration with one agency, and nobody to tell or to ask."""
    return replace(config, agencies=(agency,), receivers=(), second_opinion_tokens=0)


def play(
    found: Sequence[Mention],
    config: Config,
    folder: str,
    ticked: Callable[[LocalStore, Seconds], None],
    tell: Callable[[Transition], None] = lambda transition: None,
) -> Played:
    """Run mentions in time order, at least one, in an empty folder; `config` is of `only`.

    `tell` gets each transition once; `ticked` the store and the time that the run has come to, at each tick.
    """
    played = Played(LocalStore(folder, durable=False), LocalBus(folder, durable=False))

    def watch(data: bytes, now: Seconds) -> None:
        for transition in open_as(decode(data), AlertsChanged).transitions:
            if transition.id not in played.transitions:
                played.transitions[transition.id] = transition
                tell(transition)

    services = Services(dataclasses.replace(read_settings({}), data=folder), played.bus, played.store)
    last = now = found[0].published_at
    activate(played.store, config, now)
    with Pipeline(services, played.bus, watch) as pipeline:
        for step in steps(found):
            now = step.now
            body = Collected(step.mentions, step.round, config.agencies)
            pipeline.publish("mentions-collected", encode(body, f"replay-{now}"), now)
            if now - last >= TICK:
                pipeline.tick(now)
                ticked(played.store, now)
                last = now
        pipeline.tick(now)
    ticked(played.store, now)
    return played
