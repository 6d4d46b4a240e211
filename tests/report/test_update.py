"""The afternoon update: today so far, against the same hours of the days before, and nothing is stored."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import report
from shared.cli import report as command
from shared.cli.terminal import OK, Trouble
from shared.config.active import activate, load_active
from shared.config.schema import Agency, Config
from shared.local.store import LocalStore
from shared.model import DAY, HOUR
from shared.report.message import message
from shared.report.period import last_period, so_far
from tests.dashboard import samples
from tests.report.days import file_hours, judged, mentions
from tests.report.test_forms import document

TODAY = so_far(samples.NOW, samples.ZONE)
HALF = TODAY.start + 6 * HOUR  # noon
CONFIG = Config(agencies=(Agency(id="33.99", name="Pemerintah Kabupaten Sagara"),))


@given(st.integers(DAY * 365 * 20, 4_000_000_000), st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]))
def test_the_day_so_far_begins_where_the_last_one_ended(now: int, zone: str) -> None:
    period, over = so_far(now, zone), last_period(now, zone)
    assert (period.start, period.end) == (over.end, now)
    before = period.days_before(1)
    assert (before.date, before.start, before.end) == (over.date, over.start, now - DAY)
    assert over.days_before(1).end == over.start


@pytest.fixture
def filled(tmp_path: Path) -> LocalStore:
    """Three items this morning, two in the same hours yesterday and one later, and one the day before that."""
    store = LocalStore(str(tmp_path))
    samples.fill(store)
    activate(store, CONFIG, 1)
    times = [
        TODAY.start + 1,
        TODAY.start + 2,
        TODAY.start + 3,
        HALF - DAY,
        HALF - DAY + 1,
        TODAY.start - HOUR,
        TODAY.start - 2 * DAY,
    ]
    file_hours(store, mentions(*(judged(number, at) for number, at in enumerate(times))))
    return store


def test_it_counts_today_and_compares_the_same_hours(filled: LocalStore) -> None:
    found = report.update(filled, load_active(filled), HALF + 2)
    assert found is not None
    [part] = found.agencies
    assert (part.tones_day.total, part.days, part.tones_week.total, part.issues[0].before) == (3, 2, 3, 2)
    said = message(found, "")
    assert said.startswith("*Pembaruan Laporan Analisis Media Harian (KONSEP)*\nRabu, 25 November 2026, pukul 12.00 WIB\n")
    assert "Pembanding: jam yang sama pada hari-hari sebelumnya." in said
    assert filled.read([f"reports/{TODAY.date}"]) == [None]
    filled.close()


def test_the_command_shows_it_in_each_form(
    filled: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    filled.close()
    monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(time, "time", lambda: float(HALF + 2))
    parser = argparse.ArgumentParser()
    command.add(parser)
    for form in ("text", "csv", "json", "docx"):
        assert command.run(parser.parse_args(["--until", "now", "--format", form])) == OK
    assert b"*Pembaruan Laporan" in capfdbinary.readouterr().out
    assert "Pembaruan Laporan Analisis Media Harian" in document((tmp_path / "pembaruan.docx").read_bytes())[0]
    with pytest.raises(Trouble, match="tidak punya halaman"):
        command.run(parser.parse_args(["--until", "now", "--format", "html"]))
