"""The daily report: its period, its sentences, written once; and what expires."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import report
from shared.config.active import activate
from shared.config.schema import Agency, Config
from shared.dashboard import create_app
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Level
from shared.ports import Conflict, Put, Write
from shared.report.draft import period
from shared.report.expiry import DELETED_AT_ONCE, expire
from shared.report.record import INDEX, Report, ReportIndex
from shared.settings import read_settings
from shared.views import Tones
from shared.wiring import Services
from tests.dashboard import samples
from tests.dashboard.conftest import SilentBus

MORNING = int(datetime(2026, 11, 24, 23, 0, 5, tzinfo=UTC).timestamp())  # 06.00 WIB on the 25th


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    """An empty store."""
    opened = LocalStore(str(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def services(store: LocalStore) -> Services:
    """What the stage is handed."""
    return Services(read_settings({}), SilentBus(), store)


def stored(store: LocalStore, path: str) -> Report:
    """The report at this path."""
    document = store.read([path])[0]
    assert document is not None
    return msgspec.json.decode(document.data, type=Report)


def test_the_period_ends_at_six_local() -> None:
    start, end = period(MORNING, "Asia/Jakarta")
    assert (datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC)) == (
        datetime(2026, 11, 23, 23, tzinfo=UTC),
        datetime(2026, 11, 24, 23, tzinfo=UTC),
    )
    assert period(MORNING - 6, "Asia/Jakarta")[1] == end - DAY
    assert period(MORNING, "Asia/Jayapura")[1] == end - 2 * HOUR


@given(st.integers(0, 4_000_000_000), st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]))
def test_a_period_is_a_day_that_is_over(now: int, zone: str) -> None:
    start, end = period(now, zone)
    assert end <= now < end + DAY
    if now > DAY * 365 * 20:  # before, the zones themselves moved
        assert end - start == DAY


def test_a_report_says_status_counts_and_top_issue(store: LocalStore, services: Services) -> None:
    samples.fill(store, agencies=2)
    assert report.run(services, MORNING) == "reports/2026-11-25"
    written = stored(store, "reports/2026-11-25")
    troubled, quiet = written.agencies
    assert (written.state, written.coverage) == ("draft", samples.COVERAGE.sentence)
    assert troubled.summary == (
        "Status isu: SIAGA sejak Rabu, 25 November 2026, pukul 13.20 WIB. Siswa mual usai santap makan siang dari dapur gizi "
        "Teluk Biru: 7 media independen dalam 3 jam; biasanya 0,4; 78% negatif; pertama: Suara Sagara.",
        "44 dari 89 berita dalam 24 jam negatif (49%), 6 perlu ditinjau; rata-rata 7 hari 10,1 negatif sehari.",
        "Isu teratas: Siswa mual usai santap makan siang dari dapur gizi Teluk Biru (Dinas Kesehatan), 47 berita di 7 media, "
        "pertama dimuat Suara Sagara pada Rabu, 25 November 2026, pukul 08.05 WIB.",
    )
    assert quiet.summary[1:] == (
        "1 dari 3 berita dalam 24 jam negatif; rata-rata 5 hari 1,2 negatif sehari.",
        "Tidak ada isu yang menonjol.",
    )
    assert quiet.advice == ("Tidak ada yang mendesak; lanjutkan pemantauan.",)


def test_a_report_chooses_own_sure_texts(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    (agency,) = stored(store, report.run(services, MORNING)).agencies
    assert 1 <= len(agency.positive) <= 5
    assert len(agency.negative) == 5
    for label, items in (("negative", agency.negative), ("positive", agency.positive)):
        assert all(item.label == label and not item.unsure and not item.copy_of for item in items)


def test_signs_and_advice_follow_the_levels(store: LocalStore, services: Services) -> None:
    cards = (
        samples.card(2, "A", Level.AWAS, Tones(1, 0, 0, 0), unit="Dinas A"),
        samples.card(3, "W", Level.WASPADA, Tones(1, 0, 0, 0)),
        samples.card(4, "N", Level.NORMAL, Tones(1, 0, 0, 0), recent=4, before=1),
        samples.card(6, "T", Level.NORMAL, Tones(1, 0, 0, 0), recent=2, before=1),
    )
    store.commit(samples.puts({"views/overview": samples.overview(cards)}))
    (agency,) = stored(store, report.run(services, MORNING)).agencies
    assert agency.signs == ("A: AWAS.", "W: WASPADA.", "N: NORMAL — 4 berita dalam 3 jam terakhir, 1 dalam 3 jam sebelumnya.")
    assert [line.split(":")[0] for line in agency.advice] == ["A", "W"]
    assert "kepada Dinas A" in agency.advice[0]
    assert "kepada unit terkait" in agency.advice[1]


def test_watchwords_of_the_period_are_listed(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    start, end = period(MORNING, "Asia/Jakarta")
    within = [samples.urgent(id=f"w{at}", opened_at=at) for at in (end - 1, start)]
    outside = [samples.urgent(id=f"w{at}", opened_at=at) for at in (start - 1, end)]
    view = msgspec.structs.replace(samples.alerts(), alerts=(*outside, *within, *samples.alerts().alerts))
    store.commit(samples.puts({"views/alerts": view}))
    (agency,) = stored(store, report.run(services, MORNING)).agencies
    assert [one.at for one in agency.urgent] == [start, end - 1]
    assert agency.urgent[0].sentence == 'Kata "keracunan": Siswa keracunan di Teluk Biru'


def test_what_the_count_leaves_out_is_said(store: LocalStore, services: Services) -> None:
    day = msgspec.structs.replace(samples.overview(()).agencies[0], tones_day=Tones(4, 2, 0, 3, 1, 1))
    store.commit(samples.puts({"views/overview": msgspec.structs.replace(samples.overview(), agencies=(day,))}))
    (agency,) = stored(store, report.run(services, MORNING)).agencies
    assert agency.summary[1].startswith(
        "4 dari 9 berita dalam 24 jam negatif, 2 perlu ditinjau (sekitar 1 negatif), 1 tidak dinilai (bahasa lain); "
    )


def test_a_report_tells_where_headline_and_text_differ_and_where_the_text_is_not_known(
    store: LocalStore, services: Services
) -> None:
    one = samples.item(1, samples.NOW, "Warga keluhkan air", "Warta Sagara", lead_label="neutral", mismatch=True)
    other = samples.item(2, samples.NOW, "Jalan rusak", "Warta Sagara", has_lead=False)
    samples.fill(store)
    store.commit(samples.puts({f"issues/{samples.CARDS[0].id}": samples.issue(items=(one, other))}))
    report.run(services, MORNING)
    page = create_app(services, lambda: samples.NOW, 0).test_client().get("/laporan/2026-11-25").text
    assert page.count("judul dan isi berbeda: isi netral") == 1
    assert "belum terbaca: judul dan isinya belum dibandingkan." in page


def test_a_silent_day_is_said_in_counts(store: LocalStore, services: Services) -> None:
    silent = msgspec.structs.replace(samples.overview(()).agencies[0], tones_day=Tones())
    store.commit(samples.puts({"views/overview": msgspec.structs.replace(samples.overview(), agencies=(silent,))}))
    (agency,) = stored(store, report.run(services, MORNING)).agencies
    assert agency.summary[1] == "Tidak ada berita dalam 24 jam; rata-rata 7 hari 42,6 berita sehari."


def test_without_data_there_is_no_report(services: Services) -> None:
    assert report.run(services, MORNING) == ""


def test_a_report_is_written_once(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    path = report.run(services, MORNING)
    before = store.read([path, INDEX])
    store.commit(samples.puts({"views/overview": samples.overview(())}))
    assert report.run(services, MORNING + 5 * HOUR) == path
    assert store.read([path, INDEX]) == before


def test_two_runs_at_once_write_one_report(store: LocalStore, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    samples.fill(store)
    commit = store.commit

    def overtaken(writes: list[Write]) -> list[str]:
        monkeypatch.setattr(store, "commit", commit)
        report.run(services, MORNING)
        return commit(writes)

    monkeypatch.setattr(store, "commit", overtaken)
    with pytest.raises(Conflict):
        report.run(services, MORNING)
    assert report.run(services, MORNING) == "reports/2026-11-25"
    document = store.read([INDEX])[0]
    assert document is not None
    assert len(msgspec.json.decode(document.data, type=ReportIndex).lines) == 1


def test_the_list_keeps_the_newest_thirty_one(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    for day in (3, 1, 2, *range(4, 41)):
        seen = msgspec.structs.replace(samples.overview(), made_at=MORNING + day * DAY)
        store.commit(samples.puts({"views/overview": seen}))
        report.run(services, MORNING + day * DAY)
    document = store.read([INDEX])[0]
    assert document is not None
    dates = [line.date for line in msgspec.json.decode(document.data, type=ReportIndex).lines]
    assert dates == sorted(dates, reverse=True)
    assert (len(dates), dates[0], dates[-1]) == (31, "2027-01-04", "2026-12-05")


def test_the_dashboard_shows_list_and_report(store: LocalStore, services: Services) -> None:
    client = create_app(services, lambda: samples.NOW, 0).test_client()
    assert "Belum ada laporan" in client.get("/laporan").text
    samples.fill(store)
    report.run(services, MORNING)
    store.used.reads = 0
    listed, page = client.get("/laporan").text, client.get("/laporan/2026-11-25").text
    assert store.used.reads == 2
    assert 'href="/laporan/2026-11-25"' in listed
    for words in (
        "KONSEP",
        "Selasa, 24 November 2026, pukul 06.00 WIB",
        "Rabu, 25 November 2026, pukul 05.59 WIB",
        "49%",
        "Tanda dini",
    ):
        assert words in page, words


def hours(store: LocalStore, starts: list[int]) -> None:
    """Hour documents that start then."""
    store.commit([Put(f"hours/0-{at:010d}-{part:02d}", b"x") for at in starts for part in range(2)])


def test_what_has_expired_is_deleted_and_nothing_else(store: LocalStore) -> None:
    now = 100 * DAY
    hours(store, [now - 30 * DAY - n * HOUR for n in range(-3, DELETED_AT_ONCE)])
    assert expire(store, 30, now) == 2 * (DELETED_AT_ONCE - 1)
    left = [name for name, _ in store.scan("hours", "", "z", 1_000)]
    assert left == [f"0-{now - 30 * DAY + n * HOUR:010d}-{part:02d}" for n in range(4) for part in range(2)]
    assert expire(store, 30, now) == 0


def test_numbers_from_before_the_period_make_no_report(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    assert report.run(services, samples.NOW + 3 * DAY) == ""
    assert store.scan("reports", "", "~", 9) == []


def test_pages_of_issues_go_when_they_have_been_idle_so_long(store: LocalStore) -> None:
    store.commit([Put(f"issues/i{day}", b"{}", due_at=day * DAY) for day in range(60)])
    assert expire(store, 30, 29 * DAY) == 30
    assert [name for name, _ in store.scan("issues", "", "~", 100)] == sorted(f"i{day}" for day in range(30, 60))


def test_a_run_expires_by_the_active_configuration(store: LocalStore, services: Services) -> None:
    hours(store, [MORNING - 9 * DAY, MORNING - 7 * DAY])
    report.run(services, MORNING)
    assert len(store.scan("hours", "", "z", 10)) == 4
    activate(store, Config(agencies=(Agency(id="33.99", name="Pemerintah Kabupaten Sagara"),), retention_days=8), MORNING)
    report.run(services, MORNING)
    assert len(store.scan("hours", "", "z", 10)) == 2


def test_a_run_deletes_no_more_than_a_day_allows(store: LocalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.report.expiry.MOST_DELETES", DELETED_AT_ONCE)
    hours(store, [n * HOUR for n in range(DELETED_AT_ONCE)])
    assert expire(store, 30, 100 * DAY) == DELETED_AT_ONCE
    assert expire(store, 30, 100 * DAY) == DELETED_AT_ONCE
