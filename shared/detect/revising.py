"""Evidence that mentions give and that is taken back, and what changes where a better tone takes the place of an unsure one.

Whether a mention came in time to be evidence is decided once, by when it came: what is put right later moves exactly what it
moved then.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from shared.config.schema import Config
from shared.detect.clock import local_hour
from shared.detect.dossiers import Weight
from shared.detect.effects import Effects
from shared.detect.hours import Revised
from shared.detect.state import State
from shared.detect.tally import WEIGHT_UNIT
from shared.model import HOUR, Seconds, Tone, ToneRevised, differ, toward

CLOSES_AFTER: Seconds = 600  # an hour, after its end
LATE: Seconds = 6 * HOUR
UNKNOWN_SOURCE = Weight(WEIGHT_UNIT, False)


def timely(state: State, at: Seconds, first_seen_at: Seconds, arrived_at: Seconds) -> bool:
    """Whether the hour of `at` could still say something when the mention came, which arrived in the hour of `arrived_at`."""
    hour = at - at % HOUR
    last = max(first_seen_at, arrived_at, state.since + CLOSES_AFTER) - CLOSES_AFTER
    late = last - last % HOUR - hour
    return late <= 0 or (late <= LATE and state.coverage.covered(hour))


def weigh(state: State, agency: str, at: Seconds, weight: int) -> None:
    """Take a negative mention that came in time as evidence."""
    hour = at - at % HOUR
    state.tally.hour(agency, at).weighted += weight
    if hour < state.open_hour:
        state.baselines.add_late(hour, {agency: weight / WEIGHT_UNIT})


def reweigh(state: State, agency: str, at: Seconds, weight: int, config: Config) -> None:
    """Add to the evidence of an hour, or take some of it back, as if it had been so from the beginning."""
    hour = at - at % HOUR
    count = state.tally.hour(agency, at)
    before = count.weighted
    count.weighted = max(before + weight, 0)  # a source's weight may have been changed meanwhile
    if hour < state.open_hour and state.coverage.covered(hour):
        steps = sum(state.coverage.covered(later) for later in range(hour + HOUR, state.open_hour, HOUR))
        when = local_hour(hour, config.zone)
        state.baselines.correct(hour, *when, agency, before / WEIGHT_UNIT, count.weighted / WEIGHT_UNIT, steps)


def revise(state: State, fact: ToneRevised, weights: Mapping[str, Weight], config: Config, effects: Effects) -> None:
    """Put a better tone in the place of an unsure one, for a mention and its waiting copies, wherever they are counted or shown.

    What an officer has said is no doubt any more, so that it stands.
    """
    for doubt in state.doubts.take(fact.mention) if not fact.tone.unsure else ():
        mismatch = differ(fact.tone.label, fact.tone.unsure, doubt.item.lead_label)
        item = replace(doubt.item, label=fact.tone.label, unsure=False, mismatch=mismatch)
        counts = item.label == "negative" and not item.copy_of
        weight = weights.get(doubt.source, UNKNOWN_SOURCE).weight if counts else 0
        for agency in doubt.agencies:
            acts = agency in doubt.acting
            state.tally.hour(agency, item.at).revise(doubt.tone, toward(fact.tone, acts))
            if weight and doubt.timely and not acts:
                reweigh(state, agency, item.at, weight, config)
        issue = state.issues.resolve(doubt.issue)
        if issue in state.dossiers and doubt.agencies:
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
