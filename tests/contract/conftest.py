"""Every Store and every Bus, as parameters: the embedded ones, the official clients, and their REST twins."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from shared.gcp.bus import PubSubBus
from shared.gcp.rest import RestBus, RestStore
from shared.gcp.store import FirestoreStore
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.ports import Bus, Store
from shared.settings import Settings, read_settings
from tests.emulators import Emulators, emulators, free_port

__all__ = ["emulators"]

ON_EMULATOR = pytest.mark.emulator


@pytest.fixture
def cloud(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that lead to the emulators."""
    running: Emulators = request.getfixturevalue("emulators")
    return _entered(running.environ, monkeypatch)


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that lead to a port on which nobody listens."""
    host = f"127.0.0.1:{free_port()}"
    return _entered(Emulators(host, host).environ, monkeypatch)


def _entered(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in environ.items():  # the official clients read the environment themselves
        monkeypatch.setenv(name, value)
    return read_settings(environ)


@pytest.fixture(params=["local", pytest.param("grpc", marks=ON_EMULATOR), pytest.param("rest", marks=ON_EMULATOR)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each implementation."""
    if request.param == "local":
        with closing(LocalStore(str(tmp_path))) as local:
            yield local
        return
    settings: Settings = request.getfixturevalue("cloud")
    running: Emulators = request.getfixturevalue("emulators")
    running.clear()
    with closing(FirestoreStore(settings) if request.param == "grpc" else RestStore(settings)) as remote:
        yield remote


@dataclass(frozen=True)
class Line:
    """A bus with a way to see what arrived on its one topic."""

    bus: Bus
    topic: str
    receive: Callable[[int], list[bytes]]  # waits for so many messages; all that are there, acknowledged


@pytest.fixture(params=["local", pytest.param("grpc", marks=ON_EMULATOR), pytest.param("rest", marks=ON_EMULATOR)])
def line(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Line]:
    """A bus of each implementation, with an empty topic."""
    topic = f"topic-{uuid4()}"
    if request.param == "local":
        with closing(LocalBus(str(tmp_path))) as local:
            yield Line(local, topic, lambda _: _delivered(local, topic))
        return
    settings: Settings = request.getfixturevalue("cloud")
    running: Emulators = request.getfixturevalue("emulators")
    subscription = running.create_topic(topic)
    with closing(PubSubBus(settings) if request.param == "grpc" else RestBus(settings)) as remote:
        yield Line(remote, topic, lambda count: pulled(subscription, count))


def _delivered(bus: LocalBus, topic: str) -> list[bytes]:
    arrived: list[bytes] = []
    bus.deliver({topic: arrived.append})
    return arrived


def pulled(subscription: str, count: int) -> list[bytes]:
    """Pull until `count` messages came, then once more for what should not be there: an empty pull would wait for long."""
    arrived: list[bytes] = []
    while True:
        complete = len(arrived) >= count
        got = post(f"{subscription}:pull", {"maxMessages": 1000, "returnImmediately": complete}).get("receivedMessages", [])
        arrived += [base64.b64decode(one["message"]["data"]) for one in got]
        if got:
            post(f"{subscription}:acknowledge", {"ackIds": [one["ackId"] for one in got]})
        if complete:
            return arrived


def post(url: str, body: dict[str, object]) -> dict[str, list[dict[str, dict[str, str]]]]:
    """What the emulator of Pub/Sub answers."""
    answer = httpx.post(url, json=body, timeout=30, trust_env=False).raise_for_status()
    found: dict[str, list[dict[str, dict[str, str]]]] = answer.json()
    return found
