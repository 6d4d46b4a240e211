"""Credits: whom a text names as its source, and nobody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.issues.credits import credit_of, same_outlet

KNOWN = ("Kabar Muara", "Kabar Sagara")


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Bupati meninjau pasar. (ant)", "Antara"),
        ("Bupati meninjau pasar (ANT/red).", "Antara"),
        ("Dikutip dari Kabar Muara, bupati meninjau pasar", "Kabar Muara"),
        ("Melansir laman kabarmuara.id, Senin, pasar terbakar", "Kabar Muara"),
        ("dilansir dari Kabar Sagara Selasa (3/11), pasar terbakar", "Kabar Sagara"),
        ("seperti dikutip Pesisirnews.com Rabu", "Pesisirnews.com"),
        ("mengutip Reuters, harga naik", "Reuters"),
        ("Dikutip dari Rahmat Hidayat, warga desa", ""),
        ("mengutip akun Instagram pribadinya", ""),
        ("mengutip pernyataan bupati", ""),
        ("Biaya dikutip dari pedagang", ""),
        ("Bupati meninjau pasar (antre)", ""),
        ("", ""),
    ],
)
def test_only_outlets_are_credited(text: str, credit: str) -> None:
    assert credit_of(text, KNOWN) == credit


def test_spellings_of_one_outlet() -> None:
    assert same_outlet("Kabar Muara", "kabarmuara.co.id")
    assert same_outlet("detikcom", "detik.com")
    assert not same_outlet("Kabar Muara", "Kabar Sagara")
    assert not same_outlet("", "-")


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text: str) -> None:
    assert len(credit_of(f"dikutip dari {text}", KNOWN)) <= len(text) + 20
