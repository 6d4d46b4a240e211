"""Drives the pipeline through the scenario: sets the clock, lets collect ask the feeds, lets time pass, tells what happens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from shared.config.active import activate
from shared.config.reading import read_config
from shared.config.schema import Config
from shared.demo import scenario
from shared.demo.web import NewsWeb
from shared.local.bus import LocalBus
from shared.local.pipeline import Pipeline
from shared.local.store import LocalStore
from shared.model import HOUR, Round, Seconds
from shared.settings import read_settings
from shared.wiring import Services

CALM_STEP: Final[Seconds] = HOUR
CLOSE_STEP: Final[Seconds] = 900  # once the crisis has begun, as often as detect's tick in the cloud


class Stages(Protocol):
    """What a play drives: the embedded pipeline, or the functions themselves."""

    def collect(self, now: Seconds) -> Round:
        """One round, and everything that follows from it."""

    def tick(self, now: Seconds) -> None:
        """Let time pass."""


@dataclass
class Play:
    """The scenario on its way: what it runs on, and how far it has come."""

    services: Services
    config: Config
    web: NewsWeb
    pipeline: Stages
    now: Seconds = scenario.START  # the scenario's clock
    rounds: int = 0
    items: int = 0  # read from feeds so far, each once
    seconds: float = 0.0  # of wall time
    deliver: Callable[[Seconds], object] = lambda now: None  # hands out what was said; other brokers do it by themselves

    def run(self, show: Callable[[Play], None] = lambda play: None) -> None:
        """The whole scenario; `show` is called after every round."""
        began = time.monotonic()
        activate(self.services.store, self.config, scenario.START)
        for now in moments():
            self.now = self.web.now = now
            summary = self.pipeline.collect(now)
            self.pipeline.tick(now)
            self.rounds += 1
            self.items += sum(checked.fresh for checked in summary.checked)
            self.seconds = time.monotonic() - began
            show(self)


@contextmanager
def stage(folder: str, dashboard: str = "") -> Iterator[Play]:
    """Everything set up for a play: store and bus in this folder, the news web; `dashboard` is the address for links."""
    environment = {"KENTONGAN_DATA": folder, "ALLOW_LOOPBACK": "1", "SECRET_DEMO": scenario.SECRET, "BASE_URL": dashboard}
    settings = read_settings(environment)
    with closing(LocalBus(folder)) as bus, closing(LocalStore(folder)) as store, NewsWeb(scenario.stories()) as web:
        services = Services(settings, bus, store)
        with Pipeline(services, bus) as pipeline:
            yield Play(services, configuration(web.port), web, pipeline, deliver=pipeline.deliver)


def configuration(port: int) -> Config:
    """The scenario's configuration, with its feeds and its webhook on this port."""
    text = (Path(__file__).parent / "kentongan.yaml").read_text(encoding="utf-8")
    return read_config(text.replace("{PORT}", str(port)))


def moments() -> list[Seconds]:
    """When rounds happen: hourly in calm days, every quarter of an hour once the crisis has begun."""
    calm = range(scenario.START, scenario.CRISIS, CALM_STEP)
    return [*calm, *range(scenario.CRISIS, scenario.END + 1, CLOSE_STEP)]
