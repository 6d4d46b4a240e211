"""Segmentation: as the reference tokenizer does it, with the shipped pieces and scores; and what must hold for any text."""

from __future__ import annotations

import gzip
import itertools
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace

from shared.tone.card import vocabulary
from shared.tone.encoder import PATH, session
from shared.tone.pieces import END, HEAD, PAD, SOCIAL, SPACE, STARTS, TAIL, UNKNOWN, Pieces, clean

HEADLINES = Path(__file__).resolve().parents[3] / "shared" / "data" / "news" / "headlines_general_2025.txt.gz"
COMPARED = 6_000
WHO = (
    "Pemkab Sagara",
    "KPK",
    "Warga Teluk Kenari",
    "Bupati Sagara H. Abd. Rosyid",
    "RSUD dr. Karta",
    "Guru honorer",
    "#SagaraBangkit",
)
DOES = (
    "meresmikan",
    "mengeluhkan",
    "dipertanyakan soal",
    "men-survei",
    "takkan menunda",
    "“bantah”",
    "gak ngurusin",
    "\u0622\u0645\u0646",
)
WHAT = (
    "jalan desa",
    "air bersih",
    "Jum'at berkah",
    "e-KTP",
    "Rp 1,5 miliar",
    "zyxqwv",
    "pasar ikan 😡😡",
    "BPNT/PKH",
    "café",
    "\ufb01lm",
)


@cache
def pieces() -> Pieces:
    """The shipped pieces."""
    return Pieces(*shipped())


@cache
def other() -> Pieces:
    """The same pieces with a memory of their own."""
    return Pieces(*shipped())


@cache
def shipped() -> tuple[list[str], list[float]]:
    """Pieces and scores in the model file."""
    found, scores = vocabulary(session(PATH).get_modelmeta().custom_metadata_map)
    return found, list(scores)


@cache
def reference() -> Tokenizer:
    """Hugging Face's tokenizer with the same pieces; the special ones spelt so that no text holds them."""
    names, scores = shipped()
    named = [f"\ue000{number}" if number <= SOCIAL else name for number, name in enumerate(names)]
    tokenizer = Tokenizer(Unigram(list(zip(named, scores, strict=True)), UNKNOWN, False))
    tokenizer.pre_tokenizer = Metaspace(replacement=SPACE, prepend_scheme="always", split=True)
    return tokenizer


def expected(cleaned: str) -> list[int]:
    """Ids as the reference has them, before a long text is cut."""
    ids: list[int] = reference().encode(cleaned, add_special_tokens=False).ids
    return ids


def ours(cleaned: str) -> list[int]:
    """Ids of all words, without start and end."""
    return [number for word in cleaned.split() for number in pieces().word(word)]


def test_real_headlines_are_cut_as_the_reference_cuts_them() -> None:
    if not HEADLINES.is_file():
        pytest.skip(f"headlines are not at {HEADLINES}")
    lines = gzip.decompress(HEADLINES.read_bytes()).decode().splitlines()
    texts = [clean(line) for line in lines[:: len(lines) // COMPARED]]
    assert len(texts) >= 5_000
    assert [text for text in texts if ours(text) != expected(text)] == []


def test_invented_headlines_are_cut_as_the_reference_cuts_them() -> None:
    texts = [clean(" ".join(parts)) for parts in itertools.product(WHO, DOES, WHAT)]
    assert [text for text in texts if ours(text) != expected(text)] == []


@given(st.text(max_size=60))
@example("\u2581")
@example("a\u2581b \u2581")
def test_any_short_text_is_worth_as_much_as_the_reference_says(text: str) -> None:
    """Ties may be broken otherwise, so sums are compared; an unknown piece costs ten more than the worst."""
    scores = [*shipped()[1]]
    cleaned = clean(text)
    scores[UNKNOWN] = min(scores) - 10
    if SPACE in cleaned:  # the reference takes it for a space
        return
    assert sum(scores[n] for n in ours(cleaned)) == pytest.approx(sum(scores[n] for n in expected(cleaned)))


@given(st.text(max_size=1000), st.sampled_from(sorted(STARTS)))
def test_any_text_becomes_at_most_eighty_ids(text: str, domain: str) -> None:
    cleaned = clean(text)
    ids = pieces().ids(cleaned, domain)
    assert ids == other().ids(clean(cleaned), domain)  # whatever else has been asked before
    assert 2 <= len(ids) <= HEAD + TAIL + 2 == 80
    assert (ids[0], ids[-1]) == (STARTS[domain], END)
    assert PAD not in ids
    assert all(0 <= number < len(shipped()[0]) for number in ids)


def test_of_a_long_text_the_middle_is_left_out() -> None:
    words = [f"{word} " for word in ("jalan", "rusak")]
    text = words[0] * 200 + words[1] * 200
    ids = pieces().ids(clean(text), "news")
    assert ids[1 : HEAD + 1] == list(pieces().word("jalan")) * HEAD
    assert ids[-TAIL - 1 : -1] == list(pieces().word("rusak")) * TAIL


def test_case_digits_and_spaces_are_nothing() -> None:
    assert clean("  Rp 12.500\u00a0UNTUK \t Warga２０\n") == "rp . untuk warga"


def test_unknown_neighbours_are_one() -> None:
    assert pieces().word("\ue001\ue002\ue003")[-1] == UNKNOWN
    assert pieces().word("\ue001\ue002\ue003").count(UNKNOWN) == 1
