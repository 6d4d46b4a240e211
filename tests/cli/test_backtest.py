"""`kentongan backtest` as people use it: a real process, the real pipeline, and a page in a real browser."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import Page

from shared.backtest.page import page
from shared.backtest.result import Backtest
from shared.backtest.telling import scope, summary
from shared.model import DAY
from tests.browser import IN_BROWSER, chromium

ROOT = Path(__file__).parents[2]
CONFIG = """\
agencies:
  - {id: "33.99", name: Kabupaten Sagara, aliases: [Pemkab Sagara, Bupati Sagara]}
receivers:
  - {id: piket, kind: console, least: waspada}
"""
START = datetime(2026, 1, 5, tzinfo=UTC)
OUTLETS = (
    "Warta Sagara",
    "Kabar Bahari",
    "Lintas Sagara",
    "Suara Lembah",
    "Pantai Pos",
    "Radar Angin",
    "Harian Karang",
    "Sagara Kini",
)
CALM = ("Bupati Sagara resmikan taman kota", "Pemkab Sagara buka pendaftaran beasiswa", "Pemkab Sagara gelar pasar murah")
BAD = (
    "Puluhan siswa keracunan makanan, Pemkab Sagara dikecam",
    "Korban keracunan siswa bertambah, warga marahi Pemkab Sagara",
    "Orang tua protes, Bupati Sagara dituding lalai soal keracunan siswa",
    "Keracunan massal siswa, Pemkab Sagara dinilai gagal mengawasi",
)


def news(days: int, crisis: int) -> str:
    """Two calm items a day, and a bad day with six outlets an hour for four hours."""
    lines = ["published_at,outlet,url,title"]
    for day in range(days):
        for place, hour in enumerate((2, 7)):
            at = START + timedelta(days=day, hours=hour)
            title = CALM[(day + place) % 3]
            lines.append(f"{at.isoformat()},{OUTLETS[day % 8]},https://a.example/{day}-{place},{title} hari {day}")
    for number in range(24):
        at = START + timedelta(days=crisis, hours=3 + number // 6, minutes=number % 6 * 7)
        lines.append(f'{at.isoformat()},{OUTLETS[number % 8]},https://b.example/{number},"{BAD[number % 4]} ({number})"')
    return "\n".join(lines) + "\n"


def start(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "NO_COLOR": "1"}
    command = [sys.executable, str(ROOT / "kentongan"), "backtest", *args]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backtest")
    (folder / "kentongan.yaml").write_text(CONFIG)
    (folder / "berita.csv").write_text(news(24, 20))
    return folder


@pytest.fixture(scope="module")
def result(folder: Path) -> Backtest:
    done = start(folder, "berita.csv", "--agency", "33.99", "--json")
    assert done.returncode == 0, done.stderr
    return msgspec.json.decode(done.stdout, type=Backtest)


def test_a_crisis_is_an_alarm_at_a_peak(result: Backtest) -> None:
    assert (result.rows, result.relevant, result.drafted, result.labelled) == (72, 72, False, False)
    [peak] = result.peaks
    assert START.timestamp() + 20 * 86400 < peak.at < START.timestamp() + 21 * 86400
    alarms = [alert for alert in result.alerts if alert.alarm_at]
    assert alarms
    assert {alert.verdict for alert in alarms} == {"peak"}
    assert (result.figures.alarms, result.figures.false_alarms, result.figures.peaks_found) == (len(alarms), 0, 1)
    [inbox] = result.inboxes
    assert (inbox.receiver, inbox.least, inbox.assumed) == ("piket", "waspada", False)
    assert inbox.notices >= 2
    assert sum(hour.total for hour in result.hours) == result.about


def test_a_long_time_without_a_row_is_told(result: Backtest) -> None:
    assert not any("berkas kosong" in line for line in scope(result))
    [told] = [
        line for line in scope(replace(result, gaps=((result.start - 900 * DAY, result.start),))) if "berkas kosong" in line
    ]
    assert "900 hari itu tidak ikut dihitung" in told


def test_a_row_with_a_wrong_date_thins_no_figures(folder: Path, result: Backtest) -> None:
    head, _, rest = news(24, 20).partition("\n")
    stray = f"{(START - timedelta(days=70)).isoformat()},{OUTLETS[0]},https://a.example/salah,Pemkab Sagara gelar rapat"
    (folder / "salah.csv").write_text(f"{head}\n{stray}\n{rest}")
    done = start(folder, "salah.csv", "--agency", "33.99", "--json")
    assert done.returncode == 0, done.stderr
    told = msgspec.json.decode(done.stdout, type=Backtest)
    assert [round((after - before) / DAY) for before, after in told.gaps] == [70]
    assert abs(told.learning_until - result.learning_until) <= DAY
    assert told.figures.days == pytest.approx(result.figures.days, abs=0.1)
    assert [inbox.a_week for inbox in told.inboxes] == [inbox.a_week for inbox in result.inboxes]
    assert "sesudah masa belajar, tanpa waktu yang kosong" in dict(summary(told))["Alarm (SIAGA atau AWAS)"]
    assert "kosong" not in dict(summary(result))["Alarm (SIAGA atau AWAS)"]


def test_told_in_indonesian_with_a_page_and_labels(folder: Path) -> None:
    (folder / "krisis.csv").write_text("nama,mulai,selesai\nKeracunan,2026-01-25,2026-01-26\nBanjir,2026-01-10,2026-01-10\n")
    done = start(folder, "berita.csv", "--agency", "Pemkab Sagara", "--crises", "krisis.csv", "--html", "uji.html")
    assert done.returncode == 0, done.stderr
    assert "Uji balik: Kabupaten Sagara (33.99)" in done.stdout
    assert "Keracunan: " in done.stdout
    assert "Banjir: " in done.stdout
    assert "Halaman bergambar: uji.html" in done.stdout
    assert (folder / "uji.html").read_text().startswith("<!doctype html>")
    assert not (folder / "data").exists()


def test_without_a_configuration_the_agency_is_drafted(tmp_path: Path) -> None:
    lines = "judul;tanggal;media\nPemkab Sagara dikecam warga soal jalan rusak;05/01/2026 08.00;Warta Sagara\n"
    (tmp_path / "berita.csv").write_text(lines)
    done = start(tmp_path, "berita.csv", "--agency", "Kabupaten Sagara", "--code", "33.99")
    assert done.returncode == 0, done.stderr
    assert "belum ada di kentongan.yaml" in done.stdout
    assert "petugas piket" in done.stdout
    assert "berkas terlalu pendek" in done.stdout


def test_all_mistakes_at_once(folder: Path) -> None:
    (folder / "rusak.csv").write_text("judul,tanggal\nsatu,kemarin\n,05/01/2026\n")
    (folder / "salah.csv").write_text("nama,mulai\nPasar,2026-01-05\n")
    done = start(folder, "rusak.csv", "--agency", "33.99", "--crises", "salah.csv")
    assert done.returncode == 1
    assert [line.split(":")[:2] for line in done.stdout.splitlines()[:3]] == [
        ["rusak.csv", " baris 2"],
        ["rusak.csv", " baris 3"],
        ["salah.csv", " kolom selesai tidak ada"],
    ]


def test_a_code_that_the_file_lacks_needs_its_name_and_the_news_are_read_all_the_same(folder: Path) -> None:
    (folder / "rusak.csv").write_text("judul,tanggal\nsatu,kemarin\n")
    done = start(folder, "rusak.csv", "--agency", "33.98")
    assert done.returncode == 1
    assert "33.98 tidak ada di kentongan.yaml" in done.stderr
    assert '--agency "Kabupaten ..." --code 33.98' in done.stderr
    assert "rusak.csv: baris 2" in done.stdout
    done = start(folder, "berita.csv", "--agency", "33.98")
    assert (done.returncode, done.stdout) == (1, "")


def test_a_code_of_the_list_is_enough(folder: Path) -> None:
    done = start(folder, "berita.csv", "--agency", "33.72")
    assert "menyebut Kota Surakarta" in done.stderr


def volumes(days: int, burst: int) -> str:
    """A count an hour, and a loud afternoon."""
    lines = ["waktu,jumlah"]
    for hour in range(24 * days):
        lines.append(f"{START + timedelta(hours=hour):%Y-%m-%d %H:%M},{8 + hour % 3 + 60 * (0 <= hour - 24 * burst < 5)}")
    return "\n".join(lines) + "\n"


def test_plain_volumes_need_neither_agency_nor_configuration(tmp_path: Path) -> None:
    (tmp_path / "jumlah.csv").write_text(volumes(20, 15))
    (tmp_path / "krisis.csv").write_text("nama,mulai,selesai\nRamai,2026-01-20,2026-01-20\n")
    done = start(tmp_path, "jumlah.csv", "--json")
    assert done.returncode == 0, done.stderr
    result = msgspec.json.decode(done.stdout, type=Backtest)
    [alert] = result.alerts
    assert (result.step, alert.kind, result.figures.alarms) == (3600, "volume", 1)
    done = start(tmp_path, "jumlah.csv", "--agency", "Kabupaten Sagara", "--crises", "krisis.csv", "--html", "uji.html")
    assert done.returncode == 0, done.stderr
    assert "Uji balik: Kabupaten Sagara" in done.stdout
    assert "1 dari 1" in done.stdout
    assert (tmp_path / "uji.html").exists()


def test_mistakes_in_volumes_and_no_agency_for_news(folder: Path) -> None:
    (folder / "jumlah.csv").write_text("waktu,jumlah\n2026-01-05 00:00,banyak\nlusa,3\n")
    done = start(folder, "jumlah.csv", "--crises", "tiada.csv")
    assert (done.returncode, "tiada.csv" in done.stderr) == (1, True)
    done = start(folder, "jumlah.csv")
    assert done.returncode == 1
    assert [line.split(":")[1] for line in done.stdout.splitlines()[:2]] == [" baris 2", " baris 3"]
    done = start(folder, "berita.csv")
    assert (done.returncode, "--agency" in done.stderr) == (1, True)


def test_nothing_about_the_agency_names_the_remedy(folder: Path) -> None:
    (folder / "lain.csv").write_text("judul,tanggal\nBukan urusan kami,05/01/2026\n")
    done = start(folder, "lain.csv", "--agency", "33.99")
    assert done.returncode == 1
    assert "--all" in done.stderr
    assert start(folder, "lain.csv", "--agency", "33.99", "--all").returncode == 0
    assert start(folder, "tiada.csv", "--agency", "33.99").returncode == 1


@IN_BROWSER
def test_the_page_fits_a_phone_and_paper_in_light_and_dark(result: Backtest, tmp_path: Path) -> None:
    file = tmp_path / "uji.html"
    file.write_text(page(result), encoding="utf-8")
    assert "<script" not in file.read_text()
    with chromium() as browser:
        for scheme in ("light", "dark"):
            _look(browser.new_page(viewport={"width": 360, "height": 740}, color_scheme=scheme), file, len(result.alerts))


def _look(screen: Page, file: Path, alerts: int) -> None:
    told: list[str] = []
    screen.on("console", lambda message: told.append(message.text))
    screen.goto(file.as_uri())
    assert screen.evaluate("document.documentElement.scrollWidth") == 360
    assert (
        screen.evaluate("document.querySelector('figure svg').getBoundingClientRect().width / 360 * 10") >= 8.5
    )  # pixels a letter
    assert screen.locator("figure svg a").count() == alerts
    assert screen.locator("figure svg rect.siaga, figure svg rect.awas").count() > 0
    screen.emulate_media(media="print")
    assert screen.locator("details").is_hidden()
    assert told == []
