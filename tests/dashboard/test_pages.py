"""What the pages say, and how many documents they read."""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec
import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from shared import reasons
from shared.local.store import LocalStore
from shared.model import HOUR, Level
from shared.ports import Document, Put, Retryable
from shared.views import SourcesView, pack, unpack
from tests.dashboard import samples
from tests.dashboard.conftest import Clock, MakeClient

ISSUE = f"/isu/{samples.POISONING}"
VIEWS = ("/", ISSUE, "/peringatan", "/sumber")


def text_of(client: FlaskClient, path: str, status: int = 200) -> str:
    """The page as text; fails on another status."""
    response = client.get(path)
    assert response.status_code == status, response.text
    return response.text


def test_overview_says_what_since_when_and_why(client: FlaskClient) -> None:
    page = text_of(client, "/")
    for words in (
        "Pemerintah Kabupaten Sagara",
        'Status isu: </span><b lang="id">SIAGA</b>',
        "19 berita negatif tentang Pemerintah Kabupaten Sagara dalam 3 jam, biasanya 1,2",
        "Sejak <time",
        "Rabu, 25 November 2026, pukul 13.20 WIB",
        "10 dari 12 sumber bekerja",
        "Konfigurasi versi 4 berlaku sejak",
        "Dinas Kesehatan",
        "14 di antaranya dimuat ulang",
        "19 berita dalam 3 jam terakhir, 8 dalam 3 jam sebelumnya",
        "tanpa data",
    ):
        assert words in page, words


def test_overview_shows_troubled_agencies_first(store: LocalStore, make_client: MakeClient) -> None:
    samples.fill(store, agencies=2)
    page = text_of(make_client(), "/")
    assert page.index("Pemerintah Kabupaten Sagara") < page.index("Perumda Air Minum Tirta Sagara")
    assert "Mengumpulkan data, hari 5 dari 14." in page
    assert "Rata-rata 4 hari sebelumnya" in page


def test_where_nobody_knows_the_status_none_is_shown(store: LocalStore, make_client: MakeClient) -> None:
    samples.fill(store)
    view = samples.overview()
    card = replace(view.agencies[0], level=Level.NORMAL, reason=reasons.overview(0, 1.0, covered=False), unknown=True)
    store.commit(samples.puts({"views/overview": replace(view, agencies=(card,))}))
    page = text_of(make_client(), "/")
    assert "<b>belum dapat dinilai</b>" in page
    assert '<section class="agency unjudged"' in page
    assert "<title>belum dapat dinilai · Pemerintah Kabupaten Sagara" in page
    assert "NORMAL" not in page.split("</h2>")[0]


def test_an_average_needs_a_day_that_was_counted_here(store: LocalStore, make_client: MakeClient) -> None:
    view = samples.overview()
    for counted, shown in ((0.9, ""), (1.2, "Rata-rata 1 hari sebelumnya"), (6.0, "Rata-rata 6 hari sebelumnya")):
        card = replace(view.agencies[0], learning_days=0, days_before=counted)
        store.commit(samples.puts({"views/overview": replace(view, agencies=(card,))}))
        page = text_of(make_client(), "/")
        assert shown in page if shown else "Rata-rata" not in page


def test_an_overview_of_before_opens(store: LocalStore, make_client: MakeClient) -> None:
    old = json.loads(pack(samples.overview()))
    for card in old["agencies"]:
        del card["unknown"], card["days_before"]
    store.commit([Put("views/overview", json.dumps(old).encode())])
    assert '<b lang="id">SIAGA</b>' in text_of(make_client(), "/")


def test_sources_show_trouble_first(client: FlaskClient) -> None:
    page = text_of(client, "/sumber")
    order = [
        page.index(name) for name in ("Kabar Pesisir</bdi>", "Radar Teluk</bdi>", "Jurnal Utara</bdi>", "Berita Dermaga</bdi>")
    ]
    assert order == sorted(order)
    assert "Alamat menjawab halaman HTML, bukan RSS" in page
    assert "Belum ditanya" in page


def test_alerts_tell_who_handles_them(client: FlaskClient) -> None:
    page = text_of(client, "/peringatan")
    for words in ("Masih berlaku (2)", "belum ada yang menangani", "Petugas piket", "tidak perlu", "Kesehatan pengumpul berita"):
        assert words in page, words
    assert page.count("Digabung: isunya berlanjut dalam peringatan lain.") == 1


def test_watchwords_are_listed_without_a_level(store: LocalStore, make_client: MakeClient) -> None:
    store.commit(samples.puts({"views/alerts": replace(samples.alerts(), alerts=(samples.urgent(),))}))
    page = text_of(make_client(), "/peringatan")
    for words in ("Kabar genting (1)", "kabar genting: <bdi>keracunan</bdi>", "Siswa keracunan di Teluk Biru", "Media pertama"):
        assert words in page, words
    assert "Sudah selesai" not in page


def test_about_explains_every_level(client: FlaskClient) -> None:
    page = text_of(client, "/tentang")
    assert all(f'<b lang="id">{level.name}</b>' in page for level in Level)


def test_of_many_agencies_the_most_troubled_are_shown_whole(store: LocalStore, make_client: MakeClient) -> None:
    [card] = samples.overview().agencies
    quiet = [replace(card, id=f"33.{number}", name=f"Kabupaten {number}", level=Level.NORMAL) for number in range(10, 46)]
    store.commit(samples.puts({"views/overview": replace(samples.overview(), agencies=(*quiet, card))}))
    client = make_client()
    page = text_of(client, "/")
    assert page.count('class="status"') == 3
    assert page.index("SIAGA") < page.index("Kabupaten 10")
    assert 'href="/?instansi=33.45"' in page
    one = text_of(client, "/?instansi=33.45")
    assert one.count('class="status"') == 1
    assert "Kabupaten 45" in one
    assert text_of(client, "/?instansi=33.99.X", 404)


@pytest.mark.parametrize("path", ["/", "/peringatan", "/sumber"])
def test_without_data_a_page_says_when_there_will_be_some(make_client: MakeClient, path: str) -> None:
    assert "Belum ada data. Putaran pertama selesai dalam 5 menit." in text_of(make_client(), path)


def test_without_agencies_the_overview_says_what_to_do(store: LocalStore, make_client: MakeClient) -> None:
    store.commit(samples.puts({"views/overview": msgspec.structs.replace(samples.overview(), agencies=())}))
    assert "Belum ada instansi yang dipantau" in text_of(make_client(), "/")


@pytest.mark.parametrize(
    "path", ["/isu/tidak-ada", "/isu/.sembunyi", "/isu/a%2Fb", "/laporan/kemarin", "/laporan/2026-11-24", "/x"]
)
def test_missing_pages_answer_in_indonesian(client: FlaskClient, path: str) -> None:
    assert "Halaman tidak ditemukan" in text_of(client, path, 404)


def test_doubled_slashes_lead_to_the_page(client: FlaskClient) -> None:
    response = client.get("/laporan//2026-11-25")
    assert (response.status_code, response.location) == (308, "http://localhost/laporan/2026-11-25")


def test_pages_are_only_read(client: FlaskClient, filled: LocalStore) -> None:
    writes = filled.used.writes
    assert "hanya untuk dibaca" in client.post("/").text
    for path in VIEWS:
        client.get(path)
    assert filled.used.writes == writes


@pytest.mark.parametrize(
    "path", [*VIEWS, "/cari", "/tentang", "/laporan", "/tidak-ada", "/api/v1/overview", "/umpan/peringatan.atom"]
)
def test_a_page_reads_at_most_three_documents(client: FlaskClient, filled: LocalStore, clock: Clock, path: str) -> None:
    clock.now -= 2 * HOUR
    client.get("/")
    clock.now += 2 * HOUR
    filled.used.reads = 0
    client.get(path)
    assert filled.used.reads <= 3


@pytest.mark.parametrize("path", VIEWS)
def test_a_page_reads_its_documents_once_a_minute(client: FlaskClient, filled: LocalStore, clock: Clock, path: str) -> None:
    # also: which receivers are gone, assignments, names of regions; of an issue, what time it is by the overview
    documents = {"/peringatan": 3, "/sumber": 3, ISSUE: 2}.get(path, 1)
    for _ in range(3):
        client.get(path)
    assert filled.used.reads == documents
    clock.now += 60
    client.get(path)
    assert filled.used.reads == 2 * documents


def test_the_cache_also_remembers_what_is_missing_and_stays_small(client: FlaskClient, filled: LocalStore) -> None:
    client.get("/isu/tidak-ada")
    client.get("/isu/tidak-ada")
    assert filled.used.reads == 1
    for number in range(100):
        client.get(f"/isu/isu-{number}")
    client.get("/isu/tidak-ada")
    assert filled.used.reads == 102


def test_the_cache_can_be_switched_off(filled: LocalStore, make_client: MakeClient) -> None:
    client = make_client(cache_seconds=0)
    client.get("/")
    client.get("/")
    assert filled.used.reads == 2


def test_stale_data_is_called_stale(client: FlaskClient, clock: Clock) -> None:
    assert "Data ini mungkin tertinggal" not in text_of(client, "/")
    clock.now += 2 * HOUR
    assert all("Data ini mungkin tertinggal" in text_of(client, path) for path in VIEWS)


def test_a_quiet_issue_is_as_new_as_the_overview(filled: LocalStore, client: FlaskClient, clock: Clock) -> None:
    clock.now += 5 * HOUR
    view = samples.overview()
    card = view.agencies[0]
    hours = tuple(replace(point, at=point.at + 5 * HOUR, total=0, negative=0) for point in card.hours)
    issues = (replace(card.issues[0], recent=0, before=2), *card.issues[1:])
    now = replace(view, made_at=clock.now, agencies=(replace(card, issues=issues, hours=hours),))
    filled.commit(samples.puts({"views/overview": now}))
    page = text_of(client, ISSUE)
    assert "Data ini mungkin tertinggal" not in page
    assert "0 berita dalam 3 jam terakhir, 2 dalam 3 jam sebelumnya" in page
    assert "20.30</time>" in page.split('class="coverage')[1][:200]
    filled.commit(samples.puts({"views/overview": replace(now, agencies=(replace(card, issues=issues[1:]),))}))
    clock.now += 60
    page = text_of(client, ISSUE)  # not listed: nobody knows what came of late
    assert "dalam 3 jam terakhir, " not in page
    assert "Data ini mungkin tertinggal" not in page


def test_an_issue_is_not_called_normal_where_nobody_knows(store: LocalStore, make_client: MakeClient) -> None:
    samples.fill(store)
    view, calm = samples.overview(), replace(samples.issue(), transitions=(), why=())
    calm = replace(calm, card=replace(calm.card, level=Level.NORMAL))
    blind = replace(view, agencies=tuple(replace(card, level=Level.NORMAL, unknown=True) for card in view.agencies))
    store.commit(samples.puts({"views/overview": blind, f"issues/{samples.POISONING}": calm}))
    page = text_of(make_client(), ISSUE)
    assert page.count("belum dapat dinilai</b>") == 2
    assert "<title>belum dapat dinilai" in page
    assert "NORMAL" not in page.split("<nav")[0]
    assert "NORMAL" not in page.split('class="agency')[1].split("Langkah")[0]


def test_api_hands_out_the_documents_as_stored(client: FlaskClient, filled: LocalStore) -> None:
    for name, path in (("overview", "views/overview"), ("alerts", "views/alerts"), (f"issues/{samples.POISONING}",) * 2):
        response = client.get(f"/api/v1/{name}")
        stored = filled.read([path])[0]
        assert stored is not None
        assert (response.data, response.mimetype) == (stored.data, "application/json")
    assert json.loads(client.get("/api/v1/issues/none").data) == {"error": "Halaman tidak ditemukan"}


def test_health_answers_without_a_read(client: FlaskClient, filled: LocalStore) -> None:
    assert text_of(client, "/healthz") == "ok\n"
    assert filled.used.reads == 0


def test_a_store_that_is_down_is_said_so(
    client: FlaskClient, filled: LocalStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def down(paths: Sequence[str]) -> list[Document | None]:
        raise Retryable("connection refused")

    monkeypatch.setattr(filled, "read", down)
    response = client.get("/")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "Data sedang tidak terbaca" in response.text
    assert "connection refused" in capsys.readouterr().err


def test_a_view_of_another_shape_is_an_error_page(client: FlaskClient, filled: LocalStore) -> None:
    filled.commit([Put("views/overview", b'{"made_at": "kemarin"}')])
    assert "Ada kesalahan di sistem" in text_of(client, "/", 500)


def test_a_view_with_fields_of_a_later_version_still_shows(client: FlaskClient, filled: LocalStore) -> None:
    later = {**json.loads(pack(samples.overview())), "invented_later": 1}
    filled.commit([Put("views/overview", json.dumps(later).encode())])
    assert "SIAGA" in text_of(client, "/")


def test_a_source_that_works_tells_what_is_odd_about_it(make_client: MakeClient, filled: LocalStore) -> None:
    [document] = filled.read(["views/sources"])
    view = unpack(document, SourcesView)
    assert view is not None
    odd = replace(next(line for line in view.sources if line.status == "ok"), problem="Umpan tidak menyebut waktu terbit")
    filled.commit([Put("views/sources", pack(replace(view, sources=(odd,))))])
    page = text_of(make_client(), "/sumber")
    assert page.index("Bekerja") < page.index("Umpan tidak menyebut waktu terbit")


@pytest.mark.parametrize(("condition", "word"), [("late", "Terlambat"), ("dead", "Mati"), ("working", "Bekerja")])
def test_a_source_is_judged_by_its_own_rhythm(filled: LocalStore, make_client: MakeClient, condition: str, word: str) -> None:
    [document] = filled.read(["views/sources"])
    view = unpack(document, SourcesView)
    assert view
    line = replace(next(line for line in view.sources if line.status == "ok"), condition=condition, longest=7200)
    filled.commit([Put("views/sources", pack(replace(view, sources=(line,))))])
    page = text_of(make_client(), "/sumber")
    assert word in page
    assert ("jeda terlama biasanya 2 jam" in page) is (condition != "working")


def test_a_region_that_is_an_agencys_has_its_name(client: FlaskClient, filled: LocalStore) -> None:
    assert "<bdi>Pemerintah Kabupaten Sagara</bdi> (6)" in text_of(client, ISSUE)
    assert "<td>33.99</td>" not in text_of(client, ISSUE)
    [document] = filled.read(["views/sources"])
    view = unpack(document, SourcesView)
    assert view
    filled.commit([Put("views/sources", pack(replace(view, sources=(replace(view.sources[0], region="33.99"),))))])
    page = text_of(client, "/sumber")
    assert page.count("<bdi>Pemerintah Kabupaten Sagara</bdi>") == 2
    assert "33.99" not in page
