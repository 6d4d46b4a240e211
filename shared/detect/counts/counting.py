"""A mention wherever it counts: in its agencies' hours, as evidence, on its issue's file."""

from __future__ import annotations

from shared.deeds import Kept
from shared.detect.counts.dossiers import Dossier, Weight
from shared.detect.counts.evidence import weigh
from shared.detect.state import State
from shared.model import Item, Seconds
from shared.rulings import item_of, tone_of, toward


def about_of(kept: Kept) -> list[str]:
    """Agencies that it counts for."""
    return sorted({subject.agency for subject in kept.fact.subjects if subject.about})


def is_evidence(kept: Kept) -> bool:
    """Whether it is a negative text of its own, beyond doubt."""
    tone = tone_of(kept)
    return tone.label == "negative" and not tone.unsure and not kept.copy_of


def count(state: State, kept: Kept, source: Weight) -> Item:
    """Count a mention that has just come and is about somebody; the item that is shown of it."""
    mention, at = kept.fact.mention, kept.fact.mention.happened_at
    for agency in about_of(kept):
        own = toward(kept, agency)
        state.tally.hour(agency, at).add(tone_of(own))
        state.tally.saw(agency, mention.outlet, at)
        if kept.timely and is_evidence(own):
            weigh(state, agency, at, source.weight)
    item = item_of(kept)
    put_on_file(state, kept, item, source)
    return item


def put_on_file(state: State, kept: Kept, item: Item, source: Weight, hours_from: Seconds = 0, again: bool = False) -> None:
    """Put a mention on its issue's file, a new one where there is none; see `Dossier.add`."""
    mention = kept.fact.mention
    dossier = state.dossiers.get(kept.issue)
    if dossier is None:
        state.totals.issues += 1
        dossier = state.dossiers[kept.issue] = Dossier(item.at, mention.outlet, mention.url, item.at, began=state.hour)
    dossier.add(kept.fact, tone_of(kept), item, item.at, source, hours_from, again)
