"""What all series share: the profile of the day, and how everything moves together within one hour.

The common movement is measured against the series of other groups only: an agency's own series never form its control, or a real
crisis of the only agency would pass for a common move.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from shared.baselines.series import EXTRA_VARIANCE, LEAST_MEAN, Series, Shape

PROFILE_DECAY = float(0.5 ** (1 / 7))  # visits of the same hour: one week
PROFILE_PRIOR = 3.0  # weight of TYPICAL_DAY: a handful of small series outweighs it within weeks, a hundred at once

# Indonesian newsrooms by hour, mean 1: quiet until dawn, busiest before noon, a second rise after maghrib
TYPICAL_DAY = (
    *(0.3, 0.2, 0.2, 0.2, 0.3, 0.5),
    *(0.8, 1.1, 1.4, 1.5, 1.5, 1.4),
    *(1.3, 1.3, 1.3, 1.4, 1.3, 1.2),
    *(1.2, 1.4, 1.4, 1.3, 1.0, 0.5),
)

CONTROL_HOURS = 200  # history that a series needs before it serves as control
CONTROL_SERIES = 20  # so many foreign series make a control
SHOCK_UP = 0.35  # share of the weight above its expectation that makes a common shock: a backlog
SHOCK_DOWN = 0.5  # share below: an outage, a holiday
SIGNIFICANT = 1.0  # standard errors below which a common movement is taken for noise
MODEL_ERROR = 0.03  # part of that error that more series do not average away
CLIP = 2.5  # standard deviations at which a single series stops pulling the control


class Profile:
    """Profile of the day over all series: two decaying sums an hour, shrunk towards TYPICAL_DAY."""

    def __init__(self, observed: Sequence[float] = (0.0,) * 24, expected: Sequence[float] = (0.0,) * 24) -> None:
        self.observed = list(observed)
        self.expected = list(expected)

    def factor(self, hour: int) -> float:
        """How busy this hour is, 1 on average."""
        return (self.observed[hour] + PROFILE_PRIOR * TYPICAL_DAY[hour]) / (self.expected[hour] + PROFILE_PRIOR)

    def learn(self, hour: int, observed: float, expected: float) -> None:
        """Close an hour with its weighted sums over all series, see `share_of`."""
        self.observed[hour] = PROFILE_DECAY * self.observed[hour] + observed
        self.expected[hour] = PROFILE_DECAY * self.expected[hour] + expected


def share_of(series: Series, count: float, shape: Shape, common: float) -> tuple[float, float]:
    """What one series adds to the profile's two sums: large and noisy series do not drown the others."""
    mean = max(shape.mean * common, LEAST_MEAN)
    spread = series.spread
    limit = mean + CLIP * math.sqrt(max((spread + EXTRA_VARIANCE * mean) * mean, 0.25))
    weight = 1 / (spread * max(shape.level, 0.2))
    return weight * min(count, limit) / shape.weekday, weight * shape.level


@dataclass(slots=True)
class Sums:
    """Weighted sums over series for one hour."""

    series: int = 0
    expected: float = 0.0
    clipped: float = 0.0  # observed, each series clipped
    variance: float = 0.0
    high: float = 0.0  # expected weight of series far above their mean
    low: float = 0.0

    def add(self, count: float, mean: float, spread: float) -> float:
        """Add one series; returns its weight times its mean."""
        noise = spread + EXTRA_VARIANCE * mean
        weight = 1 / noise
        deviation = math.sqrt(noise * max(mean, 0.2))
        distance = (count - mean) / deviation
        share = weight * mean
        self.series += 1
        self.expected += share
        self.clipped += weight * min(count, mean + CLIP * deviation)
        self.variance += weight * share * noise
        if distance > 2:
            self.high += share
        elif distance < -1.5:
            self.low += share
        return share

    def without(self, part: Sums) -> Sums:
        """These sums over all series but those of `part`."""
        return Sums(
            self.series - part.series,
            self.expected - part.expected,
            self.clipped - part.clipped,
            self.variance - part.variance,
            self.high - part.high,
            self.low - part.low,
        )


class Control:
    """The common movement of one hour, for each group as seen in the others."""

    def __init__(self) -> None:
        self._all = Sums()
        self._own: dict[str, Sums] = {}
        self._ratios: list[tuple[float, float]] = []
        self._shock: float | None = None

    def add(self, group: str, count: float, mean: float, series: Series) -> None:
        """Let a series with enough history take part."""
        if series.hours > CONTROL_HOURS:
            share = self._all.add(count, mean, series.spread)
            self._own.setdefault(group, Sums()).add(count, mean, series.spread)
            self._ratios.append((count / max(mean, 0.05), share))

    def factor(self, group: str) -> float:
        """By what every expectation of this group is multiplied; 1 where too few others are known."""
        others = self._all.without(self._own.get(group, Sums()))
        if others.series < CONTROL_SERIES:
            return 1.0
        if others.high > SHOCK_UP * others.expected or others.low > SHOCK_DOWN * others.expected:
            return self._shock_factor()
        scale = max(others.expected, 1e-9)
        moved = others.clipped / scale - 1
        noise = SIGNIFICANT * (math.sqrt(max(others.variance, 0.0)) / scale + MODEL_ERROR)
        return 1 + math.copysign(max(0.0, abs(moved) - noise), moved)

    def _shock_factor(self) -> float:
        """Weighted median of observed over expected.

        Over all series, not only the foreign ones: with twenty or more of them one group moves a median hardly at all, and it is
        sorted once an hour instead of once a group.
        """
        if self._shock is None:
            half = sum(share for _, share in self._ratios) / 2
            passed, ratio = 0.0, 1.0
            for ratio, share in sorted(self._ratios):  # noqa: B007 - the last one reached is the median
                passed += share
                if passed >= half:
                    break
            self._shock = max(ratio, 0.02)
        return self._shock
