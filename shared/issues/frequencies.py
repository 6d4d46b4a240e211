"""How many texts hold each word, and from that the weights of a text's words: between TF-IDF and its square, in whole numbers.

Whole numbers because a state that is packed and unpacked must be the same to the last bit: weights are rounded once, when a text
becomes a vector, and are only added afterwards. The logarithm is Mitchell's approximation: exact at powers of two, at most 0.09
too low between them.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import isqrt
from typing import Final

from shared.asides import without_asides
from shared.ports import Permanent
from shared.words import term, tokens

MOST_WORDS: Final = 60_000
LEAD_WORDS: Final = 100
UNIT: Final = 1000  # mass of a text: the sum of its weights
LEAST_WEIGHT: Final = 12  # of a word that is in nearly all texts, in 1/256 of a doubling
IMAGINED: Final = 8  # texts without any word, so that what the very first real ones say is neither rare nor in all of them
FLOOR: Final = 500  # as if each text had one more word, of this weight and its own: few and common words say little

Vector = dict[int, int]  # hash of a word (`words.term`) -> weight

_HEAD: Final = struct.Struct("<BQI")
_VERSION: Final = 1


class Frequencies:
    """Counts of at most 60,000 words; when there are more, all counts are halved and what falls to zero is dropped."""

    def __init__(self) -> None:
        """Start with no text."""
        self.texts = 0
        self._counts: Counter[int] = Counter()

    def __len__(self) -> int:
        """How many words are counted."""
        return len(self._counts)

    def add(self, terms: Iterable[int]) -> None:
        """Count one more text with these words, each once."""
        self.texts += 1
        self._counts.update(iter(terms))
        while len(self._counts) > MOST_WORDS:
            self._halve()

    def _halve(self) -> None:
        self.texts >>= 1
        self._counts = Counter({term: count >> 1 for term, count in self._counts.items() if count > 1})

    def rarity(self, term: int) -> int:
        """log2(texts / texts with the word) in 1/256, at least LEAST_WEIGHT."""
        return max(LEAST_WEIGHT, _log2(self.texts + IMAGINED) - _log2(self._counts.get(term, 0) + 1))

    def vector(self, occurrences: Mapping[int, int]) -> Vector:
        """A text's words weighted, to a sum of 1000 or less (see FLOOR).

        The power of 1.5 of occurrences x log2(texts / texts with the word): nearness takes roots, and by plain TF-IDF what an
        agency is always called would glue its first issues together.
        """
        texts, count, weights = _log2(self.texts + IMAGINED), self._counts.get, dict[int, int]()
        for word, times in occurrences.items():
            rarity = texts - _log2(count(word, 0) + 1)
            weight = times * (rarity if rarity > LEAST_WEIGHT else LEAST_WEIGHT)
            weights[word] = weight * isqrt(weight)
        whole = sum(weights.values()) + FLOOR * isqrt(FLOOR)
        return {word: scaled for word, weight in weights.items() if (scaled := weight * UNIT // whole)}

    def pack(self) -> bytes:
        """All counts as bytes: the words in the order in which they first came, then how often each did."""
        size = len(self._counts)
        head = _HEAD.pack(_VERSION, self.texts, size)
        return head + struct.pack(f"<{2 * size}I", *self._counts, *self._counts.values())

    @classmethod
    def unpack(cls, data: bytes) -> Frequencies:
        """The counts that were packed; raises Permanent where the bytes are not ours."""
        found = cls()
        try:
            version, found.texts, size = _HEAD.unpack_from(data)
            values = struct.unpack_from(f"<{2 * size}I", data, _HEAD.size)
        except struct.error as error:
            raise Permanent(f"word frequencies are cut off: {error}") from error
        if version != _VERSION:
            raise Permanent(f"word frequencies have version {version}, this program knows {_VERSION}")
        found._counts = Counter(dict(zip(values[:size], values[size:], strict=True)))
        return found


def lead_words(lead: str) -> list[str]:
    """The first words of a lead, without what its outlet adds to all of them."""
    return tokens(without_asides(lead))[:LEAD_WORDS]


def occurrences(head: Iterable[str], body: Iterable[str]) -> dict[int, int]:
    """How often a text holds each word, a title's words counted double."""
    found: dict[int, int] = {}
    for words, times in ((head, 2), (body, 1)):
        for word in words:
            if hashed := term(word):
                found[hashed] = found.get(hashed, 0) + times
    return found


@lru_cache(maxsize=4096)
def said(text: str) -> Vector:
    """The words of a name or a sentence, which are asked about again and again. Not to be changed."""
    return occurrences(tokens(text), ())


def mass(vector: Vector) -> int:
    """The sum of all weights, at least 1."""
    return sum(vector.values()) or 1


@lru_cache(maxsize=8192)
def _log2(number: int) -> int:
    """log2 of a positive number in 1/256, Mitchell's approximation: linear between powers of two."""
    whole = number.bit_length() - 1
    return (whole << 8) + (number << 8 >> whole) - 256
