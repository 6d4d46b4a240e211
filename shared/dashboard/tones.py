"""Counts of tones as a bar and in words: counts before percentages, and no percentage of a handful."""

from __future__ import annotations

from dataclasses import dataclass

from shared.dashboard.language import INDONESIAN, Language
from shared.reasons import TONES, UNSCORED, UNSURE
from shared.views import Tones


@dataclass(frozen=True, slots=True)
class Part:
    """One tone of a bar; x and width in percent of the bar."""

    key: str
    word: str
    count: int
    x: float
    width: float


def parts(tones: Tones, language: Language = INDONESIAN) -> list[Part]:
    """The five parts of a bar, from the left, negative first."""
    counts = (
        ("negative", TONES["negative"], tones.negative),
        ("neutral", TONES["neutral"], tones.neutral),
        ("positive", TONES["positive"], tones.positive),
        ("unsure", UNSURE, tones.unsure - tones.unscored),
        ("unscored", UNSCORED, tones.unscored),
    )
    out, left = [], 0.0
    for key, word, count in counts:
        width = round(100 * count / tones.total, 2) if tones.total else 0.0
        out.append(Part(key, language.text(word), count, round(left, 2), width))
        left += width
    return out
