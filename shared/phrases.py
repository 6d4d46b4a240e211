"""Finds many phrases in a text at once: whole words, in time that does not grow with the number of phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Generic, NamedTuple, TypeVar

K = TypeVar("K")

OPENING: Final = 200  # characters of the lead that still say what a text is about

# words, and marks that end a thought: "kata Bupati. Sagara ..." names no Bupati Sagara
_TOKEN: Final = re.compile(r"[^\W_]+|[.!?;:,](?=\s)")
_PLAIN_TOKEN: Final = re.compile(r"[A-Za-z0-9]+|[.!?;:,](?=\s)")  # the same for ASCII, in half the time


class Tokens(NamedTuple):
    """A text cut into words and marks, as written and in lower case; `shouted` where its letters are all of one case."""

    words: list[str]
    lower: list[str]
    shouted: bool


class Hit(NamedTuple, Generic[K]):
    """A phrase that was found: whose it is, and its place in tokens, from start until before end."""

    key: K
    start: int
    end: int

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a token with this place."""
        return self.start < end and start < self.end


def tokens(text: str) -> Tokens:
    """The tokens of a text."""
    words = (_PLAIN_TOKEN if text.isascii() else _TOKEN).findall(text)
    return Tokens(words, [word.lower() for word in words], text.isupper() or text.islower())


class Phrases(Generic[K]):
    """A set of phrases, each with a key. A phrase may have several keys; case counts only where it was added so."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, ...], list[tuple[K, tuple[str, ...] | None]]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}  # by first word, the longest first

    def add(self, phrases: Iterable[str], key: K, exact: bool = False) -> None:
        """Look for these phrases from now on; `exact` ones must also be written in the same case."""
        for phrase in phrases:
            words = tokens(phrase)
            if words.lower:
                place = tuple(words.lower)
                self._keys.setdefault(place, []).append((key, tuple(words.words) if exact else None))
                known = self._lengths.get(place[0], ())
                self._lengths[place[0]] = tuple(sorted({*known, len(place)}, reverse=True))

    def knows(self, word: str) -> bool:
        """Whether a phrase begins with this word, given in small letters."""
        return word in self._lengths

    def find(self, text: Tokens) -> Iterator[Hit[K]]:
        """Hits in order of place; of phrases that start at the same word only the longest."""
        lengths, lower = self._lengths, text.lower
        for start, word in enumerate(lower):
            if word in lengths:
                yield from self._at(text, start, lengths[word])

    def at(self, text: Tokens, start: int) -> list[Hit[K]]:
        """The hits that start at this place, which may be the text's end."""
        lengths = self._lengths.get(text.lower[start], ()) if start < len(text.lower) else ()
        return self._at(text, start, lengths) if lengths else []

    def _at(self, text: Tokens, start: int, lengths: tuple[int, ...]) -> list[Hit[K]]:
        for length in lengths:
            end = start + length
            keys = self._keys.get(tuple(text.lower[start:end]), ())
            hits = [
                Hit(key, start, end)
                for key, exact in keys
                if exact is None or text.shouted or exact == tuple(text.words[start:end])
            ]
            if hits:
                return hits
        return []
