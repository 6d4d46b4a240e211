"""Asides: what stands below all of an outlet's articles is told from what the article says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.asides import is_aside, without_asides, without_dateline

SAID = (
    "Sumber air warga Teluk Kenari keruh sejak Senin.",
    "Polisi menyita 3 sepeda motor.",
    "Warga diminta ikuti kerja bakti membersihkan saluran irigasi.",
    "Dapatkan bantuan, warga bersyukur.",
    "Editor film itu berasal dari Sagara.",
    "Ia dilarang masuk kantor bupati.",
)
ASIDES = (
    "Baca juga: Bupati Lembah Angin lantik pejabat.",
    "Simak berita selengkapnya.",
    "Editor: Rina.",
    "Dapatkan update berita pilihan setiap hari.",
    "Ikuti berita terbaru kami di Google News.",
    "Yuk gabung saluran WhatsApp Kabar Sagara.",
    "The post Air keruh appeared first on Kabar Sagara.",
    "Artikel ini telah tayang di Kabar Sagara.",
    "Dilarang keras mengambil konten tanpa izin.",
    "Hak cipta dilindungi undang-undang.",
)


@pytest.mark.parametrize("sentence", SAID)
def test_what_an_article_says_is_kept(sentence: str) -> None:
    assert not is_aside(sentence)
    assert without_asides(sentence) == sentence


@pytest.mark.parametrize("sentence", ASIDES)
def test_what_it_does_not_say_is_left_out(sentence: str) -> None:
    assert without_asides(sentence) == ""
    assert without_asides(f"{SAID[0]} {sentence} {SAID[1]}") == f"{SAID[0]}\n{SAID[1]}"


@given(st.lists(st.sampled_from(SAID + ASIDES), max_size=12))
def test_only_sentences_are_left_out_and_in_order(sentences: list[str]) -> None:
    assert without_asides(" ".join(sentences)).split() == " ".join(one for one in sentences if one in SAID).split()


@pytest.mark.parametrize("dateline", ["SAGARA, KABAR.id - ", "Sagara (SUARA) – ", "  JAKARTA -- "])
def test_a_dateline_is_left_out(dateline: str) -> None:
    assert without_dateline(dateline + SAID[0]) == SAID[0]


@pytest.mark.parametrize("text", [SAID[0], "Kepala puskesmas - dokter muda - mengeluh", " " * 20_000])
def test_what_is_no_dateline_is_kept(text: str) -> None:
    assert without_dateline(text) == text
