"""Which words moved a tone, with a classifier whose words are known."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.explain import LEAST_PUSH, MOST_WORDS, explain
from shared.model import Tone

PUSHES = {"keluhkan": -0.5, "puji": 0.4, "rusak": -0.2}


class Counting:
    """Sums the pushes of the words it knows."""

    name = "counting-1"

    def tones(self, texts: Sequence[str], domain: str) -> list[Tone]:
        if domain not in ("news", "social"):
            raise ValueError(domain)
        return [_tone(sum(PUSHES.get(word, 0.0) for word in text.split())) for text in texts]

    def topics(self, texts: Sequence[str], domain: str) -> list[str]:
        return ["I"] * len(texts)


def _tone(value: float) -> Tone:
    value = max(-1.0, min(1.0, value))
    return Tone(0.45 * (1 - value), 0.1, 0.45 * (1 + value), False, "counting-1")


def test_the_strongest_word_comes_first() -> None:
    found = explain("warga keluhkan jalan rusak", "news", Counting())
    assert [push.word for push in found.pushes] == ["keluhkan", "rusak"]
    assert all(push.by < 0 for push in found.pushes)
    assert found.tone.label == "negative"
    assert found.topic == "I"


def test_words_of_both_directions() -> None:
    found = explain("warga puji petugas dan keluhkan jalan", "news", Counting())
    assert {push.word: push.by > 0 for push in found.pushes} == {"puji": True, "keluhkan": False}


def test_a_word_twice_is_named_once() -> None:
    found = explain("rusak dan rusak", "news", Counting())
    assert [push.word for push in found.pushes] == ["rusak"]


def test_an_unknown_domain_is_refused() -> None:
    with pytest.raises(ValueError, match="radio"):
        explain("apa saja", "radio", Counting())


@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    found = explain(text, "social", Counting())
    assert len(found.pushes) <= MOST_WORDS
    assert all(abs(push.by) >= LEAST_PUSH for push in found.pushes)
    assert {push.word for push in found.pushes} <= set(text.split())
