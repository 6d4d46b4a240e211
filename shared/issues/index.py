"""Which issues say a word: an inverted index, to find the few that a text may belong to.

Issues have numbers in it, in the order in which they came; a word's issues are an array of these, in order: a word takes about as
many bytes as a set of names took for one of them alone.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable
from heapq import nlargest
from typing import Final

from shared.issues.frequencies import Vector

LOOKED_UP: Final = 250  # postings of the rarest words, about: read to find candidates
COMPARED: Final = 8  # candidates


class Index:
    """Words, each with the issues whose centroid has it."""

    def __init__(self) -> None:
        """Start with none."""
        self._holders: dict[int, array[int]] = {}
        self._numbers: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._last = 0

    def add(self, issue: str, words: Iterable[int]) -> None:
        """Note that an issue says these words, none of which it has said before."""
        number = self._numbers.get(issue) or self._enter(issue)
        for word in words:
            holders = self._holders.get(word)
            if holders is None:
                self._holders[word] = array("I", (number,))
            elif holders[-1] < number:
                holders.append(number)
            else:
                holders.insert(bisect_left(holders, number), number)

    def drop(self, issue: str, words: Iterable[int]) -> None:
        """Note that it says them no more."""
        number = self._numbers.get(issue, 0)
        for word in words:
            holders = self._holders[word]
            del holders[bisect_left(holders, number)]
            if not holders:
                del self._holders[word]

    def remove(self, issue: str, words: Iterable[int]) -> None:
        """Forget an issue, whose last words these are."""
        self.drop(issue, words)
        self._names.pop(self._numbers.pop(issue, 0), None)

    def candidates(self, vector: Vector, skip: Collection[str] = ()) -> list[str]:
        """Ids of the few issues, but for some, that share most of a vector's rarest words, best first."""
        holders, scores, read = self._holders, dict[int, int](), 0
        for count, word in sorted((len(holders[word]), word) for word in vector if word in holders):
            read += count
            if read > LOOKED_UP and scores:
                break
            weight = vector[word]
            for number in holders[word]:
                scores[number] = scores[number] + weight if number in scores else weight
        for name in skip:
            scores.pop(self._numbers.get(name, 0), None)
        least = min(nlargest(COMPARED, scores.values()), default=0)
        best = sorted((-score, self._names[number]) for number, score in scores.items() if score >= least)
        return [name for _, name in best[:COMPARED]]

    def _enter(self, issue: str) -> int:
        """Give an issue its number."""
        self._last += 1
        self._numbers[issue], self._names[self._last] = self._last, issue
        return self._last
