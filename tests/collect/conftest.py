"""A collector with a real store on a real folder, a real website, and a bus that keeps what was published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from shared.collect import run
from shared.config.schema import Agency, Config, SourceConfig
from shared.http import Client
from shared.local.store import LocalStore
from shared.messages import Collected, decode, open_as
from shared.model import Mention, Round, Seconds
from shared.settings import read_settings
from shared.wiring import Services
from tests.sources.feeds import AT
from tests.website import Website, website

NOW: Seconds = AT + 3600
SAGARA = Agency(id="33.99", name="Kabupaten Sagara", aliases=("Sagara",), exclude=("Persisa Sagara",))


class Kept:
    """A Bus; raises what `fails` holds instead of accepting."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, bytes]] = []
        self.fails: Exception | None = None

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        if self.fails:
            raise self.fails
        self.messages += [(topic, message) for message in messages]


@dataclass
class Collector:
    """Runs rounds against the site."""

    services: Services
    bus: Kept
    site: Website
    client: Client
    config: Config = field(default_factory=lambda: Config(agencies=(SAGARA,)))

    def watch(self, *paths: str, **fields: object) -> None:
        """Configure one source a path, its id the path without the slash."""
        sources = [{"id": path.strip("/"), "name": f"Kabar {path[1:]}", "url": self.site.url + path, **fields} for path in paths]
        self.config = msgspec.structs.replace(self.config, sources=tuple(msgspec.convert(sources, list[SourceConfig])))

    def round(self, now: Seconds = NOW, elapsed: Callable[[], float] = lambda: 0.0) -> Round:
        """One round."""
        return run(self.services, self.config, now, elapsed, self.client)

    def published(self) -> list[Collected]:
        """The bodies of all messages so far."""
        return [open_as(decode(message), Collected) for _, message in self.bus.messages]

    def mentions(self) -> list[Mention]:
        """All mentions published so far."""
        return [mention for body in self.published() for mention in body.mentions]


@pytest.fixture(scope="session")
def client() -> Iterator[Client]:
    with Client("Uji/1.0", allow_loopback=True) as client:
        yield client


@pytest.fixture
def collector(tmp_path: Path, client: Client) -> Iterator[Collector]:
    store, bus = LocalStore(str(tmp_path)), Kept()
    settings = read_settings({"KENTONGAN_DATA": str(tmp_path), "ALLOW_LOOPBACK": "1"})
    with website() as site:
        yield Collector(Services(settings, bus, store), bus, site, client)
    store.close()
