"""The guard and notify together: real notices over HTTP, then the pause; the receiver's own schema and signature hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from shared.guard.budget import handle
from shared.model import HOUR, Seconds
from shared.ports import Retryable
from shared.wiring import Services
from tests.guard.test_budget import said
from tests.notify.deployment import NOW, Deployment
from tests.receivers.sink import sink


@pytest.fixture
def deployed(tmp_path: Path) -> Iterator[Deployment]:
    with sink() as hook:
        it = Deployment(tmp_path, hook)
        [officer] = it.config.receivers  # without `health`, for AWAS alone, and asleep all day
        it.config = replace(it.config, receivers=(replace(officer, least="awas", quiet="00.00-23.59"),))
        yield it
        it.client.close()
        it.kept.close()
        it.bus.close()


def hear(deployed: Deployment, paused: list[Seconds]) -> None:
    services = Services(deployed.settings, deployed.bus, deployed.store)
    handle(said(50_000), services, deployed.config, lambda: paused.append(deployed.now), deployed.now)


def test_everybody_hears_of_it_at_once_and_then_the_jobs_are_paused(deployed: Deployment) -> None:
    paused: list[Seconds] = []
    with pytest.raises(Retryable):
        hear(deployed, paused)
    for _ in range(2):  # Pub/Sub delivers twice
        for message in deployed.bus.queued("alerts-changed"):
            deployed.take(message)
    [event] = deployed.hook.events
    assert deployed.hook.faults == []
    assert (event["data"]["kind"], event["data"]["to_level"]) == ("collector", "awas")
    assert event["data"]["reasons"][0].startswith("Kentongan berhenti memantau sejak")
    assert paused == []
    deployed.now += 60
    for _ in range(3):  # billing repeats itself
        hear(deployed, paused)
        deployed.now += HOUR
    assert paused == [NOW + 60]
    assert len(deployed.hook.events) == 1


def test_a_receiver_that_is_down_delays_the_pause_and_gets_its_notice_meanwhile(deployed: Deployment) -> None:
    paused: list[Seconds] = []
    deployed.hook.answers = [503]
    with pytest.raises(Retryable):
        hear(deployed, paused)
    for message in deployed.bus.queued("alerts-changed"):
        deployed.take(message)
    deployed.now += 120
    with pytest.raises(Retryable):
        hear(deployed, paused)
    deployed.tick()  # detect's, which still runs
    hear(deployed, paused)
    assert (len(paused), len(deployed.hook.events)) == (1, 1)
