"""`kentongan backfill` as people use it: a real process asks a stand-in for Google News over real HTTP."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from shared.config.active import activate
from shared.config.reading import read_config
from shared.local.bus import LocalBus
from shared.local.pipeline import Pipeline
from shared.local.store import LocalStore
from shared.settings import read_settings
from shared.views import AgencyCard, AlertsView, Overview, unpack
from shared.wiring import Services
from tests.website import Asked, Page, Website, website

ROOT = Path(__file__).parents[2]
CONFIG = """\
agencies:
  - {{id: "33.99", name: Kabupaten Sagara, aliases: [Pemkab Sagara]}}
sources:
  - {{id: google-news, name: Google News, kind: google-news, url: "{url}/rss/search"}}
"""
DAYS = 8
ASKED_DAYS = DAYS + 2  # the day before, and that in progress
ITEM = '<item><title>{title} - {outlet}</title><link>{link}</link><pubDate>{at}</pubDate><source url="https://x">{outlet}</source></item>'
TITLES = (
    "Pemkab Sagara dikecam warga soal jalan rusak",
    "Pemkab Sagara gelar pasar murah",
    "Keluhan air keruh, Pemkab Sagara disorot",
)


class Google:
    """Answers each day with three articles; `behave` may answer instead, by the number of the request."""

    def __init__(self, site: Website) -> None:
        self.site = site
        self.days: list[str] = []
        self.refusals: dict[int, Page] = {}
        self.process: subprocess.Popen[str] | None = None
        self.kill_at = 0
        site.pages["/rss/search"] = self.answer

    def answer(self, asked: Asked) -> Page:
        """The articles of the day that is asked for."""
        search = parse_qs(urlsplit(asked.path).query)["q"][0]
        day = re.search(r"after:(\S+)", search)
        assert day is not None
        self.days.append(day[1])
        if self.process and len(self.days) == self.kill_at:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        return self.refusals.pop(len(self.days), Page(200, self.feed(day[1])))

    def feed(self, day: str) -> bytes:
        """RSS as Google writes it."""
        midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
        items = "".join(
            ITEM.format(
                title=f"{title} {day} {place}",
                outlet=f"Warta {place}",
                link=f"https://a.example/{day}/{place}",
                at=(midnight + timedelta(hours=2 + place)).strftime("%a, %d %b %Y %H:%M:%S GMT"),
            )
            for place, title in enumerate(TITLES)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'.encode()


@pytest.fixture
def google() -> Iterator[Google]:
    with website() as site:
        yield Google(site)


@pytest.fixture
def folder(google: Google, tmp_path: Path) -> Path:
    (tmp_path / "kentongan.yaml").write_text(CONFIG.format(url=google.site.url))
    with closing(LocalStore(str(tmp_path / "data"))) as store:
        activate(store, read_config((tmp_path / "kentongan.yaml").read_text()), int(time.time()))
    return tmp_path


def begin(folder: Path, *args: str) -> subprocess.Popen[str]:
    environ = {**os.environ, "KENTONGAN_DATA": str(folder / "data"), "NO_COLOR": "1", "ALLOW_LOOPBACK": "1"}
    command = [sys.executable, str(ROOT / "kentongan"), "backfill", "--days", str(DAYS), *args]
    return subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def start(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    process = begin(folder, *args)
    out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def test_without_internet_it_says_when_to_go_on(folder: Path) -> None:
    (folder / "kentongan.yaml").write_text(CONFIG.format(url="https://berita.invalid"))
    done = start(folder)
    assert (done.returncode, "terhubung ke internet" in done.stderr) == (3, True), done.stderr


def seen(folder: Path) -> AgencyCard:
    """The agency on the first page, once the pipeline has taken in what waits on the bus; no alert came of it."""
    settings = read_settings({"KENTONGAN_DATA": str(folder / "data")})
    now = int(time.time())
    with closing(LocalBus(settings.data)) as bus, closing(LocalStore(settings.data)) as store:
        services = Services(settings, bus, store)
        with Pipeline(services, bus) as pipeline:
            pipeline.deliver(now)
            pipeline.tick(now)
        alerts = unpack(store.read(["views/alerts"])[0], AlertsView)
        assert alerts is None or alerts.alerts == ()
        view = unpack(store.read(["views/overview"])[0], Overview)
        assert view is not None
        [card] = view.agencies
        return card


def left(folder: Path) -> list[str]:
    with closing(LocalStore(str(folder / "data"))) as store:
        return [name for name, _ in store.scan("backfill", "", "~", 100)]


def test_a_new_agency_knows_its_past_and_a_second_run_changes_nothing(folder: Path, google: Google) -> None:
    done = start(folder)
    assert done.returncode == 0, done.stderr
    assert re.search(r"Kabupaten Sagara: 2[1-6] judul dari 8 hari", done.stdout)
    assert len(google.days) == len(set(google.days)) == ASKED_DAYS
    assert left(folder) == ["33.99"]
    card = seen(folder)
    assert card.learning_days == 9
    assert card.tones_week.total == 0
    assert max(point.expected for point in card.hours) > 0
    again = start(folder)
    assert again.returncode == 0
    assert "tidak ada yang diubah" in again.stdout
    assert len(google.days) == ASKED_DAYS
    assert seen(folder).hours[:-1] == card.hours[:-1]


def test_a_fortnight_that_was_borrowed_is_not_called_its_own(folder: Path) -> None:
    assert start(folder, "--days", "15").returncode == 0
    card = seen(folder)
    assert (card.learning_days, card.days_before) == (0, 0)
    assert "Kabupaten Sagara: sudah diisi" in start(folder).stdout


def test_what_is_known_is_not_asked_for_again_after_a_refusal(folder: Path, google: Google) -> None:
    google.refusals[4] = Page(500)
    done = start(folder)
    assert (done.returncode, "3 dari 10 hari sudah tersimpan" in done.stderr) == (3, True)
    assert start(folder).returncode == 0
    assert len(google.days) == ASKED_DAYS + 1
    assert len(set(google.days)) == ASKED_DAYS


def test_who_asks_for_a_pause_gets_it(folder: Path, google: Google) -> None:
    google.refusals[3] = Page(429, headers={"Retry-After": "3600"})
    done = start(folder)
    assert done.returncode == 3
    assert "terlalu sering" in done.stderr
    assert re.search(r"jalankan lagi perintah yang sama sesudah \d\d-\d\d-\d{4} \d\d\.\d\d WIB", done.stderr)
    assert start(folder).returncode == 3
    assert len(google.days) == 3


def test_a_killed_run_goes_on_where_it_was(folder: Path, google: Google) -> None:
    google.kill_at = 6
    google.process = begin(folder)
    google.process.communicate()
    assert google.process.returncode == -signal.SIGKILL
    google.process = None
    assert start(folder).returncode == 0
    assert len(google.days) == ASKED_DAYS + 1
    assert left(folder) == ["33.99"]


def test_an_unknown_agency_and_an_odd_span_are_told(folder: Path, google: Google) -> None:
    assert "pakai salah satu: 33.99" in start(folder, "--agency", "31.99").stderr
    assert start(folder, "--days", "2").returncode == 2
    assert google.days == []


def test_an_agency_that_is_not_watched_yet_is_refused(google: Google, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "kentongan.yaml").write_text(CONFIG.format(url=google.site.url))
    refused = start(tmp_path)
    assert refused.returncode == 1
    assert "belum dipantau" in refused.stderr
    assert "config push" in refused.stderr
    assert not google.site.asked
