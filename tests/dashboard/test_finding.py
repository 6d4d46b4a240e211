"""Search through the hours that are over, its table, and the complaints."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.dashboard import app
from shared.dashboard.archive import KEPT_SECONDS, MOST_DOCUMENTS, Archive, Span
from shared.dashboard.query import NAMES, Matcher, Query, bounds, read_query
from shared.dashboard.results import PAGE
from shared.deeds import Kept, Mark
from shared.deskview import LaidMarks, Member
from shared.detect.storing.hours import FinishedHour, hour_writes
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Judged, Seconds
from shared.pacing import Buckets
from shared.ports import Put
from tests.dashboard import samples
from tests.dashboard.conftest import Clock, MakeClient
from tests.detect.facts import judged

NOW = samples.NOW
THIS_HOUR: Seconds = NOW - NOW % HOUR
EVIL = '=HYPERLINK("http://jahat.example")<script>alert(1)</script>'


def stored(store: LocalStore, hours_ago: int, facts: Sequence[Judged], issue: str = "") -> None:
    """Write an hour that is over."""
    kept = tuple(Kept(fact, issue, "") for fact in facts)
    store.commit(hour_writes("0", FinishedHour(THIS_HOUR - hours_ago * HOUR, kept)))


def told(title: str, hours_ago: int, tone: str = "negative", outlet: int = 0, **fields: object) -> Judged:
    """A mention of an hour ago."""
    return judged(title, THIS_HOUR - hours_ago * HOUR + 60, tone, outlet, **fields)  # type: ignore[arg-type]


@pytest.fixture
def archive(filled: LocalStore) -> LocalStore:
    """Some hours of a bad week."""
    newest = [told("Jalan poros rusak di Sagara", 1), told("Panen padi Sagara melimpah", 1, "positive", 3)]
    stored(filled, 1, newest, samples.POISONING)
    evil = told(EVIL, 5, "neutral", 2, lead="kabar dari puskesmas")
    stored(filled, 5, [evil, told("Kabar lain tentang tetangga", 5, about=False)])
    stored(filled, 80, [told("Jalan rusak pekan lalu", 80)])
    filled.used.reads = 0
    return filled


@pytest.fixture
def reader(make_client: MakeClient, archive: LocalStore) -> FlaskClient:
    """A client over these hours."""
    return make_client()


def found(reader: FlaskClient, **query: str) -> list[str]:
    """Titles that a search finds."""
    return [hit["item"][1] for hit in json.loads(reader.get("/api/v1/mentions", query_string=query).data)["hits"]]


class TestSearch:
    def test_the_newest_come_first_and_only_what_is_about_an_agency(self, reader: FlaskClient) -> None:
        assert found(reader) == ["Jalan poros rusak di Sagara", "Panen padi Sagara melimpah", EVIL]

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ({"q": "jalan"}, 1),
            ({"q": "SAGARA panen"}, 1),
            ({"q": '"poros rusak"'}, 1),
            ({"q": '"rusak poros"'}, 0),
            ({"q": "puskesmas"}, 1),
            ({"nada": "positive"}, 1),
            ({"nada": "unsure"}, 0),
            ({"media": "muara"}, 0),
            ({"media": "pesisir"}, 1),
            ({"isu": samples.POISONING}, 2),
            ({"jenis": "complaint"}, 0),
            ({"dari": "2026-11-26"}, 0),
            ({"sampai": "2026-11-23"}, 1),
            ({"dari": "2026-11-22", "sampai": "2026-11-22"}, 1),
        ],
    )
    def test_by_words_tone_outlet_issue_kind_and_days(self, reader: FlaskClient, query: dict[str, str], count: int) -> None:
        assert len(found(reader, **query)) == count

    def test_what_went_into_an_issue_is_found_with_it(self, archive: LocalStore, make_client: MakeClient) -> None:
        stored(archive, 4, [told("Jembatan Sagara retak", 4)], "i00000000bb")
        stored(archive, 6, [told("Tebing Sagara longsor", 6)], "i00000000cc")
        view = samples.issue(members=(Member("i00000000bb", "Jembatan", 1),), merged=("i00000000cc",))
        archive.commit(samples.puts({f"issues/{samples.POISONING}": view}))
        titles = found(make_client(), isu=samples.POISONING)
        assert titles[2:] == ["Jembatan Sagara retak", "Tebing Sagara longsor"]
        assert len(titles) == 4

    def test_a_request_reads_at_most_72_hours_and_leads_on(self, reader: FlaskClient, archive: LocalStore) -> None:
        answer = json.loads(reader.get("/api/v1/mentions?q=pekan").data)
        assert (answer["hits"], answer["documents"]) == ([], MOST_DOCUMENTS)
        assert answer["end"] - answer["start"] == MOST_DOCUMENTS * HOUR
        assert archive.used.reads <= MOST_DOCUMENTS + 5
        assert found(reader, q="pekan", sebelum=str(answer["older"])) == ["Jalan rusak pekan lalu"]

    def test_the_page_says_what_it_covered_and_offers_older_ones(self, reader: FlaskClient) -> None:
        page = reader.get("/cari?q=jalan").text
        assert "1 berita ditemukan" in page
        assert "Terbaca: Min 22 Nov 15.00 sampai Rab 25 Nov 15.00" in page
        assert f"sebelum={THIS_HOUR - MOST_DOCUMENTS * HOUR}&amp;q=jalan" in page
        assert f'href="/isu/{samples.POISONING}"' in page

    def test_it_ends_where_the_retention_ends(self, reader: FlaskClient) -> None:
        page = reader.get(f"/cari?q=jalan&sebelum={THIS_HOUR - 29 * DAY}").text
        assert "Sampai akhir masa simpan" in page
        assert "Yang lebih lama" not in page

    def test_without_a_wish_nothing_is_read_but_the_names(self, reader: FlaskClient, archive: LocalStore) -> None:
        page = reader.get("/cari")
        assert page.status_code == 200
        assert archive.used.reads == 2
        assert samples.CARDS[0].name[:40] in page.text

    def test_an_hour_is_read_once_a_while(self, reader: FlaskClient, archive: LocalStore, clock: Clock) -> None:
        for _ in range(2):
            reader.get("/cari?q=jalan")
        reader.get("/cari.csv?q=jalan")
        assert archive.used.reads <= MOST_DOCUMENTS + 7  # what officers said of late, each time
        clock.now += KEPT_SECONDS + 1
        reader.get("/cari?q=jalan")
        assert archive.used.reads > 2 * MOST_DOCUMENTS

    def test_a_hundred_items_are_enough(self, reader: FlaskClient, archive: LocalStore) -> None:
        stored(archive, 2, [told(f"Banjir {number}", 2) for number in range(PAGE + 20)])
        answer = json.loads(reader.get("/api/v1/mentions?q=banjir").data)
        assert (len(answer["hits"]), answer["documents"]) == (PAGE + 20, 2)

    def test_a_table_goes_on_where_a_page_ends_and_says_its_hours(self, reader: FlaskClient, archive: LocalStore) -> None:
        stored(archive, 2, [told(f"Banjir {number}", 2) for number in range(PAGE)])
        stored(archive, 5, [told("Banjir surut", 5)])
        page = reader.get("/cari?q=banjir").text
        assert f"{PAGE} berita ditemukan" in page
        assert page.index("Terbaca:") < page.index("Yang lebih lama") < page.index("Banjir 1")
        answer = reader.get("/cari.csv?q=banjir")
        assert len(answer.text.splitlines()) == PAGE + 2
        assert "kentongan-2026-11-22-15.00-2026-11-25-15.00.csv" in answer.headers["Content-Disposition"]

    def test_a_table_names_issues_that_went_into_another(self, reader: FlaskClient, archive: LocalStore) -> None:
        stored(archive, 2, [told("Tebing longsor", 2)], "i00000000cc")
        earlier = samples.issue(merged_into=samples.POISONING)
        archive.commit(samples.puts({"issues/i00000000cc": earlier}))
        [_, row] = csv.reader(io.StringIO(reader.get("/cari.csv?q=tebing").text.removeprefix("\ufeff")))
        assert row[4] == samples.CARDS[0].name

    def test_without_a_configuration_there_is_nothing_to_find(self, make_client: MakeClient, store: LocalStore) -> None:
        assert found(make_client(), q="jalan") == []


def test_names_for_a_table_are_charged_too(archive: LocalStore, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without reads for them they stay empty: the hours are read by then."""
    for hours, issue in ((2, "i00000000cc"), (3, "i00000000dd")):
        stored(archive, hours, [told(f"Tebing {hours}", hours)], issue)
        archive.commit(samples.puts({f"issues/{issue}": samples.issue(merged_into=samples.POISONING)}))
    name = samples.CARDS[0].name
    for reads, names in ((MOST_DOCUMENTS + 1, ["", ""]), (2 * MOST_DOCUMENTS + 1, [name, name])):
        monkeypatch.setattr(app, "READS_A_DAY", reads)
        client = make_client()
        _, *rows = csv.reader(io.StringIO(client.get("/cari.csv?q=tebing").text.removeprefix("\ufeff")))
        assert [row[4] for row in rows] == names
        assert client.get("/cari?q=tebing").status_code == 429


@pytest.mark.usefixtures("archive")
def test_reads_have_a_daily_bound(clock: Clock, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "READS_A_DAY", MOST_DOCUMENTS)
    client = make_client()
    assert client.get("/cari?q=a").status_code == 200
    refused = client.get("/cari?q=a")
    assert (refused.status_code, 0 < int(refused.headers["Retry-After"]) <= DAY) == (429, True)
    assert json.loads(client.get("/api/v1/mentions?q=a").data) == {"error": "Terlalu banyak permintaan"}
    clock.now += DAY
    assert client.get("/cari?q=a").status_code == 200


def test_the_table_is_the_same_without_formulas(reader: FlaskClient) -> None:
    answer = reader.get("/cari.csv?dari=2026-11-01")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    head, *rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert head[:4] == ["Tanggal", "Media", "Link/Bukti", "Judul"]
    assert [row[3] for row in rows] == ["Jalan poros rusak di Sagara", "Panen padi Sagara melimpah", f"'{EVIL}"]
    assert rows[0][4:8] == [samples.CARDS[0].name, "negatif", "", "Dinas Kesehatan"]


def test_hostile_words_come_back_as_text(reader: FlaskClient) -> None:
    for words in ('"><script>alert(1)</script>', "\u202e", "a" * 10_000, "🥁 العربية", "{{ config }}", "\x00"):
        page = reader.get("/cari", query_string={"q": words, "media": words, "isu": words, "dari": words, "sebelum": words})
        assert page.status_code == 200
        assert "<script" not in page.text
        assert "a" * 301 not in page.text
    assert "<script" not in reader.get("/cari?nada=neutral").text


@given(st.dictionaries(st.sampled_from([*NAMES, "sebelum"]), st.text(max_size=40)))
def test_no_address_is_an_error(args: dict[str, str]) -> None:
    query = read_query(args)
    newest, oldest = bounds(query, samples.ZONE, NOW, 30)
    assert newest <= NOW
    assert newest % HOUR == 0
    assert oldest >= NOW - 30 * DAY - HOUR
    Matcher(query, samples.ZONE)(Kept(told("Jalan", 1), "", ""))
    assert read_query(query.fields()).words == query.words


def test_hours_in_parts_are_read_whole_and_counted(store: LocalStore) -> None:
    stored(store, 1, [told("Satu", 1)])
    [document] = [document for _, document in store.scan("hours", "0-", "0.", 9)]
    name = f"hours/0-{THIS_HOUR - HOUR:010d}-01"
    store.commit([Put(name, document.data)])
    span = Span(THIS_HOUR, THIS_HOUR)
    [hour, *_] = list(Archive(store, lambda: NOW).backwards(THIS_HOUR, THIS_HOUR - 2 * HOUR, span))
    assert (len(hour), span.documents, span.start) == (2, 3, THIS_HOUR - 2 * HOUR)


def test_wide_hours_use_the_reads_up_sooner(store: LocalStore) -> None:
    hours = [THIS_HOUR - back * HOUR for back in range(1, 60)]
    stored(store, 1, [told("Satu", 1)])
    [document] = [document for _, document in store.scan("hours", "0-", "0.", 9)]
    store.commit([Put(f"hours/0-{hour:010d}-{part:02d}", document.data) for hour in hours for part in range(5)])
    span = Span(THIS_HOUR, THIS_HOUR)
    looked = list(Archive(store, lambda: NOW).backwards(THIS_HOUR, 0, span))
    assert (len(looked), span.documents) == (14, 70)
    assert span.start == THIS_HOUR - 14 * HOUR


def test_what_an_officer_said_stands_at_once_also_over_a_remembered_hour(reader: FlaskClient, archive: LocalStore) -> None:
    assert found(reader, nada="positive") == ["Panen padi Sagara melimpah"]
    mention = told("Jalan poros rusak di Sagara", 1).mention.id
    marks = {"tone": Mark(NOW, "a" * 16, "Sari", "positive")}
    archive.commit(samples.puts({"views/marks": LaidMarks(NOW, {mention: marks})}))
    assert found(reader, nada="positive") == ["Jalan poros rusak di Sagara", "Panen padi Sagara melimpah"]
    assert "Jalan poros rusak di Sagara" not in reader.get("/cari.csv?nada=negative").text


def test_a_tone_is_the_one_that_counts(reader: FlaskClient, archive: LocalStore, make_client: MakeClient) -> None:
    """Fact-checks are never negative; where an agency acts, what is negative tells of its work, as long as one looks at it."""
    acting = told("Satpol PP Sagara tertibkan bangunan liar", 4)
    acting = replace(acting, subjects=tuple(replace(one, acts=True) for one in acting.subjects))
    stored(archive, 4, [told("Cek fakta: siswa meninggal di Sagara", 4, kind="factcheck"), acting])
    assert found(reader, nada="neutral", jenis="factcheck") == ["Cek fakta: siswa meninggal di Sagara"]
    assert acting.mention.title in found(reader, nada="positive")
    assert "negatif" not in reader.get("/cari.csv?q=tertibkan").text
    two = told("Satpol PP Sagara bongkar lapak", 7)
    two = replace(two, subjects=(*acting.subjects, replace(two.subjects[0], agency="33.98")))
    stored(archive, 7, [two])
    assert two.mention.title in found(make_client(), nada="negative")
    own = make_client(VIEWER_TOKEN="33.99:kunci")
    own.get("/?token=kunci")
    assert two.mention.title in found(own, nada="positive")


class TestVoices:
    def test_letters_are_counted_by_kind_unit_and_age(self, reader: FlaskClient, archive: LocalStore) -> None:
        letters = [told("Lampu padam", 3, kind="complaint"), told("Kapan air mengalir?", 3, "neutral", kind="complaint")]
        stored(archive, 3, letters)
        stored(archive, 40, [told("Usul jembatan", 40, "neutral", kind="complaint")])
        page = reader.get("/aspirasi").text
        for words in ("Surat warga (3)", "Lampu padam", "Dinas Kesehatan", "umur 3 jam", "1 sampai 3 hari"):
            assert words in page, words

    def test_without_letters_it_says_where_they_come_from(self, reader: FlaskClient) -> None:
        assert "SP4N-LAPOR!" in reader.get("/aspirasi").text


def test_a_limited_viewer_finds_the_own_agency_alone(make_client: MakeClient, archive: LocalStore) -> None:
    other = told("Rahasia tetangga", 4)
    other = replace(other, subjects=(replace(other.subjects[0], agency="33.98"),))
    stored(archive, 4, [other])
    client = make_client(VIEWER_TOKEN="33.99:kunci")
    client.get("/?token=kunci")
    assert "Rahasia tetangga" not in found(client)
    assert len(found(client)) == 3


def test_an_empty_wish_is_empty() -> None:
    assert Query(before=HOUR).empty
    assert not Query(tone="negative").empty


def test_what_was_not_read_is_given_back() -> None:
    reads = Buckets(100, DAY)
    assert reads.wait("", 0, 72) == 0
    reads.give("", 70)
    assert reads.wait("", 0, 72) == 0
    assert reads.wait("", 0, 72) > 0


@pytest.mark.parametrize("issue", [".", "..", "-x", "a/b"])
def test_what_can_be_no_issue_is_no_wish(reader: FlaskClient, issue: str) -> None:
    assert read_query({"isu": issue}).issue == ""
    assert reader.get("/cari", query_string={"isu": issue, "q": "jalan"}).status_code == 200


def test_days_told_the_wrong_way_round_are_put_right() -> None:
    query = read_query({"dari": "2026-11-24", "sampai": "2026-11-20"})
    assert (query.since, query.until) == ("2026-11-20", "2026-11-24")
    assert read_query({"dari": "2026-11-24", "sampai": "kemarin"}).since == "2026-11-24"
