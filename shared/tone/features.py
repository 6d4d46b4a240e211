"""From text to the features that a word table knows: words, negated words, pairs of neighbours.

The same code runs in training and in service, so the two cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

LONGEST: Final = 128  # words looked at: the first sentences carry the tone, and the sums of a table stay inside their lanes

# Letters, with apostrophes inside ("qur'an", "jum'at"). Digits and all else only separate: a figure says nothing by itself.
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LATIN: Final = re.compile(r"[A-Za-z]")

_FORMAL: Final = ("tidak", "tak", "bukan", "belum", "tanpa", "jangan", "tiada", "takkan")
_SPOKEN: Final = ("nggak", "enggak", "gak", "ga", "ndak", "ora", "mboten", "tdk", "blm", "bkn", "jgn")
NEGATIONS: Final = frozenset({*_FORMAL, *_SPOKEN})


def words(text: str) -> list[str]:
    """The first words of a text in lower case; empty where it holds no Latin letter."""
    if not _LATIN.search(text):
        return []
    return _WORD.findall(text.lower().replace("’", "'"))[:LONGEST]


def features(found: Iterable[str]) -> list[str]:
    """One or two features a word: the word, or "!word" right after a negation; and "before word" from the second word on."""
    result: list[str] = []
    before = ""
    for word in found:
        if before:
            result.append(f"!{word}" if before in NEGATIONS else word)
            result.append(f"{before} {word}")
        else:
            result.append(word)
        before = word
    return result
