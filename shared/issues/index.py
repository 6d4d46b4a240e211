"""Which issues say a word: an inverted index, to find the few that a text may belong to.

A word's issues are an array of their numbers, in order: as many bytes as a set of names took for one of them alone. Of a word
that many issues say only the newest numbers are read: read whole, the commonest words left no room for the others, and at
100,000 mentions a day matters fell apart into twice as many issues within three days.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from heapq import nlargest
from typing import Final

from shared.issues.frequencies import Vector
from shared.issues.parts import Issue

LOOKED_UP: Final = 500  # postings, about: read from the rarest words on to find candidates
NEWEST: Final = 25  # of one word's postings
RENEWED: Final = 100  # issues entered after one, from which it is entered anew when it goes on
COMPARED: Final = 8  # candidates


class Index:
    """Words, each with the issues whose centroid has it, by number: the later an issue was entered, the higher."""

    def __init__(self) -> None:
        """Start with none."""
        self._holders: dict[int, array[int]] = {}
        self._issues: dict[int, Issue] = {}
        self._last = 0  # the highest number in use

    def fill(self, packed: Iterable[Issue]) -> None:
        """Take in issues that were packed: by their numbers, or by birth where an earlier program has packed some without."""
        issues = sorted(packed, key=lambda issue: (issue.born_at, issue.id))
        if len({issue.number for issue in issues} - {0}) < len(issues):
            for issue in issues:
                issue.number = 0
        for issue in sorted(issues, key=lambda issue: issue.number):
            self.enter(issue)

    def enter(self, issue: Issue) -> None:
        """Take an issue in with the words that it says, as the newest unless it has a number."""
        if not issue.number:
            issue.number, issue.changed = self._last + 1, True
        self._issues[issue.number], self._last = issue, max(self._last, issue.number)
        self.add(issue, issue.centroid)

    def leave(self, issue: Issue) -> None:
        """Forget an issue."""
        self.drop(issue, issue.centroid)
        del self._issues[issue.number]
        while self._last and self._last not in self._issues:  # so that a restart goes on with the same number
            self._last -= 1

    def renew(self, issue: Issue) -> None:
        """Count an issue that goes on among the newest, where many have been entered after it."""
        if self._last - issue.number > RENEWED:
            self.leave(issue)
            issue.number = 0
            self.enter(issue)

    def add(self, issue: Issue, words: Iterable[int]) -> None:
        """Note that an issue says these words, none of which it has said before."""
        number = issue.number
        for word in words:
            holders = self._holders.get(word)
            if holders is None:
                self._holders[word] = array("I", (number,))
            elif holders[-1] < number:
                holders.append(number)
            else:
                holders.insert(bisect_left(holders, number), number)

    def drop(self, issue: Issue, words: Iterable[int]) -> None:
        """Note that it says them no more."""
        for word in words:
            holders = self._holders[word]
            del holders[bisect_left(holders, issue.number)]
            if not holders:
                del self._holders[word]

    def candidates(self, vector: Vector, skip: Iterable[Issue] = ()) -> list[Issue]:
        """The few issues, but for some, that share most of a vector's rarest words, best first."""
        holders, scores, read = self._holders, dict[int, int](), 0
        for count, word in sorted((len(holders[word]), word) for word in vector if word in holders):
            if read > LOOKED_UP and scores:
                break
            newest = holders[word] if count <= NEWEST else holders[word][-NEWEST:]
            read += len(newest)
            weight = vector[word]
            for number in newest:
                scores[number] = scores[number] + weight if number in scores else weight
        for issue in skip:
            scores.pop(issue.number, None)
        least = min(nlargest(COMPARED, scores.values()), default=0)
        best = sorted((score, number) for number, score in scores.items() if score >= least)
        return [self._issues[number] for _, number in best[: -COMPARED - 1 : -1]]
