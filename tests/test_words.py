"""Titles, tokens, numbers and stems: one spelling for what readers take for the same."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.words import headline, is_number, stem, term, tokens

PLAIN = "Warga Sagara keluhkan air keruh di Teluk Kenari"


@pytest.mark.parametrize(
    "title",
    [
        PLAIN,
        f"Video: {PLAIN}",
        f"[FOTO] {PLAIN}",
        f"(VIDEO): {PLAIN}",
        f"INFOGRAFIS | {PLAIN}",
        f"{PLAIN} - Kabar Sagara",
        f"{PLAIN} | Suara Muara",
        f"{PLAIN} – kabarsagara.id",
        f"{PLAIN} - Nasional - Kabar Sagara",
        f"  {PLAIN}   - Halaman 2 ",
    ],
)
def test_headline_is_without_what_outlets_add(title: str) -> None:
    assert headline(title) == PLAIN


@pytest.mark.parametrize(
    "title",
    [
        "HOAKS: Bupati Sagara bagi-bagi uang",  # a fact check is not the claim
        "Bupati Sagara: Video itu lama",
        "Jalan Muara Biru putus total - warga minta segera diperbaiki",
        "Rapat DPRD - Kabar Sagara",  # too little would be left
    ],
)
def test_headline_keeps_what_belongs_to_it(title: str) -> None:
    assert headline(title) == title


def test_headline_never_ends_up_empty() -> None:
    assert headline("Video: ") == "Video:"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Rp10.000", "10000"),
        ("Rp 10 ribu", "10000"),
        ("Rp10.000,00", "10000"),
        ("Rp1,3 juta", "1300000"),
        ("2 miliar", "2000000000"),
        ("8,50 persen", "8,5"),
        ("3 siswa", "3"),
        ("tiga siswa", "3"),
        ("puluhan siswa", "20+"),
        ("99999999999999999 ribu", "99999999999999999"),
        ("1.2.3 juta", "1,2,3"),
    ],
)
def test_numbers_have_one_spelling(text: str, number: str) -> None:
    assert [token for token in tokens(text) if is_number(token)] == [number]


def test_tokens_are_lower_case_without_links_and_marks() -> None:
    assert tokens("#Sagara: lapor ke https://contoh.id/x @humas_sagara, KINI") == [
        "sagara",
        "lapor",
        "ke",
        "humas",
        "sagara",
        "kini",
    ]


@pytest.mark.parametrize("word", ["memangkas", "dipangkas", "pangkasnya", "pangkaskan", "pangkaslah", "pangkas"])
def test_stem_is_the_same_for_forms_of_one_word(word: str) -> None:
    assert stem(word) == "pangkas"


@pytest.mark.parametrize(
    ("word", "expected"), [("menyoroti", "soroti"), ("disoroti", "soroti"), ("mengusut", "usut"), ("dinas", "dinas")]
)
def test_stem_takes_common_prefixes_off(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_stop_words_and_single_letters_have_no_term() -> None:
    assert term("yang") == term("the") == term("x") == 0
    assert term("keracunan") != 0


def test_terms_are_the_same_in_every_process() -> None:
    code = "from shared.words import term; print(term('keracunan'))"
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True
        ).stdout
        for seed in ("1", "2")
    }
    assert answers == {f"{term('keracunan')}\n"}


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert all(tokens(text))
    assert headline(text) in " ".join(text.split()) or headline(text) == text.strip()
