"""The linear part of the tone model: words and pairs of words, with their own weights for news and for social media."""

from __future__ import annotations

from functools import cache
from math import sqrt
from pathlib import Path
from typing import Final

from shared.tone.features import features, words
from shared.tone.table import WordTable, read

PATH: Final = Path(__file__).with_name("linear.bin")
DOMAINS: Final = ("news", "social")
LABELS: Final = ("negative", "neutral", "positive")


class Linear:
    """Sums of word weights; see docs/model-card.md.

    logit(c) = bias(c) + scale(c) * sum of weights(c) / sqrt(number of words); the temperature is part of scale and bias.
    """

    def __init__(self, table: WordTable) -> None:
        """`table` has a class for each domain and label ("news negative", ...)."""
        self._table = table

    def logits(self, text: str, domain: str) -> tuple[float, float, float]:
        """Calibrated logits of negative, neutral and positive; all zero where no word is known. Domain: one of DOMAINS."""
        found = words(text)
        known, sums = self._table.sums(features(found))
        if not known:
            return 0.0, 0.0, 0.0
        table, root, start = self._table, sqrt(len(found)), DOMAINS.index(domain) * len(LABELS)
        first, second, third = (table.biases[i] + table.scales[i] * sums[i] / root for i in range(start, start + len(LABELS)))
        return first, second, third


@cache
def load() -> Linear:
    """The shipped model, read once a process."""
    return Linear(read(PATH))
