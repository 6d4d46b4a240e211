"""What changes in a series where a closed hour turns out to have held another count than it was closed with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from shared.baselines.series import (
    EXTRA_VARIANCE,
    HOUR_DECAY,
    LEAK,
    LEAST_MEAN,
    LEVEL_DECAY,
    OUTLIER,
    RECENT_HOURS,
    SETTLING_HOURS,
    WEEKDAY_DECAY,
    Series,
    half,
)


class Past(NamedTuple):
    """An hour that is closed."""

    ago: int  # closed so many hours before the last one
    steps: int  # covered hours that closed since
    hour: int  # of the day
    weekday: int  # Monday is 0


def correct(series: Series, past: Past, before: float, after: float, mean: float) -> None:
    """Put the count of a closed hour right; `mean` is what is usual then, for one that lies further back than the recent ones.

    The rise gets what the recent hours make of the right counts, less what they made of the wrong ones. Level and shapes get the
    difference of what both teach, faded as it has faded since: what is taken back and given again leaves them as they were, but
    for rounding. The spread keeps what it learnt.
    """
    if past.ago < RECENT_HOURS:
        mean = series.recent_means[past.ago]
        if mean == 0:
            return  # nobody looked in that hour, so it taught nothing
        _move_rise(series, [*series.recent_counts[: past.ago], half(after), *series.recent_counts[past.ago + 1 :]])
    taught = _taught(series, after, mean) - _taught(series, before, mean)
    faded = LEVEL_DECAY ** min(past.steps, max(series.hours - SETTLING_HOURS, 0))
    series.level_sum = max(series.level_sum + faded * taught, LEAST_MEAN)
    _shift(series.hour_ratio, series.hour_weight, past.hour, taught * HOUR_DECAY ** (past.steps // 24))
    _shift(series.weekday_ratio, series.weekday_weight, past.weekday, taught * WEEKDAY_DECAY ** min(past.steps, 23 - past.hour))
    series.rounded()


def _taught(series: Series, count: float, mean: float) -> float:
    """What a series learns from a count, as `Series.close` has it: less where it is far out of the usual."""
    distance = (count - mean) / math.sqrt(max((series.spread + EXTRA_VARIANCE * mean) * mean, 0.25))
    return count if distance < OUTLIER else count * (OUTLIER / distance) ** 2


def _shift(ratios: list[float], weights: list[float], cell: int, taught: float) -> None:
    """Add to what was seen in one cell of decaying sums, which are kept as their ratio and its weight."""
    if weights[cell] > 1e-6:
        ratios[cell] = half(max(ratios[cell] + taught / weights[cell], 0.0))


def _move_rise(series: Series, counts: list[float]) -> None:
    """Take these recent counts in the place of the wrong ones."""
    missing = series.rise - _replayed(series, series.recent_counts, 0.0)[0]
    start = max(missing, 0.0) / LEAK**RECENT_HOURS  # of a rise that is older than the recent hours
    wrong, _ = _replayed(series, series.recent_counts, start)
    right, series.rising_hours = _replayed(series, counts, start)
    series.rise = series.limited(series.rise + right - wrong)  # below zero it says nothing, and is remembered for the hour
    series.recent_counts = counts


def _replayed(series: Series, counts: Sequence[float], start: float) -> tuple[float, int]:
    """The rise, and its hours, that the recent hours give with these counts, the newest first, after a rise of `start`."""
    rise, rising = start, RECENT_HOURS if start > 0 else 0
    for count, mean in zip(reversed(counts), reversed(series.recent_means), strict=True):
        if mean:
            rise = series.risen(count, mean, LEAK, rise)
            rising = min(rising + 1, RECENT_HOURS) if rise > 0 else 0
    return rise, rising
