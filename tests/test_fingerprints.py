"""What a fingerprint keeps: short, versioned, blind to what outlets add, strict about numbers."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.copies import NEAR_SHARE, numbers_agree
from shared.fingerprints import LEAST_TRIPLES, LONGEST, MOST_OF_TITLE, MOST_TRIPLES, Prints, fingerprint, read

TITLE = "Puskesmas Teluk Kenari kehabisan obat, pasien diminta membeli sendiri di apotek"
LEAD = (
    "Pasien Puskesmas Teluk Kenari mengeluh karena obat dasar habis sejak pekan lalu. "
    "Kepala dinas menyatakan kiriman terlambat dari gudang kabupaten dan akan tiba besok pagi."
)
MANY_WORDS = ["".join(Random(number).choices("abdegiklmnoprstu", k=7)) for number in range(400)]


def parts(title: str, lead: str = "") -> Prints:
    """A text's fingerprint taken apart."""
    found = read(fingerprint(title, lead))
    assert found is not None
    return found


@given(st.text(), st.text())
def test_any_text_has_a_short_readable_fingerprint(title: str, lead: str) -> None:
    data = fingerprint(title, lead)
    assert len(data) <= LONGEST
    assert data == fingerprint(title, lead)
    found = read(data)
    assert found is not None
    assert list(found.triples) == sorted(set(found.triples))


@pytest.mark.parametrize("shown", [f"Video: {TITLE}", f"{TITLE} - Kabar Sagara", TITLE.upper(), f"  {TITLE.replace(',', ' ,')}"])
def test_outlets_additions_and_letter_case_change_nothing(shown: str) -> None:
    assert fingerprint(shown, "") == fingerprint(TITLE, "")


def test_datelines_and_asides_in_the_lead_change_nothing() -> None:
    expected = parts(TITLE, LEAD)
    assert parts(TITLE, f"SAGARA, KABARSAGARA.id - {LEAD}") == expected
    assert parts(TITLE, f"Sagara (SUARA) – {LEAD}\nBaca juga: Pasar ikan Muara Biru dibuka lagi") == expected


def test_asides_in_texts_of_one_line_take_nothing_else_with_them() -> None:
    """The leads of feeds are one line."""
    aside = "Baca juga: Pasar ikan Muara Biru dibuka lagi."
    first, second = LEAD.split(". ")
    assert parts(TITLE, f"{aside} {LEAD}") == parts(TITLE, f"{first}. {aside} {second}") == parts(TITLE, LEAD)
    spring, group = "Sumber air warga Teluk Kenari mengering.", "Keluhan itu beredar di grup WhatsApp warga."
    assert parts(TITLE, f"{spring} {LEAD}") != parts(TITLE, LEAD) != parts(TITLE, f"{group} {LEAD}")


def test_a_dash_inside_a_sentence_is_no_dateline() -> None:
    assert parts(TITLE, f"Kepala puskesmas - dokter muda - {LEAD}") != parts(TITLE, LEAD)


def test_a_title_alone_is_contained_in_the_same_title_with_a_lead() -> None:
    alone, full = parts(TITLE), parts(TITLE, LEAD)
    assert len(full.triples) >= LEAST_TRIPLES
    assert len(set(alone.triples) & set(full.triples)) >= MOST_OF_TITLE


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Rp10.000", "Rp8.000", False),
        ("3 siswa", "30 siswa", False),
        ("Rp10.000", "Rp 10 ribu", True),
        ("tiga siswa", "3 siswa", True),
        ("puluhan siswa", "ratusan siswa", False),
        ("siswa", "3 siswa", True),
        ("3 siswa SDN 2", "3 siswa", True),
        ("3 siswa SDN 2", "30 siswa SDN 2", False),
    ],
)
def test_number_guard(one: str, other: str, agree: bool) -> None:
    assert numbers_agree(parts(f"Keluhan {one}"), parts(f"Keluhan {other}")) is agree


def test_numbers_of_the_text_guard_too() -> None:
    title = "Harga cabai di Pasar Muara Biru hari ini"
    assert not numbers_agree(parts(title, "Harga cabai Rp 60.000"), parts(title, "Harga cabai Rp 75.000"))
    assert numbers_agree(parts(title, "Harga cabai Rp 60.000"), parts(f"{title} Rp 60.000"))
    assert numbers_agree(parts(title, "Harga cabai Rp 60.000"), parts(title))


def test_one_number_in_five_may_differ_where_not_all_are_kept() -> None:
    five, more = "Stok beras 10, jagung 20, cabai 30, bawang 40", "gula 70, garam 80, kopi 90 ton"
    assert not numbers_agree(parts(f"{five}, telur 50 ton"), parts(f"{five}, telur 60 ton"))
    assert numbers_agree(parts(f"{five}, telur 50, {more}"), parts(f"{five}, telur 60 ton"))
    assert not numbers_agree(parts(f"{five}, telur 50, {more}"), parts(f"{five}, telur 60, daging 65 ton"))


def test_a_long_text_keeps_triples_from_all_of_it_up_to_a_limit() -> None:
    whole, half = parts("", " ".join(MANY_WORDS)), parts("", " ".join(MANY_WORDS[:130]))
    assert len(whole.triples) == MOST_TRIPLES
    assert len(half.triples) < MOST_TRIPLES
    assert set(half.triples) <= set(whole.triples)


@given(st.integers(0, 80), st.integers(30, 60))
def test_an_excerpt_keeps_the_triples_of_the_whole_wherever_it_is_cut(start: int, length: int) -> None:
    whole = set(parts("", " ".join(MANY_WORDS[:140])).triples)
    excerpt = set(parts("", " ".join(MANY_WORDS[start : start + length])).triples)
    strangers = excerpt - whole  # of the ends, or filled up
    assert len(excerpt - strangers) >= NEAR_SHARE * len(excerpt)


@pytest.mark.parametrize("data", [b"", b"\x02", b"\x01" + bytes(9), fingerprint(TITLE, "")[:-1], fingerprint(TITLE, "") + b"x"])
def test_what_is_not_ours_is_not_read(data: bytes) -> None:
    assert read(data) is None
