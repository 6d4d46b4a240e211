"""The common entry over real HTTP: what a push carries, who may call, and which status each outcome becomes."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from flask import Flask, request
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from shared import entry, wiring
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.messages import Quarantined, decode, open_as
from shared.ports import Permanent, Retryable
from shared.settings import Settings, read_settings
from shared.wiring import Services
from tests.browser import serving
from tests.receivers.samples import AT
from tests.test_identity import CLOUD, bearer

EMULATED = read_settings(
    {
        "BACKEND": "gcp",
        "GOOGLE_CLOUD_PROJECT": "demo",
        "PUBSUB_EMULATOR_HOST": "127.0.0.1:8782",
        "FIRESTORE_EMULATOR_HOST": "127.0.0.1:8781",
    }
)


class House:
    """A served function whose work the test chooses."""

    def __init__(self, folder: Path) -> None:
        self.bus = LocalBus(str(folder))
        self.store = LocalStore(str(folder))
        self.settings: Settings = EMULATED
        self.handled: list[bytes] = []
        self.error: Exception | None = None
        self.url = ""

    def work(self, data: bytes) -> None:
        self.handled.append(data)
        if self.error:
            raise self.error

    def act(self) -> dict[str, int]:
        self.work(b"")
        return {"mentions": 3}

    def push(self, body: Any, headers: dict[str, str] | None = None) -> int:  # noqa: ANN401 - JSON, also bad
        """Deliver as Pub/Sub does; the status."""
        return httpx.post(self.url + "/push", json=body, headers=headers, trust_env=False).status_code

    def kept_aside(self) -> list[Quarantined]:
        found: list[Quarantined] = []
        self.bus.deliver({"quarantine": lambda data: found.append(open_as(decode(data), Quarantined))})
        return found


def envelope(data: bytes) -> dict[str, object]:
    """What Pub/Sub pushes."""
    message = {"data": base64.b64encode(data).decode(), "messageId": "1", "message_id": "1", "attributes": {}}
    return {"message": message, "subscription": "projects/demo/subscriptions/notify", "deliveryAttempt": 1}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    it = House(tmp_path)
    app = Flask("house")

    @app.post("/push")
    def push() -> entry.Answer:
        return entry.push(request, Services(it.settings, it.bus, it.store), it.work, "notify", AT)

    @app.post("/tick")
    def tick() -> entry.Answer:
        return entry.scheduled(request, Services(it.settings, it.bus, it.store), it.act, AT)

    with serving(app) as it.url:
        yield it
    it.bus.close()
    it.store.close()


class TestPush:
    def test_done(self, house: House) -> None:
        assert house.push(envelope(b"\x00facts\xff")) == 204
        assert house.handled == [b"\x00facts\xff"]
        assert house.kept_aside() == []

    def test_an_empty_message_reaches_the_stage(self, house: House) -> None:
        assert house.push({"message": {"messageId": "1"}, "subscription": "s"}) == 204
        assert house.handled == [b""]

    def test_for_now_not(self, house: House) -> None:
        house.error = Retryable("store is down")
        assert house.push(envelope(b"facts")) == 503
        assert house.kept_aside() == []

    def test_never(self, house: House) -> None:
        house.error = Permanent("version 9")
        assert house.push(envelope(b"facts")) == 204
        assert house.kept_aside() == [Quarantined("notify", "version 9", AT, b"facts")]

    def test_a_bug_is_not_acknowledged(self, house: House) -> None:
        house.error = KeyError("bug")
        assert house.push(envelope(b"facts")) == 500
        assert house.kept_aside() == []

    @pytest.mark.parametrize(
        "body",
        [
            None,
            [],
            "facts",
            {},
            {"message": {}},
            {"message": {"data": "%%%"}, "subscription": "s"},
            {"message": 1, "subscription": "s"},
        ],
    )
    def test_no_envelope_is_kept_whole(self, house: House, body: object) -> None:
        assert house.push(body) == 204
        [kept] = house.kept_aside()
        assert kept.reason.startswith("no Pub/Sub envelope")
        assert kept.data == httpx.Request("POST", house.url, json=body).content
        assert house.handled == []

    @given(st.binary(max_size=200))
    @limits(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_any_bytes_are_kept_or_handled(self, house: House, body: bytes) -> None:
        assert httpx.post(house.url + "/push", content=body, trust_env=False).status_code == 204
        assert [kept.data for kept in house.kept_aside()] == [body]

    @pytest.mark.parametrize("error", [Retryable("bus is down"), Permanent("message is too large")])
    def test_what_cannot_be_kept_aside_is_not_acknowledged(self, house: House, error: Exception) -> None:
        def fails(topic: str, messages: Sequence[bytes]) -> None:
            raise error

        house.bus.publish = fails  # type: ignore[method-assign]
        house.error = Permanent("version 9")
        assert house.push(envelope(b"facts")) == 503
        assert house.push({}) == 503

    def test_the_same_message_is_kept_under_the_same_id(self, house: House) -> None:
        house.error = Permanent("version 9")
        batches: list[str] = []
        for _ in range(2):
            house.push(envelope(b"facts"))
        house.bus.deliver({"quarantine": lambda data: batches.append(decode(data).batch)})
        assert len(batches) == 2
        assert len(set(batches)) == 1


class TestScheduled:
    def test_tells_what_happened(self, house: House) -> None:
        answer = httpx.post(house.url + "/tick", trust_env=False)
        assert (answer.status_code, answer.json()) == (200, {"mentions": 3})

    @pytest.mark.parametrize(("error", "status"), [(Retryable("store is down"), 503), (Permanent("no configuration"), 500)])
    def test_failures(self, house: House, error: Exception, status: int) -> None:
        house.error = error
        assert httpx.post(house.url + "/tick", trust_env=False).status_code == status


class TestCallers:
    @pytest.mark.parametrize("path", ["/push", "/tick"])
    @pytest.mark.parametrize(
        "headers", [{}, {"Authorization": "Bearer a.b.c"}, {"Authorization": bearer(email="orang@lain.example")}]
    )
    def test_others_are_refused_before_anything_is_read(self, house: House, path: str, headers: dict[str, str]) -> None:
        house.settings = CLOUD
        answer = httpx.post(house.url + path, json={}, headers=headers, trust_env=False)
        assert (answer.status_code, answer.text) == (403, "")
        assert house.handled == []
        assert house.kept_aside() == []

    def test_the_right_one_is_let_in(self, house: House) -> None:
        house.settings = CLOUD
        assert house.push(envelope(b"facts"), {"Authorization": bearer()}) == 204


class TestServices:
    @pytest.fixture(autouse=True)
    def _fresh(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
        monkeypatch.setenv("BACKEND", "local")
        monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path))
        self._forget()
        yield
        services = entry.services()
        assert isinstance(services.bus, LocalBus)
        assert isinstance(services.store, LocalStore)
        services.bus.close()
        services.store.close()
        self._forget()

    def _forget(self) -> None:
        entry.settings.cache_clear()
        entry._services.cache_clear()

    def test_are_built_once_however_many_ask_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        built: list[Services] = []

        def connect(settings: Settings, light: bool) -> Services:
            built.append(wiring.connect(settings, light))
            return built[-1]

        monkeypatch.setattr("shared.entry.connect", connect)
        with ThreadPoolExecutor(8) as pool:
            got = list(pool.map(lambda _: entry.services(), range(32)))
        assert len(built) == 1
        assert all(one is built[0] for one in got)


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = {
        "google.auth",
        "google.cloud.firestore",
        "grpc",
        "yaml",
        "jinja2",
        "flask",
        "httpx",
        "httpcore",
        "sqlite3",
        "numpy",
        "lxml",
    }
    code = f"import sys, shared.entry, shared.desk, shared.links; print(sorted({heavy!r} & set(sys.modules)))"
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}  # that loads sqlite3 itself
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=plain)
    assert done.stdout.strip() == "[]"
