"""From a text that is not about an agency to the phrase that will keep such texts out: proposed here, confirmed by an officer."""

from __future__ import annotations

from typing import Final

from shared.phrases import Hit, Tokens
from shared.relevance.cues import lexicon
from shared.relevance.names import Name, Sense

LINKS: Final = frozenset({"di", "ke", "dari", "dan", "oleh", "untuk", "pada", "jadi", "kata", "soal", "warga"})
REACH: Final = 2  # words on either side of a name that may belong to the phrase


def proposal(hit: Hit[Name], text: Tokens) -> str:
    """The words around a name that make another name of it: "Persisa Sagara FC"; empty where there are none, or it is an office.

    These are the capitalised words beside it; where most words are capitalised, or none, only the one before it can be told.
    """
    if hit.key.sense is Sense.OWN:
        return ""
    start, end = hit.start, hit.end
    telling = not text.shouted and sum(word[0].isupper() for word in text.words) < len(text.words) / 2
    if not telling:
        return " ".join(text.words[start - 1 : end]) if start and _belongs(text, start - 1) else ""
    while start > max(0, hit.start - REACH) and _belongs(text, start - 1):
        start -= 1
    while end < min(len(text.words), hit.end + REACH) and _belongs(text, end):
        end += 1
    return " ".join(text.words[start:end]) if (start, end) != (hit.start, hit.end) else ""


def _belongs(text: Tokens, place: int) -> bool:
    """Whether the word at a place may be part of a name."""
    word, small = text.words[place], text.lower[place]
    return small.isalpha() and small not in LINKS and not lexicon().knows(small) and (text.shouted or word[0].isupper())
