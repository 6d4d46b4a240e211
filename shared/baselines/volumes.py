"""A plain volume: how often something is spoken about, counted at even steps of a minute to an hour, by whatever tool.

Nothing else is known about such a series: no tones, no outlets, no other series to compare with, often only weeks of it. So it
is judged by itself alone:

    rise = 2 sqrt(recent + 3/8) - 2 sqrt(usual + 3/8)

where `recent` is the mean count a step, halving within an hour, and `usual` that of the same hours on other days, halving
within a week, shrunk towards the mean of all hours. (Anscombe's root: a Poisson count's noise is 1 on this scale, whatever
its size.) How large a rise is nothing special differs tenfold between series, so each learns its own `edge`, which its rise
exceeds TAIL of the time, and by how much on average, `excess`; both follow the stream (stochastic approximation of a
quantile). The strength of a rise is by how many such excesses it is beyond the edge. An alarm comes from strength 0 on, if
chance alone does not explain the rise and there is half as much again as usual; then no other one for a day: one matter, one
alarm. Why, and what else was tried: docs/decisions/2026-11-volumes.md.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import msgspec

from shared.model import DAY, HOUR, Seconds

RECENT: Final[Seconds] = HOUR
USUAL: Final[Seconds] = 7 * DAY  # also the memory of the tail: all days of the week are in it
SHRINK: Final[Seconds] = 2 * HOUR  # weight of the mean of all hours: two days of that hour
TAIL: Final = 0.003  # of the time: four minutes of a day
PACE: Final = 0.2  # of the memory's own pace at which the edge moves
EXCESS_PACE: Final = 0.02  # an exceedance
LARGEST_EXCESS: Final = 8.0  # mean excesses that one exceedance counts at most
FIRST_EDGE, LEAST_EDGE = 0.5, 0.1
FIRST_EXCESS, LEAST_EXCESS = 0.3, 0.05
LEARNING: Final[Seconds] = 2 * DAY  # from the first step: what comes in it is never an alarm
REST: Final[Seconds] = DAY
LEAST_RATIO: Final = 1.5  # recent over usual
CHANCE: Final = 4.0  # standard deviations that a rise must be beyond the noise of counts


class Look(NamedTuple):
    """What a step says; counts are those of one step."""

    strength: float  # of the rise, in mean excesses beyond the edge; 0 at the edge
    recent: float
    usual: float
    alarm: bool


class Volume(msgspec.Struct):
    """One series: some sixty numbers, which any encoding of msgspec takes and gives back."""

    step: Seconds
    since: Seconds | None = None  # the first step
    at: Seconds | None = None  # the last one
    recent: float = 0.0
    usual: float = 0.0  # over the same time as `recent`
    total: float = 0.0  # of the counts, fading, and of their weights
    weight: float = 0.0
    hour_total: list[float] = msgspec.field(default_factory=lambda: [0.0] * 24)  # the same of each hour of the day
    hour_weight: list[float] = msgspec.field(default_factory=lambda: [0.0] * 24)
    edge: float = FIRST_EDGE
    excess: float = FIRST_EXCESS
    alarm_at: Seconds | None = None  # the last alarm

    def add(self, at: Seconds, count: float, threshold: float = 0.0) -> Look:
        """Take the count of the step that starts at `at`; steps that are left out are unknown: nothing is learnt from them, and
        what was recent before them fades into what is usual.

        `threshold` is the strength from which on there is an alarm. Raises ValueError where that step, or a later one, was taken
        before, and where the count is below zero.
        """
        if count < 0 or (self.at is not None and at <= self.at):
            raise ValueError(f"{count} at {at} after {self.at}")
        expected = self._expected(at, count)
        if self.at is None:
            self.since, self.recent, self.usual = at, count, expected
        else:
            self._skip(at - self.at - self.step, expected)
        self.at = at
        share = 1 - 0.5 ** (self.step / RECENT)
        self.recent += share * (count - self.recent)
        self.usual += share * (expected - self.usual)
        rise = 2 * math.sqrt(self.recent + 0.375) - 2 * math.sqrt(self.usual + 0.375)
        strength = (rise - self.edge) / self.excess
        noise = math.sqrt(share / (2 - share))  # of that mean, where a single count's is 1
        large = rise >= CHANCE * noise and self.recent >= LEAST_RATIO * self.usual
        alarm = strength >= threshold and large and self._ready(at)
        if alarm:
            self.alarm_at = at
        self._follow(rise)
        self._learn(at, count)
        return Look(strength, self.recent, self.usual, alarm)

    def _skip(self, unknown: Seconds, expected: float) -> None:
        """Let a time without steps pass as if it had been as usual."""
        faded = 1 - 0.5 ** (max(unknown, 0) / RECENT)
        self.recent += faded * (expected - self.recent)
        self.usual += faded * (expected - self.usual)

    def _expected(self, at: Seconds, count: float) -> float:
        """The usual count of a step in this hour of the day; before anything is known, the count itself."""
        if not self.weight:
            return count
        hour, prior = at // HOUR % 24, SHRINK / self.step
        return (self.hour_total[hour] + prior * self.total / self.weight) / (self.hour_weight[hour] + prior)

    def _ready(self, at: Seconds) -> bool:
        """Whether enough is known, and no alarm lies less than REST behind."""
        learnt = self.since is not None and at - self.since >= LEARNING
        return learnt and (self.alarm_at is None or at - self.alarm_at >= REST)

    def _follow(self, rise: float) -> None:
        """Move the edge, and the mean excess beyond it."""
        beyond = rise > self.edge
        moved = PACE * (1 - 0.5 ** (self.step / USUAL)) * self.excess * (beyond - TAIL) / TAIL
        if beyond:
            most = LARGEST_EXCESS * self.excess
            self.excess = max(self.excess + EXCESS_PACE * (min(rise - self.edge, most) - self.excess), LEAST_EXCESS)
        self.edge = max(self.edge + moved, LEAST_EDGE)

    def _learn(self, at: Seconds, count: float) -> None:
        """Take the count into what is usual; an hour of the day fades while it is counted, so by half in seven days as well."""
        hour, keep, hour_keep = at // HOUR % 24, 0.5 ** (self.step / USUAL), 0.5 ** (24 * self.step / USUAL)
        self.total, self.weight = keep * self.total + count, keep * self.weight + 1
        self.hour_total[hour] = hour_keep * self.hour_total[hour] + count
        self.hour_weight[hour] = hour_keep * self.hour_weight[hour] + 1
