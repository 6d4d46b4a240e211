"""The system as in the cloud comes to the same outcome as the embedded one, whatever happens to it meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape

import httpx
import msgspec
import pytest

from shared.dashboard import create_app
from shared.demo import scenario
from shared.demo.summary import genuine
from shared.detect.storing.log import header_path, unpack_header
from shared.gcp.rest import RestStore
from shared.messages import Quarantined, decode, open_as
from shared.model import Level
from shared.ports import Document
from shared.settings import read_settings
from shared.views import AlertLine, AlertsView, Overview
from shared.wiring import Services
from tests.cloud.conftest import GARBAGE, KILLED, TOMORROWS, Lived
from tests.cloud.outcome import Outcome
from tests.cloud.pubsub import ATTEMPTS, DEAD_LETTERS
from tests.cloud.stack import Stack
from tests.dashboard.conftest import SilentBus

pytestmark = pytest.mark.emulator


class CountingStore(RestStore):
    """Counts the documents that are read."""

    reads = 0

    def read(self, paths: Sequence[str]) -> list[Document | None]:
        self.reads += len(paths)
        return super().read(paths)

    def scan(self, collection: str, start: str, end: str, limit: int) -> list[tuple[str, Document]]:
        raise AssertionError(f"a page scans {collection}")


def test_the_same_outcome_as_on_the_embedded_back_end(lived: Lived, undisturbed: Outcome) -> None:
    assert lived.outcome.differences(undisturbed) == []
    assert max(level for _, _, level in undisturbed.alerts.values()) > Level.NORMAL
    assert lived.outcome.told == frozenset(undisturbed.transitions)
    assert undisturbed.told


def test_detect_came_back_to_its_log_after_every_power_cut(stack: Stack, lived: Lived) -> None:
    [header] = stack.store.read([header_path("0")])
    assert header is not None
    assert unpack_header(header.data).epoch >= 1 + len(KILLED)


def test_every_webhook_is_signed_with_the_secret(lived: Lived) -> None:
    for headers, body in lived.drive.web.received:
        assert genuine(headers, body)
        assert headers["webhook-id"] == msgspec.json.decode(body)["data"]["transition"]


@pytest.mark.parametrize(
    ("data", "stage", "reason"),
    [
        (GARBAGE, "classify", "message is not compressed as ours are"),
        (TOMORROWS, "detect", "message has version 2, this program knows 1"),
    ],
)
def test_a_bad_message_is_kept_aside_with_its_reason(
    quarantined: list[Quarantined], data: bytes, stage: str, reason: str
) -> None:
    [kept] = [kept for kept in quarantined if kept.data == data]
    assert kept.stage == stage
    assert kept.reason.startswith(reason)


def test_nothing_else_is_kept_aside(quarantined: list[Quarantined]) -> None:
    assert {kept.data for kept in quarantined} == {GARBAGE, TOMORROWS}


@pytest.fixture(scope="module")
def quarantined(stack: Stack, lived: Lived) -> list[Quarantined]:
    """What was kept aside."""
    return [open_as(decode(data), Quarantined) for data in stack.pubsub.receive("quarantine", 2)]


class TestDashboard:
    def test_pages_and_api_need_few_reads(self, stack: Stack, lived: Lived) -> None:
        settings = read_settings(stack.emulators.environ)
        store = CountingStore(settings)
        client = create_app(
            Services(settings, SilentBus(), store), lambda: int(stack.clock.read_text()), cache_seconds=0
        ).test_client()
        [issue] = {issue for one in self._alerts(stack) if (issue := one.issue)}
        for path in ("", "peringatan", "sumber", "laporan", f"isu/{issue}", "api/v1/overview", f"api/v1/issues/{issue}"):
            store.reads = 0
            here, there = client.get(f"/{path}"), stack.get("dashboard", path)
            assert (here.status_code, there.status_code) == (200, 200), path
            assert here.data == there.content, path
            assert 1 <= store.reads <= (4 if path == "sumber" else 3), path  # names of regions need the configuration, too
        store.close()

    def test_shows_the_alert(self, stack: Stack, lived: Lived) -> None:
        overview = msgspec.json.decode(stack.get("dashboard", "api/v1/overview").content, type=Overview)
        assert overview.agencies[0].level == max(level for _, _, level in lived.outcome.alerts.values())
        assert overview.agencies[0].reason in unescape(stack.get("dashboard").text)
        assert {one.id for alert in self._alerts(stack) for one in alert.transitions} == set(lived.outcome.transitions)

    def test_the_daily_report_is_there_in_the_morning(self, stack: Stack, lived: Lived) -> None:
        stack.set_clock(scenario.START + 5 * 86_400 + 6 * 3600)
        path = msgspec.json.decode(stack.call("report"), type=str)
        assert path == "reports/2026-11-21"
        assert "Kabupaten Sagara" in stack.get("dashboard", "laporan/2026-11-21").text

    def _alerts(self, stack: Stack) -> tuple[AlertLine, ...]:
        return msgspec.json.decode(stack.get("dashboard", "api/v1/alerts").content, type=AlertsView).alerts


def test_desk_is_not_there_while_it_is_switched_off(stack: Stack) -> None:
    url = stack.functions["desk"].url
    assert stack.get("desk", "tautan").status_code == 404
    assert httpx.post(f"{url}tautan", trust_env=False).status_code == 404
    assert stack.pubsub.pull("answers-given") == []


def test_a_message_that_nobody_can_take_becomes_a_dead_letter(stack: Stack, lived: Lived) -> None:
    notify = stack.functions["notify"]
    notify.stop()
    stack.pubsub.publish("alerts-changed", b"nobody is there")
    assert stack.pubsub.receive(DEAD_LETTERS, 1) == [b"nobody is there"]
    assert ATTEMPTS == 5
    notify.start()
    notify.wait()
