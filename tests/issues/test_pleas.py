"""Complaints: what is left of them, and that asking alike in the same places glues nothing together."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import complaints
from benchmarks.grouping import START, precision_recall
from shared.issues.pleas import matter


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Mohon admin Pemkab Sagara, jalan di desa kami rusak parah", "jalan rusak parah"),
        ("Yth Bupati Sagara, lampu jalan padam di RT 05 Kelurahan Baru sejak kemarin", "lampu jalan padam sejak"),
        ("aspal hancur Jalan Melati dekat kantor camat tolong segera diperbaiki", "aspal hancur"),
        ("JALAN RUSAK DI DESA MUARA", "jalan rusak"),
        ("air keruh di Karangwindu, terima kasih", "air keruh"),
        ("keponakan saya muntah di SDN Muara Biru, tolong dicek", "keponakan saya muntah di SDN Muara Biru, dicek"),
        ("obat kosong di puskesmas sudah 2 minggu", "obat kosong di puskesmas sudah"),
        ("terima kasih min", "terima kasih min"),
        ("", ""),
    ],
)
def test_what_is_asked_of_whom_and_where_is_left_out(text: str, left: str) -> None:
    assert matter(text) == left


@given(st.text())
def test_something_is_left_of_any_text(text: str) -> None:
    assert matter(text).strip() or not text.strip()


@pytest.mark.parametrize("count", [100, 400])
def test_complaints_about_ten_matters_stay_apart(count: int) -> None:
    drawn = complaints.drawn(random.Random(1), count)
    groups = complaints.grouped([text for _, text in drawn], START)
    precision, recall = precision_recall(groups, [label for label, _ in drawn])
    assert precision > 0.85
    assert recall > 0.4
