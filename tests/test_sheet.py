"""No cell of an exported table is a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.sheet import MARK, STARTS_FORMULA, cell, csv_text


@pytest.mark.parametrize(
    "text",
    ['=HYPERLINK("http://x.example")', "+62812", "-1+1", "@SUM(A1)", "\t=1", " =1", "\r=1", "|calc", "\uff1d1", "\u202e=1"],
)
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    assert cell(text).startswith("'")


def test_plain_texts_and_numbers_stay() -> None:
    text = "Jalan rusak: 3 = banyak"
    assert cell(text) == text
    assert csv_text(["Judul", "Jumlah"], [[text, 3]]) == f'{MARK}"Judul","Jumlah"\r\n"{text}",3\r\n'


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_any_texts_come_back_as_one_row_each(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_text(["a", "b"], rows).removeprefix(MARK))))
    assert read == [["a", "b"], *([cell(one) for one in row] for row in rows)]
    assert not any(value.startswith(STARTS_FORMULA) for row in read for value in row)
