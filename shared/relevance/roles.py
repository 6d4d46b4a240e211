"""Who does what to whom: "KPK tahan Bupati Sagara" is bad for the regency, and KPK does its work.

A headline has one tone for all whom it names. Where an agency acts against somebody who answers for a public office, or against
corruption, a negative headline is not negative toward that agency. Plain rules on word order (words: roles.txt), active ("KPK
tahan ...") and passive ("... ditahan KPK"); where the words leave it open ("KPK belum tahan ..."), the headline's own tone holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from shared.phrases import Tokens
from shared.relevance.cues import listed, phrases_of

FILE: Final = Path(__file__).with_name("roles.txt")
REACH: Final = 4  # words that are looked at on each side
RESTRAINT: Final = ("tahan", "diri")  # no arrest


def acts(text: Tokens, start: int, end: int) -> bool:
    """Whether the agency named at this place of a headline is the one that acts: right before the deed, or right after it."""
    words = text.lower
    if tuple(words[end : end + 2]) == RESTRAINT:
        return False
    after, before = _nearest(words[end : end + REACH]), _nearest(words[max(0, start - REACH) : start][::-1])
    if before == "ott":  # "terjaring OTT KPK", but not "KPK OTT Wamen X"
        return start == 1 or not known().caught.isdisjoint(words[max(0, start - REACH) : start - 1])
    return before in known().passive or (after in known().active and before not in known().not_acting)


def accuses(text: Tokens) -> bool:
    """Whether a headline names a public office, corruption or a case: what the deed is about."""
    words = text.lower
    return not known().accused.isdisjoint(words) or not known().accused.isdisjoint(map(" ".join, pairwise(words)))


def _nearest(words: Sequence[str]) -> str:
    return next((word for word in words if word not in known().between), "")


class Known(NamedTuple):
    """The words of roles.txt, by what they do in a headline."""

    active: frozenset[str]
    passive: frozenset[str]
    not_acting: frozenset[str]  # before a name that a deed follows
    between: frozenset[str]
    caught: frozenset[str]
    accused: frozenset[str]


@lru_cache(maxsize=1)
def known() -> Known:
    """The words, read when the first headline is judged: collect starts without them."""
    words = listed(FILE)
    active = frozenset({*words["bare"], *words["prefixed"], "ott"})
    return Known(
        active=active,
        passive=frozenset({*(f"di{word}" for word in words["bare"]), "terjaring", "terjerat"}),
        not_acting=active | frozenset(words["object"]),
        between=frozenset(words["between"]),
        caught=frozenset(words["caught"]),
        accused=phrases_of(("office", "corruption")) | frozenset(words["accused"]),
    )
