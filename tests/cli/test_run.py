"""`kentongan run` as people start it: a real process, real feeds over HTTP, the dashboard in the same breath."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from shared.cli.run import _Rounds
from shared.config.active import Active, activate
from shared.config.schema import Agency, Config
from shared.local.alone import alone
from shared.local.bus import LocalBus
from shared.local.pipeline import Pipeline
from shared.local.port import remembered
from shared.local.store import LocalStore
from shared.ports import Conflict, Retryable
from shared.settings import read_settings
from shared.views import SourcesView, unpack
from shared.wiring import Services
from tests.crash.web import News, Web
from tests.emulators import free_port

ROOT = Path(__file__).parents[2]
NOW = 1_795_000_000

CONFIG = """
agencies:
  - id: "33.99"
    name: Kabupaten Sagara
    aliases: [Pemkab Sagara]
sources:
  - {{id: satu, name: Kabar Satu, url: "http://127.0.0.1:{port}/satu.xml"}}
  - {{id: mati, name: Kabar Mati, url: "http://127.0.0.1:{port}/tidak/ada.html"}}
"""


@pytest.fixture
def web() -> Iterator[Web]:
    import time

    now = int(time.time())
    with Web([News(now - 600 - place, "satu", f"Pemkab Sagara bahas hal ke-{place}") for place in range(7)]) as running:
        running.now = now
        yield running


@pytest.fixture
def folder(tmp_path: Path, web: Web) -> Path:
    (tmp_path / "kentongan.yaml").write_text(CONFIG.format(port=web.port))
    return tmp_path


def start(folder: Path, *args: str) -> subprocess.Popen[str]:
    environ = {**os.environ, "KENTONGAN_DATA": str(folder / "data"), "ALLOW_LOOPBACK": "1", "NO_COLOR": "1"}
    command = [sys.executable, str(ROOT / "kentongan"), "run", *args]
    return subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_one_round_says_what_came_and_what_failed(folder: Path) -> None:
    process = start(folder, "--once")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "2 sumber ditanya, 7 berita baru, 7 tentang Anda, 1 gagal" in out
    assert "mati:" in out
    again = start(folder, "--once", "--json")
    out, err = again.communicate(timeout=60)
    told = json.loads(out)
    assert told.pop("at") == pytest.approx(NOW, abs=10**9), err
    assert told == {"asked": 0, "failed": 0, "fresh": 0, "matched": 0, "waiting": 0}


def test_where_all_fail_the_network_is_named_and_not_every_source(tmp_path: Path) -> None:
    lines = "".join(f"  - {{id: s{number}, name: S{number}, url: 'https://s{number}.invalid/rss'}}\n" for number in range(5))
    (tmp_path / "kentongan.yaml").write_text(CONFIG[: CONFIG.index("  - {{id: satu")] + lines)
    process = start(tmp_path, "--once")
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, out.count(".invalid"), out.count("sambungan internet komputer ini")) == (3, 3, 1)


def test_the_dashboard_is_up_while_it_runs_and_ctrl_c_ends_it_quietly(folder: Path) -> None:
    port = free_port()
    process = start(folder, "--port", str(port))
    assert process.stdout is not None
    assert str(port) in process.stdout.readline()
    assert "7 berita baru" in process.stdout.readline()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
        text = page.read().decode()
    assert "Kabupaten Sagara" in text
    assert remembered(str(folder / "data")) == port
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err


def test_a_second_one_on_the_same_folder_is_refused_and_a_killed_one_lets_go(folder: Path) -> None:
    first = start(folder, "--port", "0")
    assert first.stdout is not None
    assert "Memantau" in first.stdout.readline()
    second = start(folder, "--once")
    _, err = second.communicate(timeout=60)
    assert (second.returncode, "sudah berjalan" in err) == (3, True), err
    first.kill()
    first.communicate(timeout=60)
    third = start(folder, "--once")
    _, err = third.communicate(timeout=60)
    assert "sudah berjalan" not in err


class FullDisk:
    """A connection on a disk without room."""

    def execute(self, _: str) -> None:
        """Fail."""
        full = sqlite3.OperationalError("database or disk is full")
        full.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise full

    def close(self) -> None:
        """Nothing to give back."""


def test_a_full_disk_is_said_in_indonesian_of_the_lock_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "connect", lambda *_, **__: FullDisk())
    with pytest.raises(Retryable, match=r"run\.lock: disk penuh"), alone(str(tmp_path)):
        pass


def test_a_missing_or_wrong_configuration_is_said_in_one_go(tmp_path: Path) -> None:
    missing = start(tmp_path, "--once")
    _, err = missing.communicate(timeout=60)
    assert missing.returncode == 1
    assert "kentongan init" in err
    (tmp_path / "kentongan.yaml").write_text("agencies:\n  - {id: 33.99, nama: X}\nsumber: []\n")
    wrong = start(tmp_path, "--once")
    _, err = wrong.communicate(timeout=60)
    assert wrong.returncode == 1
    assert "33.99" in err
    assert "sumber" in err


class Refusing:
    """A pipeline whose store is full, or taken by another process."""

    def __init__(self, error: Retryable) -> None:
        self.error = error
        self.asked = 0

    def deliver(self, now: int) -> int:
        """Fail."""
        self.asked += 1
        raise self.error

    collect = tick = deliver


@pytest.mark.parametrize(
    ("error", "words"),
    [(Retryable("kentongan.db: disk penuh"), "disk penuh"), (Conflict("cursors/00"), "satu Kentongan saja")],
)
def test_it_goes_on_when_the_store_is_in_the_way(error: Retryable, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    pipeline = Refusing(error)
    active = Active(1, NOW, Config(agencies=()))
    rounds = _Rounds(cast("Services", None), cast("Pipeline", pipeline), active, as_json=False)
    rounds._take_in()
    assert rounds.go(NOW) == 3
    rounds._take_in()
    assert pipeline.asked == 2  # its time may be the wrong one: nothing else is done at it
    assert words in capsys.readouterr().err


def test_pages_tell_of_every_round(tmp_path: Path) -> None:
    settings = read_settings({"KENTONGAN_DATA": str(tmp_path)})
    with closing(LocalBus(settings.data)) as bus, closing(LocalStore(settings.data)) as store:
        services = Services(settings, bus, store)
        active = activate(store, Config(agencies=(Agency(id="33.99", name="Kabupaten Sagara"),)), NOW)
        with Pipeline(services, bus) as pipeline:
            rounds = _Rounds(services, pipeline, active, as_json=True)
            for now in (NOW, NOW + 300):
                assert rounds.go(now) == 0
                view = unpack(store.read(["views/sources"])[0], SourcesView)
                assert view is not None
                assert (view.made_at, view.coverage.last_round_at) == (now, now)
