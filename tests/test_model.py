"""What a tone stands for, and when a headline and its text differ."""

from __future__ import annotations

import pytest

from shared.model import Tone, differ
from shared.tone import load

THIRDS = Tone(1 / 3, 1 / 3, 1 / 3, True, "m")


def test_an_unsure_tone_may_be_negative_by_its_share() -> None:
    assert Tone(0.4, 0.35, 0.25, True, "m").doubt == 0.4
    assert Tone(0.25, 0.35, 0.4, True, "m").doubt == 0.25
    assert Tone(0.7, 0.2, 0.1, False, "m").doubt == 0.0


def test_nothing_is_expected_of_what_is_not_scored() -> None:
    assert (THIRDS.scored, THIRDS.doubt) == (False, 0.0)
    assert Tone(0.34, 0.33, 0.33, True, "m").scored
    assert Tone(1 / 3, 1 / 3, 1 / 3, False, "m").scored


def test_the_shipped_model_leaves_another_language_unscored() -> None:
    english, indonesian = load().tones(["The road is still broken, residents say", "Warga: jalan masih rusak"], "news")
    assert not english.scored
    assert indonesian.scored


@pytest.mark.parametrize(
    ("label", "unsure", "lead", "expected"),
    [
        ("negative", False, "neutral", True),
        ("negative", False, "positive", True),
        ("neutral", False, "negative", True),
        ("positive", False, "negative", True),
        ("positive", False, "neutral", False),
        ("negative", False, "negative", False),
        ("negative", True, "positive", False),
        ("negative", False, "", False),
        ("neutral", False, "", False),
    ],
)
def test_headline_and_text_differ_where_exactly_one_is_surely_negative(
    label: str, unsure: bool, lead: str, expected: bool
) -> None:
    assert differ(label, unsure, lead) is expected
    assert not differ(label, unsure, lead, settled=True)


def test_a_sure_news_tone_has_six_tenths_so_that_what_differs_lies_two_tenths_apart() -> None:
    texts = ["Bupati Sagara buka pameran", "Warga resah, harga naik", "Dinas jelaskan soal jalan", "Pasar Sagara ramai"]
    for tone in load().tones(texts, "news"):
        if not tone.unsure:
            assert max(tone.negative, tone.neutral, tone.positive) >= 0.6
