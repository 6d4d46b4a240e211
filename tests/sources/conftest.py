"""A website on loopback that plays the services, and connectors that ask it. Answers are in fixtures/, with invented content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from shared.config.schema import SourceConfig
from shared.http import Client
from shared.model import HOUR, Seconds
from shared.sources import SOURCES
from shared.sources.contract import Fetched, Question
from tests.sources.feeds import AT
from tests.website import Page, Website, website

NOW: Seconds = AT + HOUR
FIXTURES = Path(__file__).with_name("fixtures")


def fixture(name: str, **headers: str) -> Page:
    """A recorded answer."""
    return Page(200, (FIXTURES / name).read_bytes(), headers)


@dataclass
class Service:
    """Asks the site as a source of some kind would ask the real service."""

    client: Client
    site: Website

    def ask(self, kind: str, path: str = "", cursor: str = "", now: Seconds = NOW, **fields: object) -> Fetched:
        """One answer; the site's address stands in for the service's. `key` is the value of the source's secret."""
        key = str(fields.pop("key", "kunci"))
        usual = {
            "id": "x",
            "name": "X",
            "kind": kind,
            "url": self.site.url + path,
            "carries": SOURCES[kind].carries,
            "secret": "KUNCI",
        }
        source = msgspec.convert({**usual, **fields}, SourceConfig)
        return SOURCES[kind](self.client, Question(source, cursor, now, 5.0, key))

    def asked(self, number: int = -1) -> dict[str, str]:
        """The query of a request, its names with their first values."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.site.asked[number].path).query).items()}


@pytest.fixture(scope="session")
def shared_client() -> Iterator[Client]:
    with Client("Uji/1.0", allow_loopback=True) as client:
        yield client


@pytest.fixture
def service(shared_client: Client) -> Iterator[Service]:
    with website() as site:
        yield Service(shared_client, site)
