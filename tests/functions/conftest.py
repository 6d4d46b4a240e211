"""A function in this process, on the embedded back end, behind the check of tokens that the cloud has."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import functions_framework
import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from functions_framework import _function_registry
from werkzeug.test import TestResponse

from shared import entry, http, wiring
from shared.config.active import activate
from shared.demo import scenario
from shared.demo.drive import configuration
from shared.demo.web import NewsWeb
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.messages import Quarantined, decode, open_as
from shared.settings import Settings
from shared.wiring import Services
from tests.test_entry import envelope
from tests.test_identity import AUDIENCE, EMAIL, bearer

FUNCTIONS: Final = Path(__file__).parents[2] / "functions"
LINK_KEY: Final = "kunci-tautan-rekaan-untuk-uji-coba"


@dataclass
class House:
    """The world around a function, and the function's door."""

    bus: LocalBus
    store: LocalStore
    web: NewsWeb
    built: list[Services] = field(default_factory=list)  # what functions have opened
    light: list[bool] = field(default_factory=list)  # whether they asked for the clients that start fast
    clients: list[http.Client] = field(default_factory=list)

    def configure(self) -> None:
        """Let the scenario's configuration hold, with feeds and webhook on the news web."""
        activate(self.store, configuration(self.web.port), scenario.START)

    def open(self, stage: str) -> Door:
        """Load a function anew, as a fresh instance does."""
        app: Flask = functions_framework.create_app(stage, str(FUNCTIONS / stage / "main.py"))  # type: ignore[no-untyped-call]
        return Door(app.test_client())

    def queued(self, topic: str) -> list[bytes]:
        """What waits on a topic."""
        return self.bus.queued(topic)

    def kept_aside(self) -> list[Quarantined]:
        """What lies in quarantine."""
        return [open_as(decode(data), Quarantined) for data in self.queued("quarantine")]


class Door:
    """A function, called by Pub/Sub, Scheduler or people."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def push(self, data: bytes) -> int:
        """Deliver a message as Pub/Sub does; the status."""
        return self.call("/", pushed(data)).status_code

    def call(self, path: str = "/", body: bytes = b"") -> TestResponse:
        """POST with the one right token."""
        headers = {"Authorization": bearer(exp=int(time.time()) + 600)}
        return self._client.open(path, method="POST", data=body, headers=headers)

    def post(self, path: str = "/", body: bytes = b"", headers: Mapping[str, str] = {}) -> TestResponse:
        """POST without a token."""
        return self._client.open(path, method="POST", data=body, headers=dict(headers))

    def get(self, path: str = "/") -> TestResponse:
        """GET as a browser does."""
        return self._client.open(path, method="GET")


def pushed(data: bytes) -> bytes:
    """The body of a push that carries this data."""
    return msgspec.json.encode(envelope(data))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Store, bus and news web, and an environment that leads functions to them."""
    for name, value in {
        "BACKEND": "local",
        "KENTONGAN_DATA": str(tmp_path),
        "ALLOW_LOOPBACK": "1",
        "PUSH_AUDIENCE": AUDIENCE,
        "PUSH_EMAIL": EMAIL,
        "SECRET_DEMO": scenario.SECRET,
    }.items():
        monkeypatch.setenv(name, value)
    with NewsWeb(scenario.stories()) as web:
        it = House(LocalBus(str(tmp_path)), LocalStore(str(tmp_path)), web)
        _contain_the_framework(monkeypatch)
        _note_what_is_opened(it, monkeypatch)
        _forget()
        yield it
        _forget()
        for client in it.clients:
            client.close()
        for services in [*it.built, it]:
            services.bus.close()  # type: ignore[attr-defined]
            services.store.close()  # type: ignore[attr-defined]


def _contain_the_framework(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo afterwards what create_app leaves in this process: names, a module `main`, a folder on the path, a signature type."""
    monkeypatch.setattr(_function_registry, "REGISTRY_MAP", {})
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setitem(sys.modules, "main", sys)
    for name in ("FUNCTION_TARGET", "FUNCTION_SIGNATURE_TYPE"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setattr(logging.getLogger(), "handlers", [*logging.getLogger().handlers])


def _note_what_is_opened(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    connect, client_for = wiring.connect, http.client_for

    def connected(settings: Settings, light: bool) -> Services:
        house.built.append(connect(settings, light))
        house.light.append(light)
        return house.built[-1]

    def client(*args: object) -> http.Client:
        house.clients.append(client_for(*args))  # type: ignore[arg-type]
        return house.clients[-1]

    monkeypatch.setattr(entry, "connect", connected)
    monkeypatch.setattr(http, "client_for", client)


def _forget() -> None:
    """Let the next function read the environment anew."""
    entry.settings.cache_clear()
    entry._services.cache_clear()
