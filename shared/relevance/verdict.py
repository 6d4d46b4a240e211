"""What a text has to do with an agency, and why: in words that an officer can check."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Relation = Literal["about", "mentions", "not"]
ORDER: Final[tuple[Relation, ...]] = ("about", "mentions", "not")
SHOWN: Final[dict[Relation, str]] = {
    "about": "tentang instansi ini",
    "mentions": "hanya menyebut (bukan tentang instansi)",
    "not": "bukan instansi ini",
}


class Verdict(NamedTuple):
    """The relation, one Indonesian sentence that gives the reason, and the share of likelihood where the words were weighed."""

    relation: Relation
    reason: str
    likely: float | None = None  # that it is about the agency, 0 to 1; None where a rule decided
    features: tuple[str, ...] = ()  # what was weighed


def better(one: Verdict, other: Verdict) -> Verdict:
    """The one that says more; the first where they say the same."""
    return one if ORDER.index(one.relation) <= ORDER.index(other.relation) else other
