"""From text to the encoder's pieces: unigram segmentation, as SentencePiece does it, word by word.

The same code runs in training and in service, so the two cannot drift apart. Source: T. Kudo, "Subword Regularization" (2018),
section 3.2: the segmentation with the highest sum of piece scores, found by Viterbi.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

NEWS, PAD, END, UNKNOWN, SOCIAL = range(5)  # the first five ids; NEWS and SOCIAL open a text of that domain
STARTS: Final = {"news": NEWS, "social": SOCIAL}
HEAD: Final = 48  # pieces kept of a long text's beginning ...
TAIL: Final = 30  # ... and of its end; with start and end never more than 80
SPACE: Final = "\u2581"  # stands before each word
WORDS: Final = 16_384  # words remembered
_UNKNOWN_COST: Final = 10.0  # how much worse than the worst piece an unknown character is
_LONGEST_WORD: Final = 64  # characters; what is longer is no word
_DIGITS: Final = re.compile(r"\d+")


def clean(text: str) -> str:
    """What the encoder sees of a text: NFKC, lower case, no digits, single spaces."""
    return " ".join(_DIGITS.sub("", unicodedata.normalize("NFKC", text).lower()).split())


class Pieces:
    """A vocabulary of pieces; a piece's id is its place in it."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        """`pieces` begins with the five special ones; `scores` are log probabilities, one a piece."""
        self._known = {piece: (number, scores[number]) for number, piece in enumerate(pieces) if number > SOCIAL}
        self._longest = max(map(len, self._known))
        self._unknown = min(score for _, score in self._known.values()) - _UNKNOWN_COST
        self.word = lru_cache(WORDS)(self._word)

    def ids(self, cleaned: str, domain: str) -> list[int]:
        """Ids of a cleaned text with its start and end, at most 80: of a longer one the middle is left out."""
        found = [number for word in cleaned.split() for number in self.word(word)]
        if len(found) > HEAD + TAIL:
            found = found[:HEAD] + found[-TAIL:]
        return [STARTS[domain], *found, END]

    def _word(self, word: str) -> tuple[int, ...]:
        """The best segmentation of one word; neighbouring unknown characters are one unknown piece."""
        text = SPACE + word[:_LONGEST_WORD]
        best, back = [0.0], [(0, UNKNOWN)]
        for end in range(1, len(text) + 1):
            top, step = best[end - 1] + self._unknown, (end - 1, UNKNOWN)
            for start in range(max(0, end - self._longest), end):
                known = self._known.get(text[start:end])
                if known and best[start] + known[1] > top:
                    top, step = best[start] + known[1], (start, known[0])
            best.append(top)
            back.append(step)
        found: list[int] = []
        end = len(text)
        while end:
            end, number = back[end]
            if not (number == UNKNOWN and found and found[-1] == UNKNOWN):
                found.append(number)
        return tuple(reversed(found))
