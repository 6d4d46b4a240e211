"""The first paragraphs of an article: what belongs to it, nothing else, out of pages of any quality."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.sources.article import LARGEST_PAGE, lead_of
from shared.sources.contract import LEAD

FIRST = "SAGARA - Puluhan siswa di Lembah Angin dirawat setelah makan siang di sekolah, Selasa (25/11/2025)."
SECOND = "Kepala Dinas Kesehatan Kabupaten Sagara mengatakan sampel makanan sudah dibawa ke laboratorium daerah."
MENU = "Beranda Politik Ekonomi Olahraga Gaya Hidup Teknologi Otomotif Wisata Kuliner Kesehatan Pendidikan"


def page(*parts: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{''.join(parts)}</body></html>".encode()


def test_the_paragraphs_of_the_article() -> None:
    html = page(
        f"<nav><p>{MENU}</p><p>{MENU}</p><p>{MENU}</p></nav>",
        f"<div class=a><p>{FIRST}</p><div class=ad><p>{MENU}</p></div><p>Iklan</p><p>{SECOND}</p>",
        f'<p>Baca juga: <a href="/x">{MENU}</a></p><script>var p = "<p>{MENU}</p>"</script></div>',
        f"<aside><p>{MENU}</p><p>{MENU}</p><p>{MENU}</p></aside><footer><p>{MENU}{MENU}{MENU}</p></footer>",
    )
    assert lead_of(html) == f"{FIRST} {SECOND}"


def test_markup_inside_of_paragraphs_is_text() -> None:
    assert lead_of(page(f"<p><b>SAGARA</b> &amp; \u200b<i>Lembah</i>\n Angin{' kata' * 20}</p>")).startswith(
        "SAGARA & Lembah Angin kata"
    )


def test_the_description_where_there_are_no_paragraphs() -> None:
    head = f'<meta name=description content="Situs berita"><meta property="og:description" content="{FIRST}">'
    assert lead_of(page(f"<div>{SECOND}</div>", head=head)) == FIRST
    assert lead_of(page(f"<nav><p>{MENU}</p></nav>")) == ""


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("windows-1252", "windows-1252"),
        ("iso-8859-1", "windows-1252"),
        ("utf-8", "windows-1252"),
        ("iso-8859-12", "windows-1252"),  # there is none of this name
    ],
)
def test_charsets(charset: str, encoding: str) -> None:
    text = f"Kafé “Sagara” – {FIRST}"
    assert lead_of(f'<meta charset="{charset}"><p>{text}</p>'.encode(encoding)) == text


def test_long_articles_are_cut_at_a_word() -> None:
    lead = lead_of(page(*(f"<p>{SECOND}</p>" for _ in range(50))))
    assert len(lead) <= LEAD
    assert lead.endswith("…")


@pytest.mark.parametrize(
    "html",
    [
        b"",
        b" ",
        b"\x00" * 100,
        b"\xff\xfe<p>",
        b"%PDF-1.7",
        b"<?xml version='1.0' encoding='utf-16'?><html><p>",
        b"<p>" * 600_000,
        b"<div>" * 50_000 + b"<p>" + b"x" * 200,
        b"<p " + b"a=1 " * 200_000,
        b"<!--" * 200_000,
        b"<!DOCTYPE html [<!ENTITY a '" + b"b" * 50_000 + b"'>]><p>&a;&a;</p>",
        "é".encode() * (LARGEST_PAGE // 2 + 1),
    ],
)
def test_hostile_pages_are_bounded(html: bytes) -> None:
    assert len(lead_of(html)) <= LEAD


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "</div>", "<a>", "<meta name=description content=", FIRST, "&", "<", ">", "\x00"]
        )
    )
)
def test_any_page_is_answered(pieces: list[str]) -> None:
    assert "<p>" not in lead_of("".join(pieces).encode())
