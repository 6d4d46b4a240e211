"""Verdicts of fact-checkers: as their headlines give them, and none where they only ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.issues.verdicts import claim, verdict

CLAIM = "Video siswa Sagara keracunan nasi kotak"


@pytest.mark.parametrize(
    ("title", "word"),
    [
        (f"[HOAKS] {CLAIM}", "hoaks"),
        (f"[SALAH] {CLAIM}", "salah"),
        (f"(SALAH): {CLAIM}", "salah"),
        (f"[KLARIFIKASI] {CLAIM}", "klarifikasi"),
        (f"[Sebagian Benar] {CLAIM}", "sebagian benar"),
        (f"[Belum Terbukti] {CLAIM}", "belum terbukti"),
        (f"[BENAR] {CLAIM}", "benar"),
        (f"Cek Fakta: {CLAIM} Itu Hoaks", "hoaks"),
        (f"Keliru, {CLAIM}", "keliru"),
        (f"Tidak Benar {CLAIM}", "tidak benar"),
        (f"Cek Fakta: Benarkah {CLAIM}?", ""),
        (f"Cek Fakta Sepekan: Hoaks {CLAIM} | Undian palsu", ""),
        (f"Cek Fakta: {CLAIM}", ""),
        (f"[VIDEO] {CLAIM}", ""),
        ("", ""),
        ("[Cek Fakta] Beredar Video Bupati Ditangkap, Ini Faktanya", ""),
        ("[CEK FAKTA] Hoaks Video Bupati", "hoaks"),
    ],
)
def test_the_verdict_of_a_headline(title: str, word: str) -> None:
    assert verdict(title) == word


@pytest.mark.parametrize("before", ["[HOAKS] ", "(SALAH): ", "Cek Fakta: ", "HOAKS! ", "Cek Fakta: Hoaks ", "", "[Foto Lama] "])
def test_the_claim_of_a_headline(before: str) -> None:
    assert claim(before + CLAIM) == CLAIM


@given(st.text(max_size=120))
def test_a_claim_is_the_end_of_its_headline_and_never_empty(title: str) -> None:
    assert title.endswith(claim(title))
    assert claim(title) or not title
    assert verdict(f"[HOAKS] {title}") == "hoaks"
