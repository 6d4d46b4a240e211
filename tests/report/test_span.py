"""Weekly and monthly summaries: sums of the daily reports, what came back, what nobody ran, what is ahead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from shared.dashboard import create_app
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Level
from shared.ports import Put
from shared.report.calendar import following, seasons
from shared.report.record import Report
from shared.report.span import Span, dates, last_end, together
from shared.report.spans import write_spans
from shared.settings import read_settings
from shared.views import Tones, unpack
from shared.wiring import Services
from tests.dashboard import samples
from tests.dashboard.conftest import SilentBus
from tests.report.test_forms import filled

MONDAY = 1_795_993_200  # Senin, 30 November 2026, 06.00 WIB


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    """A store with the daily reports of a week: the same issue every day, one release that nobody ran."""
    opened = LocalStore(str(tmp_path))
    opened.commit([Put(f"reports/{one.date}", msgspec.json.encode(one)) for one in week()])
    yield opened
    opened.close()


def week() -> list[Report]:
    """Reports of Tuesday the 24th to Monday the 30th of November; Friday's is missing."""
    return [daily(f"2026-11-{24 + day}", MONDAY - (6 - day) * DAY, day + 1) for day in range(7) if day != 3]


def daily(date: str, until: int, negative: int) -> Report:
    """A report with so many negative mentions, all of one issue."""
    report = filled("Air mati di Karangwindu", date=date)
    [part] = report.agencies
    tones = Tones(negative, 20, 2, 1)
    line = replace(part.issues[0], tones=tones, unit="PDAM Sagara", level=Level.SIAGA if negative == 6 else Level.WASPADA)
    unheard = replace(
        part.releases[0], outlets=(), item=replace(part.releases[0].item, at=until - HOUR, mention=f"{negative:016x}")
    )
    part = replace(
        part, name="Kabupaten Sagara", tones_day=tones, issues=(line,), releases=(unheard,), own_voice=1, level=line.level
    )
    return replace(report, agencies=(part,), from_at=until - DAY, until_at=until)


def test_which_days_a_span_is_made_of() -> None:
    name, key, days = dates("week", "2026-11-30")
    assert (name, key, days[0], days[-1], len(days)) == ("week-2026-11-30", "2026-11-30", "2026-11-24", "2026-11-30", 7)
    name, key, days = dates("month", "2026-12-01")
    assert (name, key, days[0], days[-1], len(days)) == ("month-2026-11", "2026-11", "2026-11-02", "2026-12-01", 30)
    assert dates("month", "2028-03-01")[2][-1] == "2028-03-01"
    assert (last_end("week", "2026-11-30"), last_end("week", "2026-12-06")) == ("2026-11-30", "2026-11-30")
    assert last_end("month", "2026-11-30") == "2026-11-01"


def test_a_week_is_the_sum_of_its_days() -> None:
    span = together("week", "2026-11-30", week(), 7)
    [part] = span.agencies
    assert (span.reports, span.missing, span.until_at) == (6, 1, MONDAY)
    assert part.tones == Tones(1 + 2 + 3 + 5 + 6 + 7, 120, 12, 6)
    assert [day.negative for day in part.days] == [1, 2, 3, 5, 6, 7]
    [issue] = part.issues
    assert (issue.days, issue.negative, issue.level, issue.date) == (6, 24, Level.SIAGA, "2026-11-30")
    [unit] = part.units
    assert (unit.unit, unit.issues, unit.negative) == ("PDAM Sagara", 1, 24)
    assert (part.releases, part.releases_run, len(part.unheard), part.own_voice) == (6, 0, 6, 6)


def test_a_summary_is_written_once_its_span_is_over_and_again_only_where_something_changed(store: LocalStore) -> None:
    assert write_spans(store, "2026-11-29") == []
    assert write_spans(store, "2026-11-30") == ["reports/week-2026-11-30"]
    assert write_spans(store, "2026-11-30") == []
    store.commit([Put("reports/2026-11-30", msgspec.json.encode(daily("2026-11-30", MONDAY, 9)))])
    assert write_spans(store, "2026-11-30") == ["reports/week-2026-11-30"]
    assert write_spans(store, "2026-12-02") == ["reports/month-2026-11"]
    span = unpack(store.read(["reports/month-2026-11"])[0], Span)
    assert span is not None
    assert (span.key, span.reports, span.missing) == ("2026-11", 6, 24)


def test_pages_of_summaries(store: LocalStore) -> None:
    write_spans(store, "2026-11-30")
    write_spans(store, "2026-12-01")
    client = create_app(Services(read_settings({}), SilentBus(), store), lambda: samples.NOW, 0).test_client()
    page = client.get("/laporan/minggu/2026-11-30").text
    for words in (
        "Rangkuman Mingguan Pemberitaan",
        "24 dari 162 berita negatif (15%)",
        "6 laporan harian; 1 hari tanpa laporan.",
        "Usulan agenda setting",
        "PDAM Sagara",
        "6 dari 6 siaran pers belum dimuat media lain",
        "Kalender isu",
        "Libur Natal dan Tahun Baru",
        "Puncak Desember tahun lalu belum tercatat.",
    ):
        assert words in page, words
    month = client.get("/laporan/bulan/2026-11").text
    assert "Rangkuman Bulanan Pemberitaan" in month
    assert client.get("/laporan/bulan/2026-11.docx").data.startswith(b"PK")
    assert [client.get(f"/laporan/{path}").status_code for path in ("minggu/2026-11-23", "minggu/x", "bulan/2026-13")] == [
        404
    ] * 3


def test_last_years_peaks_are_told(store: LocalStore) -> None:
    write_spans(store, "2026-11-30")
    span = unpack(store.read(["reports/week-2026-11-30"])[0], Span)
    assert span is not None
    store.commit([Put("reports/month-2025-12", msgspec.json.encode(replace(span, kind="month", key="2025-12")))])
    client = create_app(Services(read_settings({}), SilentBus(), store), lambda: samples.NOW, 0).test_client()
    page = client.get("/laporan/minggu/2026-11-30").text
    assert "Desember tahun lalu" in page
    assert "belum tercatat" not in page


def test_every_month_has_something_to_prepare() -> None:
    for year in (2026, 2027, 2035):
        for month in range(1, 13):
            assert seasons(year, month), (year, month)
    assert seasons(2027, 3)[0].name.startswith("Ramadan")
    assert following(2026, 12) == (2027, 1)
