"""Which words moved the tone of a text: leave each one out in turn and ask again.

Leave-one-out needs nothing but the classifier's port, so it explains whatever model answers. Source: Li, Monroe and Jurafsky,
"Understanding Neural Networks through Representation Erasure" (2016).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import Final

from shared.model import Tone
from shared.ports import Classifier

LEAST_PUSH: Final = 0.3  # a word that moves the balance by less did not move the tone
STRONG_PUSH: Final = 1.5
LEAST_SHARE: Final = 1e-4  # keeps the logarithm finite
MOST_WORDS: Final = 60  # of a text are tried; a headline has about eleven


@dataclass(frozen=True)
class Push:
    """A word and how far it moved the balance of positive and negative: below 0 toward negative."""

    word: str
    by: float


@dataclass(frozen=True)
class Explanation:
    """A text's tone and topic, and its words that moved the tone, the strongest first."""

    tone: Tone
    topic: str
    pushes: tuple[Push, ...]


def balance(tone: Tone) -> float:
    """log(positive / negative). Shares would hide what two words say alike: without one of them the tone is as sure as before."""
    return log((tone.positive + LEAST_SHARE) / (tone.negative + LEAST_SHARE))


def explain(text: str, domain: str, classifier: Classifier) -> Explanation:
    """Ask about the text, and about it without each of its first words; raises ValueError for an unknown domain."""
    words = text.split()
    without = [" ".join(words[:place] + words[place + 1 :]) for place in range(min(len(words), MOST_WORDS))]
    whole, *others = classifier.tones([text, *without], domain)
    pushes = (Push(word, balance(whole) - balance(other)) for word, other in zip(words, others, strict=False))
    moved = [push for push in _strongest(pushes) if abs(push.by) >= LEAST_PUSH]
    return Explanation(whole, classifier.topics([text], domain)[0], tuple(moved))


def _strongest(pushes: Iterable[Push]) -> list[Push]:
    """Each word once, with its strongest push; the strongest word first."""
    best: dict[str, Push] = {}
    for push in pushes:
        known = best.get(push.word)
        if known is None or abs(push.by) > abs(known.by):
            best[push.word] = push
    return sorted(best.values(), key=lambda push: (-abs(push.by), push.word))
