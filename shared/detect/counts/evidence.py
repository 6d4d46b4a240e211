"""Evidence: negative, de-duplicated, source-weighted mentions of an hour; how it is given, and taken back.

Whether a mention came in time to be evidence is decided once, by when it came: what is put right later moves exactly what it
moved then.
"""

from __future__ import annotations

from shared.config.schema import Config
from shared.detect.clock import local_hour
from shared.detect.counts.dossiers import Weight
from shared.detect.counts.tally import WEIGHT_UNIT
from shared.detect.state import State
from shared.model import HOUR, Seconds

CLOSES_AFTER: Seconds = 600  # an hour, after its end
LATE: Seconds = 6 * HOUR
UNKNOWN_SOURCE = Weight(WEIGHT_UNIT, False)


def evidence_count(state: State, agency: str, at: Seconds) -> float:
    """Evidence against an agency in the hour of `at`."""
    count = state.tally.hours.get(agency, {}).get(at - at % HOUR)
    return count.weighted / WEIGHT_UNIT if count else 0.0


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
