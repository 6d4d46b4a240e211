"""The linear part of the tone model: linear over words and pairs of words, with its own weights for news and for social media."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from math import exp, sqrt
from pathlib import Path
from typing import Final

from shared.model import Tone
from shared.tone.features import features, words
from shared.tone.table import WordTable, read

PATH: Final = Path(__file__).with_name("linear.bin")
DOMAINS: Final = ("news", "social")
LABELS: Final = ("negative", "neutral", "positive")
CACHE: Final = 4096  # texts: a round's republished headlines are judged once
LEAST_KNOWN: Final = 1 / 3  # share of known words under which a text is hardly Indonesian


class LinearTone:
    """Implements `ports.Classifier`: calibrated probabilities from sums of word weights; see docs/model-card.md.

    logit(c) = bias(c) + scale(c) * sum of weights(c) / sqrt(number of words); the temperature is part of scale and bias.
    """

    def __init__(self, table: WordTable) -> None:
        """`table` has a class for each domain and label ("news negative", ...) and a limit "sure" for each domain."""
        self.name = table.name
        self._table = table
        self._remembered = lru_cache(CACHE)(self._judge)

    def tones(self, texts: Sequence[str], domain: str) -> list[Tone]:
        """One Tone a text, same order; domain is "news" or "social", else ValueError."""
        start = self._start(domain)
        return [self._remembered(text, start) for text in texts]

    def _start(self, domain: str) -> int:
        """Index of the first class of a domain."""
        if domain not in DOMAINS:
            raise ValueError(f"unknown domain {domain!r}; use news or social")
        return DOMAINS.index(domain) * len(LABELS)

    def logits(self, text: str, domain: str) -> tuple[float, float, float]:
        """Calibrated logits of negative, neutral and positive; all zero where no word is known."""
        found = words(text)
        known, sums = self._table.sums(features(found))
        if not known:
            return 0.0, 0.0, 0.0
        table, root, start = self._table, sqrt(len(found)), self._start(domain)
        first, second, third = (table.biases[i] + table.scales[i] * sums[i] / root for i in range(start, start + len(LABELS)))
        return first, second, third

    def _judge(self, text: str, start: int) -> Tone:
        """The tone of one text."""
        found = words(text)
        given = features(found)
        domain = DOMAINS[start // len(LABELS)]
        logits = self.logits(text, domain)
        if not any(logits):
            return Tone(1 / 3, 1 / 3, 1 / 3, True, self.name)
        top = max(logits)
        raised = [exp(logit - top) for logit in logits]
        total = sum(raised)
        sure = 1 / total >= self._table.limits[f"sure {domain}"]
        foreign = sum(feature in self._table for feature in given if " " not in feature) < LEAST_KNOWN * len(found)
        return Tone(raised[0] / total, raised[1] / total, raised[2] / total, foreign or not sure, self.name)


@cache
def load() -> LinearTone:
    """The shipped model, read once a process."""
    return LinearTone(read(PATH))
