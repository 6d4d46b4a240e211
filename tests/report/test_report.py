"""The daily report: its period, its sentences, written once; and what expires."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared import report
from shared.config.active import activate
from shared.config.schema import Agency, Config
from shared.dashboard import create_app
from shared.deskview import Member
from shared.detect.storing.log import Header, pack_header
from shared.detect.storing.parts import pack_part
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Level
from shared.portrait import FactCheck, Quote, Response, Speaker
from shared.ports import Conflict, Put, Write
from shared.report.index import line_of
from shared.report.message import message
from shared.report.period import ending, last_period
from shared.report.record import INDEX, ReportIndex
from shared.report.sentences import proposal
from shared.report.standing import highest
from shared.wiring import Services
from tests.dashboard import samples
from tests.report.conftest import stored
from tests.report.days import MORNING, day_of, file_hours, judged, mentions


def test_the_period_ends_at_six_local() -> None:
    here = last_period(MORNING, "Asia/Jakarta")
    assert (datetime.fromtimestamp(here.start, UTC), datetime.fromtimestamp(here.end, UTC), here.date) == (
        datetime(2026, 11, 23, 23, tzinfo=UTC),
        datetime(2026, 11, 24, 23, tzinfo=UTC),
        "2026-11-25",
    )
    assert last_period(MORNING - 6, "Asia/Jakarta").end == here.end - DAY
    assert last_period(MORNING, "Asia/Jayapura").end == here.end - 2 * HOUR


@given(st.integers(DAY * 365 * 20, 4_000_000_000), st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]))
def test_a_period_is_a_day_that_is_over(now: int, zone: str) -> None:
    period = last_period(now, zone)
    assert period.end <= now < period.end + DAY
    assert period.end - period.start == DAY
    assert period.days_before(1).end == period.start
    assert ending(date.fromisoformat(period.date), zone) == period


def test_a_day_that_is_not_over_has_no_report_yet(store: LocalStore) -> None:
    samples.fill(store)
    file_hours(store, day_of("negative"))
    over = ending(date(2026, 11, 25), "Asia/Jakarta").end
    assert report.write(store, None, over - 1, "2026-11-25") == ""
    assert store.read(["reports/2026-11-25"]) == [None]
    assert report.write(store, None, over, "2026-11-25") == "reports/2026-11-25"


def test_a_handful_is_said_in_counts_alone(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    file_hours(store, day_of("negative", "negative", "negative", "negative", "neutral", "unsure"))
    (agency,) = stored(store, report.run(services, MORNING)).agencies
    assert agency.summary[1] == "4 dari 6 berita negatif, 1 perlu ditinjau (sekitar 1 negatif)."
    assert agency.summary[2].startswith(
        "Isu teratas: Siswa mual usai santap makan siang dari dapur gizi Teluk Biru, 6 berita di 5 media"
    )
    first = agency.issues[0]
    assert first.first_title != first.name
    assert f"; berita pertama dalam periode ini: “{first.first_title}” ({first.first_outlet}, " in agency.summary[2]
    page = create_app(services, lambda: samples.NOW, 0).test_client().get("/laporan/2026-11-25").text
    assert "%" not in page.partition("<article")[2].replace('%">', "")
    assert "karena kurang dari 20 berita" in page


def test_after_a_release_it_is_brought_up_to_date_not_announced(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    file_hours(store, day_of(*["negative"] * 5))
    [line, *_] = stored(store, report.run(services, MORNING)).agencies[0].issues
    for level in (Level.SIAGA, Level.AWAS):
        silent = replace(line, level=level, answered=False, duty=None)
        assert "pernyataan awal" in proposal(silent)
        said = proposal(replace(silent, answered=True))
        assert "perbarui keterangan yang sudah terbit" in said
        assert "pernyataan awal" not in said


def test_twenty_items_have_a_share_and_the_days_before(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    start = last_period(MORNING, "Asia/Jakarta").start
    earlier = mentions(*(judged(1_000 + number, start - DAY + 60 * number, "neutral") for number in range(8)))
    file_hours(store, [*mentions(judged(999, start - 2 * DAY)), *earlier, *day_of(*["negative"] * 5, *["neutral"] * 15)])
    (agency,) = stored(store, report.run(services, MORNING)).agencies
    assert (agency.days, agency.tones_week.total) == (2, 9)
    assert agency.summary[1] == (
        "5 dari 20 berita negatif (25%); rata-rata 2 hari sebelumnya 4,5 berita sehari, 0,5 di antaranya negatif."
    )
    assert agency.issues[0].before == 8


def test_the_level_is_that_of_the_end_of_the_period(store: LocalStore, services: Services) -> None:
    """The samples' alert rises after 06.00, so the report of that morning must not know it; the next one does."""
    samples.fill(store)
    file_hours(store, day_of("negative"))
    (agency,) = stored(store, report.run(services, MORNING)).agencies
    assert (agency.level, agency.summary[0]) == (Level.NORMAL, "Status isu: NORMAL pada akhir periode.")
    assert (agency.later, agency.later_at) == (Level.SIAGA, samples.TRANSITIONS[0].at)
    file_hours(store, mentions(judged(77, samples.NOW)))
    (agency,) = stored(store, report.run(services, MORNING + DAY)).agencies
    assert (agency.level, agency.since, agency.later) == (Level.SIAGA, samples.TRANSITIONS[0].at, None)
    assert agency.summary[0].startswith("Status isu: SIAGA sejak Rabu, 25 November 2026, pukul 13.20 WIB: ")
    assert agency.issues[0].level == Level.SIAGA
    assert agency.advice[0].startswith("Siswa mual usai santap makan siang dari dapur gizi Teluk Biru: minta data kepada")
    assert agency.signs[0].startswith("Siswa mual usai santap makan siang dari dapur gizi Teluk Biru: status SIAGA — ")


@pytest.mark.parametrize(
    ("made_at", "said"),
    [
        (MORNING + DAY, "NORMAL pada akhir periode"),
        (samples.NOW, "belum dapat dinilai; sebagian besar periode ini tanpa data"),
    ],
)
def test_a_day_that_ended_lower_says_how_high_it_was(store: LocalStore, services: Services, made_at: int, said: str) -> None:
    samples.fill(store)
    over = samples.transition(3, samples.NOW + HOUR, Level.SIAGA, Level.NORMAL, change="resolved")
    alerts = replace(samples.alerts(), alerts=(samples.alert(1, Level.NORMAL, transitions=(over, *samples.TRANSITIONS)),))
    store.commit(samples.puts({"views/alerts": alerts, "views/overview": samples.overview(made_at=made_at)}))
    file_hours(store, mentions(judged(77, samples.NOW)))
    (agency,) = stored(store, report.run(services, MORNING + DAY)).agencies
    assert (agency.level, agency.worst) == (Level.NORMAL, Level.SIAGA)
    assert agency.summary[0] == f"Status isu: {said} (tertinggi dalam periode ini SIAGA)."


def test_the_highest_level_of_a_span() -> None:
    fallen = samples.transition(3, samples.NOW, Level.SIAGA, Level.WASPADA)
    raised, opened = samples.TRANSITIONS
    line = samples.alert(1, Level.WASPADA, transitions=(fallen, raised, opened))
    spans = {(0, opened.at): 0, (0, raised.at): 1, (opened.at + 1, raised.at): 1, (raised.at + 1, fallen.at): 2}
    spans |= {(fallen.at, fallen.at + 1): 2, (fallen.at + 1, fallen.at + DAY): 1}
    assert {span: highest([line], "33.99", *span) for span in spans} == spans
    assert highest([line, samples.urgent()], "33.98", 0, samples.NOW) == Level.NORMAL
    withdrawn = replace(line, level=Level.NORMAL, changed_at=fallen.at + HOUR)  # nobody watched its agency for a while
    assert highest([withdrawn], "33.99", fallen.at + 1, fallen.at + DAY) == Level.WASPADA
    assert highest([withdrawn], "33.99", fallen.at + DAY, fallen.at + 2 * DAY) == Level.NORMAL


def test_most_hours_without_data_are_no_quiet_day(store: LocalStore, services: Services) -> None:
    """Collection ended four hours after the period began: what followed is unknown, not normal."""
    samples.fill(store)
    period = last_period(MORNING, "Asia/Jakarta")
    store.commit(samples.puts({"views/overview": samples.overview(made_at=period.start + 4 * HOUR)}))
    file_hours(store, day_of("neutral"))
    made = stored(store, report.run(services, MORNING))
    (agency,) = made.agencies
    assert (agency.level, agency.silent_hours, agency.hours, agency.unknown) == (Level.NORMAL, 20, 24, True)
    assert agency.summary[0] == "Status isu: belum dapat dinilai; sebagian besar periode ini tanpa data."
    assert agency.advice[-1].startswith("Periksa pengumpul berita")
    text = message(made, "")
    assert "Status isu: belum dapat dinilai" in text
    assert "20 dari 24 jam tanpa data karena pengumpul belum atau tidak bekerja" in text
    client = create_app(services, lambda: samples.NOW, 0).test_client()
    assert "NORMAL</" not in client.get("/laporan/2026-11-25").text.partition("Isu teratas")[0]
    assert line_of(made).unknown
    part = replace(agency, silent_hours=9, until_at=agency.from_at + 17 * HOUR - 60)
    assert "9 dari 17 jam tanpa data" in message(replace(made, agencies=(part,)), "")
    assert part.unknown
    assert not replace(part, level=Level.WASPADA).unknown


def test_what_became_of_yesterdays_issues(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    file_hours(store, mentions(judged(77, samples.NOW), judged(78, samples.NOW + 60)))
    report.run(services, MORNING + DAY)
    file_hours(store, mentions(judged(79, samples.NOW + DAY)))
    store.commit(samples.puts({"views/overview": samples.overview(made_at=MORNING + 2 * DAY)}))
    (agency,) = stored(store, report.run(services, MORNING + 2 * DAY)).agencies
    assert agency.followup[0] == (
        "Siswa mual usai santap makan siang dari dapur gizi Teluk Biru: tetap SIAGA; 2 berita kemarin, 1 berita dalam periode "
        "ini; belum ada yang menandai menangani."
    )


def test_how_the_agency_has_answered_is_told(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    answered = Response((), 2, 1, 3 * HOUR, 40, 31, 12, 2, 24, 9)
    store.commit(samples.puts({f"issues/{samples.POISONING}": replace(samples.issue(), response=answered)}))
    file_hours(store, day_of("negative"))
    (agency,) = stored(store, report.run(services, MORNING)).agencies
    assert agency.responses == (
        "Siswa mual usai santap makan siang dari dapur gizi Teluk Biru: 2 siaran pers, yang pertama 3 jam sesudah berita "
        "pertama; 31 dari 40 berita negatif dalam 24 jam sebelumnya, 2 dari 12 dalam 9 jam sesudahnya.",
    )


def test_who_speaks_and_what_misleads_comes_from_the_issues(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    start = last_period(MORNING, "Asia/Jakarta").start
    said = [
        Quote(words, who, direct, "m", "Warta", "https://warta.example/1", at)
        for words, who, direct, at in (
            ("Lama", "Bupati Sagara", True, 1),
            ("Maaf", "Bupati Sagara", True, start),
            ("Minta Maaf, Sarapan Dihentikan", "Kepala Dinas", False, start),
        )
    ]
    check = FactCheck(samples.item(9, start, "[SALAH] Murid meninggal", "Saring Kabar"), "hoaks")
    view = replace(
        samples.issue(),
        speakers=(Speaker("Bupati Sagara", 12, 5), Speaker("Kepala Dinas", 3, 2)),
        quotes=tuple(said),
        factchecks=(check, replace(check, item=samples.item(8, 1, "Lama", "x"))),
    )
    store.commit(samples.puts({f"issues/{samples.POISONING}": view}))
    file_hours(store, day_of("negative"))
    (agency,) = stored(store, report.run(services, MORNING)).agencies
    speaker, told = agency.speakers
    assert (speaker.name, speaker.items, speaker.quote) == ("Bupati Sagara", 12, "Maaf")
    assert (speaker.direct, told.direct) == (True, False)
    [misleading] = agency.misleading
    assert (misleading.title, misleading.verdict, misleading.issue) == ("Murid meninggal", "hoaks", samples.POISONING)
    page = create_app(services, lambda: samples.NOW, 0).test_client().get("/laporan/2026-11-25").text
    for words in ("Narasumber teratas", "dalam 12 berita di 5 media", "dinilai hoaks"):
        assert words in page, words
    shown = re.sub(r"<[^>]+>", "", page)
    assert "dalam 12 berita di 5 media: “Maaf” (Warta)" in shown
    assert "dalam 3 berita di 2 media, menurut media: Minta Maaf, Sarapan Dihentikan (Warta)" in shown, "nobody's own words"


def test_an_issue_that_was_merged_is_counted_with_its_heir(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    start = last_period(MORNING, "Asia/Jakarta").start
    file_hours(store, [*mentions(judged(1, start)), *mentions(judged(2, start + 60), issue=samples.CARDS[4].id)])
    (agency,) = stored(store, report.run(services, MORNING)).agencies
    [line] = agency.issues
    assert (line.id, line.tones.negative, line.parts) == (samples.POISONING, 2, (samples.POISONING, samples.CARDS[4].id))


def test_issues_that_officers_joined_are_one_line(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    view = samples.issue(members=(Member("i00000000bb", "Jembatan", 1),), merged=("i00000000cc",))
    store.commit(samples.puts({f"issues/{samples.POISONING}": view}))
    start = last_period(MORNING, "Asia/Jakarta").start
    filed = {2: "i00000000bb", 3: "i00000000cc"}
    others = [one for number, id in filed.items() for one in mentions(judged(number, start + 60 * number), issue=id)]
    file_hours(store, [*mentions(judged(1, start)), *others])
    (agency,) = stored(store, report.run(services, MORNING)).agencies
    [line] = agency.issues
    assert (line.id, line.tones.negative, line.parts) == (samples.POISONING, 3, (samples.POISONING, *filed.values()))


def test_what_arrives_late_is_counted_by_a_second_run_and_nothing_else_changes_it(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    file_hours(store, day_of("negative", "neutral"))
    path = report.run(services, MORNING)
    before = store.read([path, INDEX])
    store.commit(samples.puts({"views/overview": samples.overview(())}))
    file_hours(store, mentions(judged(50, MORNING + 100)))  # of the next period
    assert report.run(services, MORNING + 2 * HOUR) == path
    assert store.read([path, INDEX]) == before
    late = judged(51, MORNING + 200, "negative")
    late = replace(late, mention=replace(late.mention, published_at=MORNING - HOUR))
    file_hours(store, mentions(judged(50, MORNING + 100), late))
    report.run(services, MORNING + 3 * HOUR)
    again = stored(store, path)
    assert (again.edition, again.agencies[0].tones_day.negative) == (2, 2)


def test_a_final_report_stays_as_it_is(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    file_hours(store, day_of("negative"))
    path = report.run(services, MORNING)
    final = replace(stored(store, path), state="final", approved_by="Rara Anggani", approved_at=MORNING + 600)
    store.commit([Put(path, msgspec.json.encode(final))])
    file_hours(store, day_of("negative", "negative"))
    assert report.run(services, MORNING + HOUR) == path
    assert stored(store, path) == final
    page = create_app(services, lambda: samples.NOW, 0).test_client().get("/laporan/2026-11-25").text
    assert "KONSEP" not in page
    assert "disetujui Rara Anggani" in page


def test_the_hour_in_progress_counts_too(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    [kept] = mentions(judged(1, MORNING - 600))
    header = Header(parts={"kept-000": "0-1-kept-000"})
    store.commit([Put("state/0", pack_header(header)), Put("snapshots/0-1-kept-000", pack_part([kept]))])
    assert stored(store, report.run(services, MORNING)).agencies[0].tones_day.negative == 1
    file_hours(store, [kept])  # filed meanwhile: not counted twice
    report.run(services, MORNING + HOUR)
    assert stored(store, "reports/2026-11-25").agencies[0].tones_day.negative == 1


def test_a_report_says_whether_texts_were_read(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    start = last_period(MORNING, "Asia/Jakarta").start
    file_hours(store, mentions(judged(1, start, lead=""), judged(2, start, lead="")))
    report.run(services, MORNING)
    client = create_app(services, lambda: samples.NOW, 0).test_client()
    assert "Isi berita tidak diambil: sentimen dinilai dari judul." in client.get("/laporan/2026-11-25").text
    file_hours(store, mentions(judged(1, start, lead=""), judged(2, start)))
    report.run(services, MORNING)
    assert "Isi 1 dari 2 berita terbaca" in client.get("/laporan/2026-11-25").text


def test_an_agency_in_another_zone_has_its_own_six_oclock(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    activate(store, Config(agencies=(Agency(id="33.99", name="Kabupaten Sagara", zone="Asia/Jayapura"),)), 1)
    report.run(services, MORNING)
    (agency,) = stored(store, "reports/2026-11-25").agencies
    assert (agency.zone, agency.until_at) == ("Asia/Jayapura", stored(store, "reports/2026-11-25").until_at - 2 * HOUR)


def test_watchwords_of_the_period_are_listed(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    here = last_period(MORNING, "Asia/Jakarta")
    start, end = here.start, here.end
    [told] = samples.urgent().transitions
    once = [samples.urgent(id=f"w{at}", transitions=(replace(told, at=at),)) for at in (end - 1, end)]
    again = samples.urgent(transitions=(replace(told, id="w-2", at=start), replace(told, at=start - 1)))
    view = replace(samples.alerts(), alerts=(*once, again, *samples.alerts().alerts))
    store.commit(samples.puts({"views/alerts": view}))
    (agency,) = stored(store, report.run(services, MORNING)).agencies
    assert [one.at for one in agency.urgent] == [start, end - 1]
    assert agency.urgent[0].sentence == 'Kata "keracunan": Siswa keracunan di Teluk Biru'


def test_without_data_there_is_no_report(services: Services) -> None:
    assert report.run(services, MORNING) == ""


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
        seen = replace(samples.overview(), made_at=MORNING + day * DAY)
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
        "Tidak ada isu.",
        "Selasa, 24 November 2026, pukul 06.00 WIB",
        "Rabu, 25 November 2026, pukul 05.59 WIB",
        "Tanda dini",
    ):
        assert words in page, words


def test_numbers_from_before_the_period_make_no_report(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    assert report.run(services, samples.NOW + 3 * DAY) == ""
    assert store.scan("reports", "", "~", 9) == []


def test_the_archive_has_a_list_for_each_month(store: LocalStore, services: Services) -> None:
    samples.fill(store)
    for day in (0, 1, 10):
        store.commit(samples.puts({"views/overview": samples.overview(made_at=MORNING + day * DAY)}))
        report.run(services, MORNING + day * DAY)
    client = create_app(services, lambda: samples.NOW, 0).test_client()
    assert 'href="/laporan/arsip/2026-12"' in client.get("/laporan").text
    november = client.get("/laporan/arsip/2026-11").text
    assert "November 2026" in november
    assert 'href="/laporan/2026-11-26"' in november
    assert 'href="/laporan/2026-12-05"' not in november
    assert [client.get(f"/laporan/arsip/{month}").status_code for month in ("2026-12", "2026-10", "2026-13", "x")] == [
        200,
        404,
        404,
        404,
    ]
