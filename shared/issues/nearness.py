"""How near a vector and an issue are, in words and in time: whole numbers throughout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import isqrt
from typing import Final

from shared.issues.frequencies import Vector, mass
from shared.issues.parts import Issue
from shared.model import HOUR, Seconds

HALF_LIFE: Final[Seconds] = 24 * HOUR


def may_share(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether issues about these agencies may share mentions."""
    return not one or not other or not one.isdisjoint(other)


def affinity(vector: Vector, whole: int, issue: Issue) -> int:
    """Affinity of a vector of this mass and an issue's centroid, in thousandths; 0 where they share only one of several words.

    Bhattacharyya's coefficient (1943) of what both spend on each word: the cosine of the roots. A word that all mentions repeat
    thus counts for less than under the plain cosine, and many words that a few mentions share for more.
    """
    return _affinity(vector, whole, issue.centroid, issue.mass)


def alike(vector: Vector, others: Iterable[Vector]) -> int:
    """The same of a vector and all these others together."""
    together = Counter[int]()
    for other in others:
        together.update(other)
    return _affinity(vector, mass(vector), together, mass(together))


def _affinity(vector: Vector, whole: int, centroid: Vector, total: int) -> int:
    shared = [isqrt(vector[word] * centroid[word]) for word in vector.keys() & centroid.keys()]
    if len(shared) == 1 and len(vector) > 2:
        return 0
    return sum(shared) * 1000 // isqrt(whole * total)


def decay(apart: Seconds) -> int:
    """2 ** (-apart / half-life) in 1/65536, linear between whole halvings."""
    halvings, rest = divmod(apart, HALF_LIFE)
    return 65_536 - (rest << 15) // HALF_LIFE >> halvings
