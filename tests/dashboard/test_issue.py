"""An issue's page: the whole story, what to do next, and a text to pass on."""

from __future__ import annotations

import re

import msgspec
import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from shared.dashboard.chat import chat_text
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Level
from shared.reasons import NO_RELEASE, RECENT
from shared.views import IssueView, Tones
from tests.dashboard import samples
from tests.dashboard.conftest import MakeClient
from tests.dashboard.test_pages import ISSUE, text_of
from tests.dashboard.told import told


def test_small_counts_get_no_percentage(store: LocalStore, make_client: MakeClient) -> None:
    few = samples.card(1, "Isu kecil", Level.NORMAL, Tones(4, 2, 0, 1))
    store.commit(samples.puts({f"issues/{few.id}": samples.issue(card=few)}))
    page = text_of(make_client(), f"/isu/{few.id}")
    assert "<b>4</b> negatif" in page
    assert not re.search(r">\(\d+%\)<", page)


def test_issue_tells_the_whole_story(client: FlaskClient) -> None:
    page = text_of(client, ISSUE)
    for words in (
        "Sudah dimuat media nasional",
        "<b>Naik</b>: WASPADA → <b>SIAGA</b>",
        "media pertama",
        "perlu ditinjau",
        "Dimuat ulang 9 kali: <bdi>",
        "tidak dinilai (bahasa lain)",
        "judul dan isi berbeda: judul netral, isi negatif",
        "19 berita negatif tentang Pemerintah Kabupaten Sagara dalam 3 jam, biasanya 1,2",
        "Tampilkan 13 naskah lainnya",
        'rel="noopener noreferrer nofollow"',
    ):
        assert words in page, words


def test_issue_tells_its_spread_quotes_checks_and_response(client: FlaskClient) -> None:
    page = text_of(client, ISSUE)
    for words in (
        "5 dari 7 media",
        "3 media dalam 23 menit",
        "<bdi>Nusa Harian</bdi>",
        "Indikasi unggahan seragam",
        "menyebut sumbernya",
        "Hanya dari judul berita.",
        "“Kami menanggung semua biaya rawat”",
        "menurut media, bukan kutipan langsung",
        "keliru</span>",
        "yang pertama 5 jam 25 menit setelah isu muncul",
        "82%",
        "Kementerian Kesehatan",
    ):
        assert words in page, words


def test_issue_suggests_steps_and_a_text_for_a_chat(client: FlaskClient, make_client: MakeClient) -> None:
    page = text_of(client, ISSUE)
    for words in (
        "Saat krisis: tanggapi",
        "pastikan fakta kepada Dinas Kesehatan",
        "berita yang judul dan isinya berbeda",
        "*Status isu: SIAGA* · Dinas Kesehatan\n",
        "- Isi: Puluhan siswa SD di Sagara mual usai santap makan siang sekolah (Suara Sagara)",
        "- Pertama: Suara Sagara,",
        "https://wa.me/?text=%2AStatus%20isu%3A%20SIAGA",
    ):
        assert words in page, words
    linked = text_of(make_client(BASE_URL="https://pantau.sagara.example"), ISSUE)
    assert f"https://pantau.sagara.example{ISSUE}</pre>" in linked


@pytest.mark.parametrize(
    ("level", "was", "phase"), [(Level.WASPADA, Level.WASPADA, "Prakrisis"), (Level.NORMAL, Level.SIAGA, "Pascakrisis")]
)
def test_steps_follow_the_phase(store: LocalStore, make_client: MakeClient, level: Level, was: Level, phase: str) -> None:
    change = replace(samples.TRANSITIONS[0], from_level=was, to_level=was)
    view = replace(samples.issue(card=replace(samples.CARDS[0], level=level)), transitions=(change,))
    store.commit(samples.puts({f"issues/{samples.POISONING}": view}))
    assert phase in text_of(make_client(), ISSUE)


def test_steps_build_on_what_has_been_published(store: LocalStore, make_client: MakeClient) -> None:
    view = samples.issue()
    first, later = "sampaikan pernyataan awal dengan empati", "perbarui keterangan yang sudah terbit"
    silent, spoken = replace(view, response=None, duties=()), replace(view, **told(view.items[0]))
    for shown, words, others in ((silent, first, later), (spoken, later, first)):
        store.commit(samples.puts({f"issues/{samples.POISONING}": shown}))
        page = text_of(make_client(), ISSUE)
        assert words in page
        assert others not in page


def test_a_calm_issue_says_so(store: LocalStore, make_client: MakeClient) -> None:
    calm = samples.card(3, "Antrean BBM", Level.NORMAL, Tones(1, 1, 0, 0))
    view = msgspec.structs.replace(samples.issue(card=calm, items=()), why=(), transitions=(), window_hours=0)
    store.commit(samples.puts({f"issues/{calm.id}": view}))
    page = text_of(make_client(), f"/isu/{calm.id}")
    assert "Isu ini belum melampaui yang biasa" in page
    assert "Belum ada perubahan status" in page
    assert "Belum ada berita yang tersimpan" in page


def test_merged_issue_leads_to_the_other(client: FlaskClient) -> None:
    response = client.get(f"/isu/{samples.CARDS[4].id}")
    assert (response.status_code, response.location) == (302, ISSUE)


def test_an_issues_page_tells_its_watchword_and_keeps_its_status(store: LocalStore, make_client: MakeClient) -> None:
    view = samples.issue()
    told = replace(samples.urgent().transitions[0], at=view.transitions[0].at + 60, agency=view.card.agencies[0])
    store.commit(samples.puts({"issues/a": view, "issues/b": replace(view, transitions=(told, *view.transitions))}))
    plain, page = text_of(make_client(), "/isu/a"), text_of(make_client(), "/isu/b")
    assert "<b>Kabar genting</b>" in page
    since, status = r'class="since">.*?</p>', r"Status per instansi.*?</ul>"
    assert all(re.findall(part, page, re.DOTALL) == re.findall(part, plain, re.DOTALL) != [] for part in (since, status))


def then(reason: str, **fields: object) -> IssueView:
    """The poisoning with one more reason for its last change, at 13.20; the page is of 15.26."""
    change = replace(samples.TRANSITIONS[0], reasons=(*samples.REASONS[:1], reason))
    return replace(samples.issue(), transitions=(change, *samples.TRANSITIONS[1:]), why=change.reasons, **fields)


def chat_of(view: IssueView) -> list[str]:
    return chat_text(view, None, "").split("\n")


def test_reasons_stand_below_the_moment_of_which_they_are(client: FlaskClient) -> None:
    for path, words in ((ISSUE, "Saat status naik, 13.20 WIB:"), ("/", "Saat status berubah, 13.20 WIB:")):
        assert f'<p class="reason"><span class="then">{words}</span> <bdi lang="id">' in text_of(client, path)
    assert '<p class="then">Saat status naik, 13.20 WIB:</p>\n<ul class="why" lang="id">' in text_of(client, ISSUE)
    assert '<span class="then">Saat status berubah, 13.20 WIB:</span>' in text_of(client, "/peringatan")
    assert '<span class="then">When the status rose, 13:20 WIB:</span>' in text_of(client, f"{ISSUE}?lang=en")


def test_the_day_is_told_where_it_is_another_one() -> None:
    view = then("x", made_at=samples.NOW + DAY)
    assert "Saat status naik, Rab 25 Nov 13.20 WIB:" in chat_of(view)


def test_a_status_that_fell_says_so() -> None:
    fallen = samples.transition(3, samples.NOW - HOUR, Level.SIAGA, Level.WASPADA)
    assert "Saat status turun, 14.30 WIB:" in chat_of(replace(samples.issue(), transitions=(fallen, *samples.TRANSITIONS)))


def test_a_chat_tells_what_was_then_apart_from_what_is_now() -> None:
    lines = chat_of(then(f"12{RECENT}3 jam sebelumnya 0"))
    now = next(number for number, line in enumerate(lines) if line.startswith("Data per "))
    assert lines.index("Saat status naik, 13.20 WIB:") < lines.index(f"- {samples.REASONS[0]}") < now
    assert lines[now] == "Data per Rabu, 25 November 2026, pukul 15.26 WIB:"
    assert "- 19 berita dalam 3 jam terakhir, 8 dalam 3 jam sebelumnya" in lines[now:]
    assert not any("sebelumnya 0" in line for line in lines)


def test_no_release_is_a_reason_only_while_there_is_none(store: LocalStore, make_client: MakeClient) -> None:
    alone, answered = then(NO_RELEASE), then(NO_RELEASE, response=told(samples.items()[0])["response"])
    store.commit(samples.puts({"issues/a": alone, "issues/b": answered}))
    assert [NO_RELEASE in text_of(make_client(), f"/isu/{one}") for one in "ab"] == [True, False]
    assert [f"- {NO_RELEASE}" in chat_of(view) for view in (alone, answered)] == [True, False]
