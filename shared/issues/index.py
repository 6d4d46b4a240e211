"""Which issues say a word: an inverted index, to find the few that a text may belong to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from heapq import nlargest
from typing import Final

from shared.issues.frequencies import Vector

LOOKED_UP: Final = 250  # postings of the rarest words, about: read to find candidates
COMPARED: Final = 8  # candidates


class Index:
    """Words, each with the ids of the issues whose centroid has it."""

    def __init__(self) -> None:
        """Start with none."""
        self._holders: dict[int, set[str]] = {}

    def add(self, issue: str, words: Iterable[int]) -> None:
        """Note that an issue says these words."""
        for word in words:
            self._holders.setdefault(word, set()).add(issue)

    def drop(self, issue: str, words: Iterable[int]) -> None:
        """Note that it says them no more."""
        for word in words:
            holders = self._holders[word]
            holders.discard(issue)
            if not holders:
                del self._holders[word]

    def candidates(self, vector: Vector, skip: Collection[str] = ()) -> list[str]:
        """Ids of the few issues, but for some, that share most of a vector's rarest words, best first."""
        holders, scores, read = self._holders, dict[str, int](), 0
        for count, word in sorted((len(holders[word]), word) for word in vector if word in holders):
            read += count
            if read > LOOKED_UP and scores:
                break
            weight = vector[word]
            for name in holders[word]:
                scores[name] = scores[name] + weight if name in scores else weight
        for name in skip:
            scores.pop(name, None)
        least = min(nlargest(COMPARED, scores.values()), default=0)
        best = sorted((-score, name) for name, score in scores.items() if score >= least)
        return [name for _, name in best[:COMPARED]]
