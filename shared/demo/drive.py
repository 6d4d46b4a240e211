"""Drives the pipeline through the scenario: sets the clock, lets collect ask the feeds, lets time pass, tells what happens."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import mkdtemp

from shared.config.active import activate
from shared.config.reading import read_config
from shared.config.schema import Config
from shared.demo import scenario
from shared.demo.web import NewsWeb
from shared.local.bus import LocalBus
from shared.local.pipeline import TICK, Pipeline
from shared.local.store import LocalStore
from shared.model import HOUR, Seconds
from shared.settings import read_settings
from shared.wiring import Services

CALM_STEP: Seconds = HOUR
CLOSE_STEP: Seconds = TICK  # once the crisis has begun, as often as detect's tick


@dataclass
class Played:
    """What came of the scenario."""

    services: Services
    config: Config
    ended_at: Seconds
    seconds: float  # of wall time
    rounds: int = 0
    collected: int = 0
    received: list[bytes] = field(default_factory=list)  # bodies of the webhooks


def configuration(port: int) -> Config:
    """The scenario's configuration, with its feeds and its webhook on this port."""
    text = (Path(__file__).parent / "kentongan.yaml").read_text(encoding="utf-8")
    return read_config(text.replace("{PORT}", str(port)))


def play(folder: str | None, show: Callable[[Seconds, Played], None]) -> Played:
    """Run the whole scenario; `show` is called after every round."""
    folder = folder or mkdtemp(prefix="kentongan-")
    settings = replace(read_settings({"KENTONGAN_DATA": folder, "ALLOW_LOOPBACK": "1", "SECRET_DEMO": scenario.SECRET}))
    bus = LocalBus(folder)
    services = Services(settings, bus, LocalStore(folder))
    began = time.monotonic()
    with NewsWeb(scenario.stories()) as web:
        config = configuration(web.port)
        activate(services.store, config, scenario.START)
        pipeline, played = Pipeline(services, bus), Played(services, config, scenario.END, 0.0)
        for now in moments():
            web.now = now
            summary = pipeline.collect(now)
            pipeline.tick(now)
            played.rounds += 1
            played.collected += sum(checked.fresh for checked in summary.checked)
            played.received = [body for _, body in web.received]
            show(now, played)
    played.seconds = time.monotonic() - began
    return played


def moments() -> list[Seconds]:
    """When rounds happen: hourly in calm days, every quarter of an hour once the crisis has begun."""
    calm = list(range(scenario.START, scenario.CRISIS, CALM_STEP))
    return [*calm, *range(scenario.CRISIS, scenario.END + 1, CLOSE_STEP)]
