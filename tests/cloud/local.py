"""The same scenario on the embedded back end, in this process: what the stack is compared with."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from shared.config.active import activate
from shared.config.schema import Config
from shared.demo import scenario
from shared.demo.web import NewsWeb
from shared.local.bus import LocalBus
from shared.local.pipeline import Pipeline
from shared.local.store import LocalStore
from shared.model import Seconds
from shared.settings import read_settings
from shared.wiring import Services
from tests.cloud.drive import told
from tests.cloud.outcome import Outcome, outcome


def play_locally(folder: Path, web: NewsWeb, config: Config, begin: Seconds, moments: Iterable[Seconds]) -> Outcome:
    """A round and a tick at each moment, and what came of them; `web` keeps the webhooks."""
    settings = read_settings({"KENTONGAN_DATA": str(folder), "ALLOW_LOOPBACK": "1", "SECRET_DEMO": scenario.SECRET})
    with closing(LocalBus(settings.data)) as bus, closing(LocalStore(settings.data)) as store:
        activate(store, config, begin)
        with Pipeline(Services(settings, bus, store), bus) as pipeline:
            for now in moments:
                web.now = now
                pipeline.collect(now)
                pipeline.tick(now)
        return outcome(store, told(web))
