"""Evidence that mentions give, and what changes where a better tone takes the place of an unsure one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from shared.detect.dossiers import Weight
from shared.detect.hours import Revised
from shared.detect.state import State
from shared.detect.tally import WEIGHT_UNIT
from shared.model import HOUR, Seconds, Tone, ToneRevised, differ

if TYPE_CHECKING:
    from shared.detect.fold import Effects

LATE: Seconds = 6 * HOUR
UNKNOWN_SOURCE = Weight(WEIGHT_UNIT, False)


def weigh(state: State, agency: str, at: Seconds, weight: int) -> None:
    """Take a negative mention as evidence, if its hour can still say something."""
    hour = at - at % HOUR
    if hour >= state.open_hour:
        state.tally.hour(agency, at).weighted += weight
    elif state.open_hour - hour <= LATE and state.coverage.covered(hour):
        state.tally.hour(agency, at).weighted += weight
        state.baselines.add_late(hour, {agency: weight / WEIGHT_UNIT})


def revise(state: State, fact: ToneRevised, weights: Mapping[str, Weight], effects: Effects) -> None:
    """Put a better tone in the place of an unsure one, for a mention and its waiting copies, wherever they are counted or shown.

    Baselines keep what they learnt from hours that lie back further than late mentions may.
    """
    for doubt in state.doubts.take(fact.mention) if not fact.tone.unsure else ():
        mismatch = differ(fact.tone.label, fact.tone.unsure, doubt.item.lead_label)
        item = replace(doubt.item, label=fact.tone.label, unsure=False, mismatch=mismatch)
        counts = item.label == "negative" and not item.copy_of
        weight = weights.get(doubt.source, UNKNOWN_SOURCE).weight if counts else 0
        for agency in doubt.agencies:
            state.tally.hour(agency, item.at).revise(doubt.tone, fact.tone)
            weigh(state, agency, item.at, weight)
        issue = state.issues.resolve(doubt.issue)
        if issue in state.dossiers:
            state.dossiers[issue].revise(item, doubt.tone, fact.tone, weight)
            effects.items.append((issue, item))
        _retone(state, item.mention, doubt.arrived_at, fact.tone, effects)


def _retone(state: State, mention: str, hour: Seconds, tone: Tone, effects: Effects) -> None:
    """Correct what is kept of a mention for search and report, or note that its hour's documents are to be corrected."""
    if hour != state.hour:
        effects.revised.append(Revised(hour, mention, tone))
        return
    for place, kept in enumerate(state.kept):
        if kept.fact.mention.id == mention:
            state.kept[place] = replace(kept, fact=replace(kept.fact, tone=tone))
