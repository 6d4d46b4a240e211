"""The dashboard on the embedded store, filled with a bad day."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from flask.testing import FlaskClient

from shared.dashboard import create_app
from shared.local.store import LocalStore
from shared.settings import read_settings
from shared.wiring import Services
from tests.dashboard import samples


@pytest.fixture
def filled(store: LocalStore) -> LocalStore:
    """A store with every view."""
    samples.fill(store)
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
