"""What a fingerprint keeps: short, versioned, blind to what outlets add, strict about numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.fingerprints import LONGEST, MOST_OF_TITLE, MOST_TRIPLES, Prints, fingerprint, numbers_agree, read

TITLE = "Puskesmas Teluk Kenari kehabisan obat, pasien diminta membeli sendiri di apotek"
LEAD = (
    "Pasien Puskesmas Teluk Kenari mengeluh karena obat dasar habis sejak pekan lalu. "
    "Kepala dinas menyatakan kiriman terlambat dari gudang kabupaten dan akan tiba besok pagi."
)


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


def test_a_dash_inside_a_sentence_is_no_dateline() -> None:
    assert parts(TITLE, f"Kepala puskesmas - dokter muda - {LEAD}") != parts(TITLE, LEAD)


def test_a_title_alone_is_contained_in_the_same_title_with_a_lead() -> None:
    alone, full = parts(TITLE), parts(TITLE, LEAD)
    assert len(full.triples) == MOST_TRIPLES
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


def test_numbers_of_the_lead_guard_where_the_title_has_none() -> None:
    title = "Harga cabai di Pasar Muara Biru hari ini"
    assert parts(title, "Harga cabai Rp 60.000").of_lead
    assert not numbers_agree(parts(title, "Harga cabai Rp 60.000"), parts(title, "Harga cabai Rp 75.000"))
    assert numbers_agree(parts(title, "Harga cabai Rp 60.000"), parts(f"{title} naik 5 persen"))


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x02" + bytes(9), fingerprint(TITLE, "")[:-1], fingerprint(TITLE, "") + b"x"])
def test_what_is_not_ours_is_not_read(data: bytes) -> None:
    assert read(data) is None
