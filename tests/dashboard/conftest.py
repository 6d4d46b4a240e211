"""The dashboard on the embedded store, filled with a bad day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

from shared.config.active import activate
from shared.dashboard import create_app
from shared.local.store import LocalStore
from shared.model import DAY
from shared.settings import read_settings
from shared.wiring import Services
from tests.browser import chromium
from tests.dashboard import samples
from tests.detect.facts import CONFIG

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES = {"phone": (360, 740), "desk": (1366, 768)}


@pytest.fixture
def filled(store: LocalStore) -> LocalStore:
    """A store with every view, and a configuration."""
    samples.fill(store)
    activate(store, CONFIG, samples.NOW - DAY)
    store.used.reads = 0
    return store


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = samples.NOW

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Stands at the time of the samples."""
    return Clock()


class SilentBus:
    """A bus that nobody may use."""

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        """Fail."""
        raise AssertionError(f"the dashboard published to {topic}")


MakeClient = Callable[..., FlaskClient]


@pytest.fixture
def make_client(store: LocalStore, clock: Clock) -> MakeClient:
    """A client of the dashboard; environment variables and cache seconds are arguments."""

    def make(cache_seconds: int = 60, **environ: str) -> FlaskClient:
        services = Services(read_settings(environ), SilentBus(), store)
        return create_app(services, clock, cache_seconds).test_client()

    return make


@pytest.fixture
def client(make_client: MakeClient, filled: LocalStore) -> FlaskClient:
    """A client over the filled store."""
    return make_client()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as running:
        yield running


@pytest.fixture(params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser that runs no JavaScript, once a size."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False)
    yield context.new_page()
    context.close()
