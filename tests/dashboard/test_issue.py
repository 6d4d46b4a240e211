"""An issue's page: the whole story, what to do next, and a text to pass on."""

from __future__ import annotations

import re

import msgspec
import pytest
from flask.testing import FlaskClient
from msgspec.structs import replace

from shared.local.store import LocalStore
from shared.model import Level
from shared.views import Tones
from tests.dashboard import samples
from tests.dashboard.conftest import MakeClient
from tests.dashboard.test_pages import ISSUE, text_of


def test_small_counts_get_no_percentage(store: LocalStore, make_client: MakeClient) -> None:
    few = samples.card(1, "Isu kecil", Level.NORMAL, Tones(4, 2, 0, 1))
    store.commit(samples.puts({f"issues/{few.id}": samples.issue(card=few)}))
    page = text_of(make_client(), f"/isu/{few.id}")
    assert "<b>4</b> negatif" in page
    assert not re.search(r">\(\d+%\)<", page)


def test_issue_tells_the_whole_story(client: FlaskClient) -> None:
    page = text_of(client, ISSUE)
    for words in (
        "Ikut dimuat media nasional Nusa Harian",
        "<b>Naik</b>: WASPADA → <b>SIAGA</b>",
        "media pertama",
        "perlu ditinjau",
        "Dimuat ulang 9 kali: <bdi>",
        "tidak dinilai (bahasa lain)",
        "judul dan isi berbeda: judul netral, isi negatif",
        "19 berita negatif dalam 3 jam; biasanya 1,2",
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
        "yang pertama 5 jam setelah isu muncul",
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
