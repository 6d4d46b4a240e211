import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text import JOINERS, cut, one_line, plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Air keruh di Sagara", "Air keruh di Sagara"),
        ("<p>Warga <b>Sagara</b>, mengeluh.</p><p>Sejak Senin</p>", "Warga Sagara, mengeluh. Sejak Senin"),
        ("a<br>b<br/>c", "a b c"),
        ("R&amp;D &ldquo;air&rdquo; &#39;x&#39;&nbsp;y", "R&D “air” 'x' y"),
        ("&lt;p&gt;Isi &amp;amp; lain&lt;/p&gt;", "Isi & lain"),
        ("lihat <script>alert('x')</script> ini <STYLE a=b>p{}</style>saja", "lihat ini saja"),
        ("sebelum <!-- rahasia --> sesudah", "sebelum sesudah"),
        ("sebelum <script>tanpa akhir", "sebelum"),
        ("sebelum <!-- tanpa akhir", "sebelum"),
        ("sebelum <img src='x", "sebelum"),
        ("harga < 5 ribu dan > 3", "harga < 5 ribu dan > 3"),
        ("ke\u200bru\u00adh \u202edibalik\u2069 \ufeffBOM", "keruh dibalik BOM"),
        ("satu\r\n\tdua\x00tiga\x85empat\u2028lima\u00a0enam", "satu dua tiga empat lima enam"),
        ("cafe\u0301", "café"),
        ("<p>Air keruh.</p><p><b>Baca juga: </b><a href='/x'>Bupati Sagara</a></p><p>Warga</p>", "Air keruh. Warga"),
        ("Air keruh.<br>BACA JUGA : Pasar ikan<br/>Warga", "Air keruh. Warga"),
        ("<p>Warga diminta baca juga aturannya.</p>", "Warga diminta baca juga aturannya."),
        ("", ""),
    ],
)
def test_visible_text(html: str, text: str) -> None:
    assert plain(html, 1000) == text


def test_cut_at_a_word() -> None:
    assert cut("air keruh di Sagara", 19) == "air keruh di Sagara"
    assert cut("air keruh di Sagara", 18) == "air keruh di…"
    assert cut("air keruh, di Sagara", 14) == "air keruh…"
    assert cut("x" * 50, 10) == "x" * 9 + "…"


@given(st.text(max_size=2_000), st.integers(1, 400))
def test_one_short_line_of_visible_characters(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert all(c in JOINERS or c == " " or unicodedata.category(c)[0] not in "CZ" for c in line)
    assert one_line(line, limit) == line


def test_one_line_keeps_what_belongs_to_a_text() -> None:
    assert one_line("  Petugas 👩‍🚒 di\n Desa\tÉtienne ", 300) == "Petugas 👩‍🚒 di Desa Étienne"
    assert one_line("air keruh,\u202e di Sagara", 14) == "air keruh…"


@given(st.text(), st.integers(2, 50))
def test_always_one_clean_line_within_the_limit(html: str, limit: int) -> None:
    text = plain(html, limit)
    assert len(text) <= limit
    assert text == text.strip()
    assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in text)
    assert not set(text) & set("\u200b\u200e\u202a\u202e\u2066\u2069\ufeff")


@given(st.text(st.sampled_from("<>!-/ scriptp\"'="), max_size=300))
def test_no_tag_survives(html: str) -> None:
    assert not re.search(r"</?[a-z][^<>]*>", plain(html, 1000))


@pytest.mark.parametrize(
    "piece", ["<", "<p ", "<script>", "<!--", "&lt;", "&amp;", "&#", "</script", "<b", "\u200b", "> ", ">baca juga"]
)
def test_hostile_repetition_is_cheap(piece: str) -> None:
    assert len(plain(piece * 1_000_000, 1000)) <= 1000  # quadratic work on this would outlast any test run
