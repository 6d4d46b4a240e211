"""Everything that detect folds into its state."""

from __future__ import annotations

from shared.deeds import Approved, Assigned, Configured, Corrected, Found, Reshaped, Told
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
