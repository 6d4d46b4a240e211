"""An extractive summary: at most three sentences, word for word, that say most about an issue and little twice.

A sentence counts by how near it is to the issue's words, how much it says, how early it stands in its text, and how many have
republished that; the next one is chosen by maximal marginal relevance (Carbonell and Goldstein 1998), one of a text at most.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log, sqrt
from typing import Final, NamedTuple

from shared.issues.frequencies import said
from shared.issues.naming import FULL, worth
from shared.issues.sentences import sentences
from shared.words import headline

MOST_SENTENCES: Final = 3
MOST_CANDIDATES: Final = 3  # sentences of one text
RELEVANT: Final = 0.7  # weight of relevance; the rest is for what is new
WHOLE: Final = 8  # words, without stop words, from which a sentence says enough
TOO_ALIKE: Final = 0.6  # share of common words from which a sentence says the same again


class Text(NamedTuple):
    """One text with what is known of it, its headline at least."""

    key: str
    title: str
    lead: str
    at: int
    copies: int  # of this text


class Chosen(NamedTuple):
    """One sentence of a summary."""

    key: str  # of its text
    sentence: str
    of_lead: bool


class _Candidate(NamedTuple):
    text: Text
    sentence: str
    of_lead: bool
    words: frozenset[int]
    score: float


def summarise(texts: Sequence[Text], nearness: Callable[[str], int]) -> list[Chosen]:
    """The sentences, by the time of their texts; `nearness` tells how near a sentence is to the issue, in thousandths."""
    left = [candidate for text in texts for candidate in _candidates(text, nearness)]
    most = max((candidate.score for candidate in left), default=0.0)
    chosen: list[_Candidate] = []
    while left and most and len(chosen) < MOST_SENTENCES:
        best = min(left, key=lambda one: (-_value(one, chosen, most), one.text.at, one.text.key, one.sentence))
        chosen.append(best)
        left = [one for one in left if one.text.key != best.text.key and _alike(one.words, best.words) < TOO_ALIKE]
    return [
        Chosen(one.text.key, one.sentence, one.of_lead) for one in sorted(chosen, key=lambda one: (one.text.at, one.text.key))
    ]


def _candidates(text: Text, nearness: Callable[[str], int]) -> list[_Candidate]:
    """The first sentences of a text's lead; its headline where there are none."""
    found = sentences(text.lead)[:MOST_CANDIDATES]
    candidates = []
    for place, sentence in enumerate(found or [headline(text.title)], 1):
        words, clear = _words(sentence), FULL if found else worth(headline(text.title))
        enough = min(len(words), WHOLE) / WHOLE * clear / FULL
        score = nearness(sentence) * enough * log(2 + text.copies) / sqrt(place)
        candidates.append(_Candidate(text, sentence, bool(found), words, score))
    return candidates


def _value(candidate: _Candidate, chosen: Sequence[_Candidate], most: float) -> float:
    known = max((_alike(candidate.words, other.words) for other in chosen), default=0.0)
    return RELEVANT * candidate.score / most - (1 - RELEVANT) * known


def _words(sentence: str) -> frozenset[int]:
    return frozenset(said(sentence))


def _alike(one: frozenset[int], other: frozenset[int]) -> float:
    """Common words as a share of the shorter sentence's."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
