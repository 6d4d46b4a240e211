"""How near a vector and an issue are, in words and in time: whole numbers throughout."""

from __future__ import annotations

from typing import Final

from shared.issues.frequencies import Vector
from shared.issues.parts import Issue
from shared.model import HOUR, Seconds

HALF_LIFE: Final[Seconds] = 24 * HOUR


def may_share(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether issues about these agencies may share mentions."""
    return not one or not other or not one.isdisjoint(other)


def cosine(vector: Vector, norm: int, issue: Issue) -> int:
    """Cosine of a vector of this length and an issue's centroid, in thousandths; 0 where they share only one of several words."""
    centroid = issue.centroid
    shared = [weight * centroid[word] for word, weight in vector.items() if word in centroid]
    if len(shared) == 1 and len(vector) > 2:
        return 0
    return sum(shared) * 1000 // (norm * issue.norm)


def decay(apart: Seconds) -> int:
    """2 ** (-apart / half-life) in 1/65536, linear between whole halvings."""
    halvings, rest = divmod(apart, HALF_LIFE)
    return 65_536 - (rest << 15) // HALF_LIFE >> halvings
