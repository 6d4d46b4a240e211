"""The baseline of an agency that is new here, from counts of the time before. See docs/decisions/2026-11-backfill.md."""

from __future__ import annotations

from shared.config.schema import Config
from shared.detect.clock import local_hour
from shared.detect.counts.tally import WEIGHT_UNIT
from shared.detect.state import State
from shared.model import DAY, HOUR, History

ENOUGH_HOURS = 14 * DAY // HOUR  # who knows so many hours by itself needs no other past


def seed(state: State, fact: History, config: Config) -> None:
    """Teach the agency's series its past, and which outlets usually write about it; nothing else changes.

    Nothing at all where the agency is not watched, or knows a fortnight already.
    """
    watched = any(agency.id == fact.agency for agency in config.agencies)
    own = state.baselines.known_hours(fact.agency)
    if not watched or own >= ENOUGH_HOURS:
        return
    state.borrowed.setdefault(fact.agency, state.hour - own * HOUR)
    hours = range(fact.start, fact.start + len(fact.negative) * HOUR, HOUR)
    past = [(*local_hour(at, config.zone), count / WEIGHT_UNIT) for at, count in zip(hours, fact.negative, strict=True)]
    state.baselines.seed(fact.agency, past)
    for outlet, at in fact.outlets:
        state.tally.saw(fact.agency, outlet, min(at, state.clock))
