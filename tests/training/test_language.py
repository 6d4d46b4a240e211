"""The table of languages can be made again."""

from __future__ import annotations

import pytest

from shared.tone.language import PATH
from training import data
from training.data import Row
from training.language import MOST, OURS_SAY, THEIRS_SAY, built, foreign, table, written


def test_triples_and_common_words_speak_for_the_side_that_uses_them() -> None:
    texts = ["yang mengatakan dengan sangat jelas"] * 4
    weights = table(Row(text, "cnbc", "news", ("neutral",), "neutral") for text in texts)
    assert weights["nga"] > 0 > weights["the"]
    assert (weights[" yang "], weights[" the "]) == (OURS_SAY, -THEIRS_SAY)
    assert all(abs(weight) <= MOST for gram, weight in weights.items() if len(gram) == 3)


def test_the_lists_hold_no_word_twice_in_a_language_and_no_common_word_of_ours() -> None:
    words, common = foreign()
    assert len(common) == len(set(common))
    assert not {"yang", "dan", "di", "tidak", "untuk", "warga", "ini"} & words.keys()


def test_a_table_is_written_in_one_order() -> None:
    assert written({" ab": 0.5, "abc": -1.0, " abc ": 0.5}) == "-4 abc\n2 _ab _abc_\n"


def test_the_shipped_table_is_what_the_texts_give() -> None:
    if not data.DATA.is_dir():
        pytest.skip(f"labelled texts are not at {data.DATA}")
    assert built() == PATH.read_text(encoding="utf-8")
