"""The weekly share of true alarms, and how it is shown."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from shared import views
from shared.cli.main import main
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, AlertKind, Level, Seconds
from shared.ports import Put
from shared.precision import Week, weeks

MONDAY: Seconds = 1_795_366_800  # 2026-11-23 00.00 WIB
COVERAGE = views.Coverage(1, 1, (), 0, "")


def line(at: Seconds, label: str = "", kind: AlertKind = "issue") -> views.AlertLine:
    return views.AlertLine(f"a{at}", "33.99", "Sagara", "i", "isu", Level.SIAGA, at, at, 0, "", 0, label, (), kind)


def test_weeks_begin_on_monday_in_the_zone_and_have_no_gaps() -> None:
    lines = [line(MONDAY - 1, "useful"), line(MONDAY, "not_needed"), line(MONDAY + 15 * DAY, "useful"), line(MONDAY + HOUR)]
    assert weeks(lines, "Asia/Jakarta") == (
        Week(date(2026, 11, 16), 1, 1, 0),
        Week(date(2026, 11, 23), 2, 0, 1),
        Week(date(2026, 11, 30), 0, 0, 0),
        Week(date(2026, 12, 7), 1, 1, 0),
    )
    assert weeks([line(MONDAY - 1)], "Asia/Makassar")[0].monday == date(2026, 11, 23)


def test_the_collectors_own_alerts_do_not_count() -> None:
    assert weeks([line(MONDAY, "useful", "collector")], "Asia/Jakarta") == ()
    assert weeks([line(MONDAY, "useful", "watchword")], "Asia/Jakarta")[0].useful == 1


@pytest.mark.parametrize(("useful", "not_needed", "precision"), [(3, 1, 0.75), (0, 2, 0.0), (0, 0, None)])
def test_the_share_of_what_was_judged(useful: int, not_needed: int, precision: float | None) -> None:
    assert Week(date(2026, 11, 23), 9, useful, not_needed).precision == precision


class TestCommand:
    def keep(self, folder: Path, *lines: views.AlertLine) -> None:
        store = LocalStore(str(folder))
        store.commit([Put("views/alerts", views.pack(views.AlertsView(MONDAY, "Asia/Jakarta", COVERAGE, lines)))])
        store.close()

    @pytest.fixture(autouse=True)
    def _here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path))
        monkeypatch.delenv("BACKEND", raising=False)

    def test_a_table_with_bars(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        many = [line(MONDAY + 7 * DAY + number, "useful" if number < 15 else "not_needed") for number in range(20)]
        self.keep(tmp_path, line(MONDAY, "useful"), line(MONDAY + 1, "not_needed"), line(MONDAY + 2), *many)
        assert main(["precision"]) == 0
        heading, first, second, _, total, note = capsys.readouterr().out.splitlines()
        assert heading.split()[:2] == ["MINGGU", "MULAI"]
        assert first.split() == ["23", "November", "2026", "3", "2", "1", "1", "██████████░░░░░░░░░░", "1", "dari", "2"]
        assert second.split()[-2:] == ["███████████████░░░░░", "75%"]
        assert total == "Seluruhnya: 16 dari 22 yang dinilai berguna (73%); 1 dari 23 belum dinilai."
        assert "20" in note

    def test_as_json(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.keep(tmp_path, line(MONDAY, "useful"), line(MONDAY + 7 * DAY))
        main(["precision", "--json"])
        assert [json.loads(row) for row in capsys.readouterr().out.splitlines()] == [
            {"week": "2026-11-23", "alerts": 1, "useful": 1, "not_needed": 0, "precision": 1.0},
            {"week": "2026-11-30", "alerts": 1, "useful": 0, "not_needed": 0, "precision": None},
        ]

    def test_before_anybody_has_judged(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["precision"]) == 0
        assert "Belum ada peringatan yang dinilai (0 peringatan)" in capsys.readouterr().out
        self.keep(tmp_path, line(MONDAY))
        main(["precision"])
        assert "(1 peringatan)" in capsys.readouterr().out
