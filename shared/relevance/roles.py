"""Who does what to whom: "KPK tahan Bupati Sagara" is bad for the regency, and KPK does its work.

A headline has one tone for all whom it names. Where an agency acts against somebody who answers for a public office, or against
corruption, a negative headline is not negative toward that agency. Plain rules on word order (words: roles.txt), active ("KPK
tahan ...") and passive ("... ditahan KPK"); where the words leave it open ("KPK belum tahan ..."), the headline's own tone holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

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
        return start == 1 or not _AT_WORK.isdisjoint(words[max(0, start - REACH) : start - 1])
    return before in PASSIVE or (after in ACTIVE and before not in NOT_ACTING)


def accuses(text: Tokens) -> bool:
    """Whether a headline names a public office, corruption or a case: what the deed is about."""
    words = text.lower
    return not _ACCUSED.isdisjoint(words) or not _ACCUSED.isdisjoint(map(" ".join, pairwise(words)))


def _nearest(words: Sequence[str]) -> str:
    return next((word for word in words if word not in BETWEEN), "")


_WORDS: Final = listed(FILE)
ACTIVE: Final = frozenset({*_WORDS["bare"], *_WORDS["prefixed"], "ott"})
PASSIVE: Final = frozenset({*(f"di{word}" for word in _WORDS["bare"]), "terjaring", "terjerat"})
BETWEEN: Final = frozenset(_WORDS["between"])
_AT_WORK: Final = frozenset(_WORDS["caught"])
NOT_ACTING: Final = ACTIVE | frozenset(_WORDS["object"])
_ACCUSED: Final = phrases_of(("office", "corruption")) | frozenset(_WORDS["accused"])
