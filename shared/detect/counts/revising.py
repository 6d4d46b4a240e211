"""What changes where a better tone takes the place of an unsure one."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from shared.config.schema import Config
from shared.detect.counts.dossiers import Weight
from shared.detect.counts.evidence import UNKNOWN_SOURCE, reweigh
from shared.detect.effects import Effects
from shared.detect.state import State
from shared.detect.storing.hours import Revised
from shared.model import Seconds, Tone, ToneRevised, differ, toward


def revise(state: State, fact: ToneRevised, weights: Mapping[str, Weight], config: Config, effects: Effects) -> None:
    """Put a better tone in the place of an unsure one, for a mention and its waiting copies, wherever they are counted or shown.

    What an officer has said is no doubt any more, so that it stands.
    """
    for doubt in state.doubts.take(fact.mention) if not fact.tone.unsure else ():
        mismatch = differ(fact.tone.label, fact.tone.unsure, doubt.item.lead_label)
        item = replace(doubt.item, label=fact.tone.label, unsure=False, mismatch=mismatch)
        counts = item.label == "negative" and not item.copy_of
        weight = weights.get(doubt.source, UNKNOWN_SOURCE).weight if counts else 0
        tones = {agency: toward(fact.tone, agency in doubt.acting) for agency in doubt.agencies}
        for agency, tone in tones.items():
            state.tally.hour(agency, item.at).revise(doubt.tone, tone)
            if weight and doubt.timely and agency not in doubt.acting:
                reweigh(state, agency, item.at, weight, config)
        state.letters.revise(item.mention, tones)
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
