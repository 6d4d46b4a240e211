"""Whether a text is in a language that the tone models read: Indonesian, Javanese, Sundanese or Minangkabau.

Anything else is left unscored, never guessed. A text is judged by the letter triples of its words, and its commonest words: each
adds the logarithm of how much more often these languages use it than others do (language.txt, made by training/language.py).
Only clear evidence speaks against a text: names, acronyms, single words and a loan word or two are no other language.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

PATH: Final = Path(__file__).with_name("language.txt")
FOREIGN: Final = -4.0  # a sum below this (in nats) is another language
UNKNOWN: Final = -1.0  # of a triple that neither side has
STEP: Final = 0.25  # of the numbers in the table
LONGEST: Final = 64  # words looked at, and letters of a word
WORDS: Final = 16_384  # words remembered

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LETTER: Final = re.compile(r"[^\W\d_]")
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")
_VOWEL: Final = re.compile(r"[aeiouy\u00e0-\u024f]")


def supported(text: str) -> bool:
    """Whether the tone of a text can be judged. What has no letters, or mostly others than Latin ones, cannot."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    latin = len(_LATIN.findall(text))
    if not latin or 2 * latin < len(_LETTER.findall(text)):
        return False
    words = _WORD.findall(text.lower())[:LONGEST]
    return len(words) == 1 or sum(map(_weight, words)) >= FOREIGN


def triples(word: str) -> list[str]:
    """The letter triples of a word with a space at both ends."""
    spaced = f" {word} "
    return [spaced[start : start + 3] for start in range(len(spaced) - 2)]


@lru_cache(WORDS)
def _weight(word: str) -> float:
    """How much a word speaks for our languages, or against (negative). Acronyms without a vowel say nothing."""
    word = word.replace("’", "'")[:LONGEST]
    if not _VOWEL.search(word):
        return 0.0
    table = _table()
    whole = table.get(f" {word} ", 0.0) if len(word) > 1 else 0.0
    return whole + sum(table.get(triple, UNKNOWN) for triple in triples(word))


@cache
def _table() -> dict[str, float]:
    """Weights of triples and of whole words (which have a space at both ends), read once."""
    lines = (line.split() for line in PATH.read_text(encoding="utf-8").splitlines())
    return {gram.replace("_", " "): STEP * int(steps) for steps, *grams in lines for gram in grams}
