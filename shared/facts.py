"""Everything that detect folds into its state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, get_args

from shared.deeds import Approved, Assigned, Configured, Corrected, Deed, Found, Reshaped, Told
from shared.model import Answer, History, Judged, OpinionGiven, Reading, Round, ToneRevised

Fact = (
    Judged
    | Round
    | ToneRevised
    | Answer
    | Reading
    | OpinionGiven
    | History
    | Corrected
    | Reshaped
    | Assigned
    | Found
    | Approved
    | Configured
    | Told
)
DEEDS: Final = get_args(Deed)


def says(facts: Iterable[Fact]) -> bool:
    """Whether one of these facts is what a person said, did or brought in: that is shown at once."""
    return any(isinstance(fact, (Answer, *DEEDS)) or (isinstance(fact, Judged) and bool(fact.mention.by)) for fact in facts)


def acts(facts: Iterable[Fact]) -> bool:
    """Whether one of these facts is a deed: reports follow it."""
    return any(isinstance(fact, DEEDS) for fact in facts)
