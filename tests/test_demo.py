"""The demonstration as its user meets it: real processes, real HTTP on loopback, a real webhook."""

from __future__ import annotations

import contextlib
import io
import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from standardwebhooks import Webhook

from shared.demo import scenario
from shared.demo.drive import Play, stage
from shared.demo.narrator import Narrator
from shared.demo.summary import Summary, genuine, summarise
from shared.model import HOUR, Level

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, str(ROOT / "kentongan"), "demo"]


@dataclass
class Seen:
    """A play that is over, as others saw it."""

    play: Play
    summary: Summary
    printed: str


DESK = "http://127.0.0.1:8080/meja/tautan"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    printed = io.StringIO()
    with stage(str(tmp_path_factory.mktemp("demo")), "http://127.0.0.1:8080") as play:
        with contextlib.redirect_stdout(printed), Narrator("http://127.0.0.1:8080") as narrator:
            play.run(narrator.show)
            summary = summarise(play)
            narrator.conclude(summary, DESK)
        yield Seen(play, summary, printed.getvalue())


def test_headless_ends_by_itself_with_one_line_and_an_alert() -> None:
    ran = subprocess.run([*COMMAND, "--headless"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    [line] = ran.stdout.splitlines()
    summary = json.loads(line)
    [alert] = [alert for alert in summary["alerts"] if alert["highest"] in ("siaga", "awas")]
    assert scenario.CRISIS < min(step["at"] for step in alert["steps"]) < scenario.CRISIS + 2 * HOUR
    assert summary["items"] == len(scenario.stories())
    assert summary["webhooks"] == summary["genuine"] > 0


def test_the_crisis_is_the_only_alert_and_climbs_within_two_hours(seen: Seen) -> None:
    [alert] = seen.summary.alerts
    assert [step.change for step in alert.steps][:2] == ["opened", "raised"]
    siaga = next(step for step in alert.steps if Level[step.level.upper()] >= Level.SIAGA)
    assert scenario.CRISIS < alert.first_at < siaga.at < alert.first_at + 2 * HOUR
    assert alert.steps[0].at - alert.first_at <= HOUR / 2
    assert alert.first_outlet == "Suara Sagara"
    assert alert.unit == "Dinas Kesehatan"
    assert alert.copies > 0
    assert alert.mentions > 40


def test_every_item_is_collected_once_and_copies_are_known(seen: Seen) -> None:
    assert seen.summary.items == len(scenario.stories())
    assert 450 < seen.summary.about < seen.summary.items
    assert 50 < seen.summary.copies < 200


def test_webhooks_are_signed_as_the_standard_says(seen: Seen) -> None:
    """The library checks the clock too, so it signs again at the time that the webhook names."""
    kinds = [json.loads(body)["data"]["kind"] for _, body in seen.play.web.received]
    assert sorted(kinds) == [*["issue"] * len(seen.summary.alerts[0].steps), "watchword"]
    for headers, body in seen.play.web.received:
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        assert at.timestamp() > scenario.CRISIS
        assert headers["webhook-signature"] == Webhook(scenario.SECRET).sign(headers["webhook-id"], at, body.decode())
        assert json.loads(body)["data"]["transition"] == headers["webhook-id"]


def test_a_forged_webhook_is_not_genuine(seen: Seen) -> None:
    headers, body = seen.play.web.received[0]
    assert genuine(headers, body)
    assert not genuine(headers, body.replace(b"keracunan", b"keramaian"))
    assert not genuine(headers | {"webhook-id": "another"}, body)
    assert not genuine({}, body)


def test_a_fresh_webhook_passes_the_library_own_check() -> None:
    now = datetime.fromtimestamp(int(time.time()), UTC)
    signature = Webhook(scenario.SECRET).sign("id", now, "{}")
    headers = {"webhook-id": "id", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    assert Webhook(scenario.SECRET).verify("{}", headers) == {}
    assert genuine(headers, b"{}")


def test_the_story_tells_calm_days_each_notice_and_the_end(seen: Seen) -> None:
    for day in ("Senin", "Selasa", "Rabu", "Kamis"):
        assert re.search(rf"^  {day} +\d+ berita, \d+ tentang Sagara, \d+ negatif; status isu NORMAL$", seen.printed, re.M)
    assert seen.printed.count("tanda tangan sah") == len(seen.play.web.received)
    assert "Status isu: WASPADA" in seen.printed
    assert re.search(r"PERINGATAN: (SIAGA|AWAS)", seen.printed)
    assert f"http://127.0.0.1:8080/isu/{seen.summary.alerts[0].issue}" in seen.printed
    assert all(len(line) <= 110 for line in seen.printed.splitlines() if "http" not in line)
    assert "\x1b" not in seen.printed
    assert "\r" not in seen.printed


def test_the_dashboard_stays_until_ctrl_c() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*COMMAND, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            lines = iter(process.stdout.readline, "")
            assert any("Ctrl-C" in line for line in lines)
            page = httpx.get(f"http://127.0.0.1:{port}/").text
            assert "Kabupaten Sagara" in page
            assert "AWAS" in page or "SIAGA" in page
            process.send_signal(signal.SIGINT)
            rest, trouble = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 0
    assert "Peragaan selesai." in rest
    assert trouble == ""


def test_a_taken_port_is_said_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = subprocess.run([*COMMAND, "--port", str(port)], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert f"port {port} sudah dipakai" in ran.stderr
    assert f"--port {port + 1}" in ran.stderr
    assert ran.stdout == ""


def test_data_keeps_the_result(tmp_path: Path) -> None:
    """`--data` names the folder; a play leaves its database there."""
    with stage(str(tmp_path)) as play:
        assert play.rounds == 0
    assert (tmp_path / "kentongan.db").exists()
