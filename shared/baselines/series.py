"""One series of hourly counts: its seasonal negative-binomial baseline and the evidence of its present rise.

expected = level x hour of the day x day of the week x common movement. Each factor is a ratio of two decaying sums (observed
over expected), and the seasonal ones are shrunk towards what all series share (empirical Bayes): small series inherit the common
shape, large ones keep their own. Evidence is a capped, leaky negative-binomial CUSUM that looks for small and large rises: the
running log likelihood ratio of "raised" against "usual". The sums are kept in packed precision, never finer.
"""

from __future__ import annotations

import math
from struct import Struct
from typing import NamedTuple

import msgspec


def _decay(steps: float) -> float:
    """The factor that halves a sum within this many steps."""
    return float(0.5 ** (1 / steps))


LEVEL_DECAY = _decay(60)  # hours
HOUR_DECAY = _decay(14)  # visits of the same hour: two weeks
WEEKDAY_DECAY = _decay(96)  # visits of the same weekday's hours: four weeks
SPREAD_DECAY = _decay(14 * 24)  # hours

PRIOR_LEVEL = 0.5  # an hour: what a series without any history is taken for
PRIOR_HOURS = 6.0  # and how many hours of history that opinion is worth
YOUNG_HOURS = 24  # with less history than this the evidence stays below YOUNG_LIMIT: it may warn, not alarm
YOUNG_LIMIT = 1.4 * math.log(10)
SETTLING_HOURS = 48  # so long the level forgets nothing and trusts every count
SHRINK = 3.0  # weight of the common shape, times the spread
BORROWED_HOURS = 24.0  # of history that a level is worth which was counted elsewhere, see docs/decisions/2026-11-backfill.md
LEAST_MEAN = 1e-3
LEAST_SPREAD = 1.3  # news comes in clusters: a few items within two hours are nothing special even where the past looks regular
EXTRA_VARIANCE = 0.01  # of mean squared: noise that all large series have
OUTLIER = 2.58  # standard deviations from which on an hour counts less for the baseline
RAISED_WEIGHT = 0.1  # of an hour in which an alert goes on: a crisis does not become what is usual
NEW_USUAL_HOURS = 30  # after so many raised hours in a row the raised level is the usual one
RISES = ((2.0, 2 / 3), (6.0, 1 / 3))  # rises that are looked for: standard deviations, how likely each is beforehand
SCARCE = 0.15  # an hour: evidence takes at least so much for usual; where hardly anything is, one item is no rise yet
TEMPER = 0.9  # of a ratio's logarithm: neighbouring hours are not independent, so together they say less than their product
LEAK = 0.95  # an hour
HOURLY_CAP = 2.5  # nats that one hour adds in full; of what lies beyond
BEYOND_CAP = 0.5  # only this share counts: one odd hour is no crisis, six outlets at once may be
LARGEST_RISE = 80.0  # nats
RECENT_HOURS = 6  # hours kept one by one

LARGEST_HALF = 6e4

_HALF = Struct("<e")
_SUMS = Struct("<5f")
_PACKED = Struct("<5f24e24e7e7e6e6e2HB")
SIZE = _PACKED.size  # bytes of one series


class Evidence(msgspec.Struct, frozen=True):
    """How far a series stands out."""

    e: float  # log10 of how much likelier a raised level explains the present than the usual one; >= 0
    expected: float  # usual count of this hour; of its elapsed part where the hour is still open
    observed: float  # count of this hour
    hours_known: int  # covered hours of history; fewer than 14 days means the series is still being learnt
    expected_recent: float = 0.0  # usual count over the whole hours of the present rise, also of an open one
    observed_recent: float = 0.0  # count over the present rise
    window_hours: int = 1  # length of the present rise, 1 to 6 hours


class Shape(NamedTuple):
    """The factors of an expectation; their product is the mean of an hour without common movement."""

    level: float
    hour: float
    weekday: float

    @property
    def mean(self) -> float:
        """Expected count of a whole hour."""
        return max(self.level * self.hour * self.weekday, LEAST_MEAN)


def log_ratio(count: float, mean: float, spread: float) -> float:
    """Nats in favour of "raised" that an hour's count gives, tempered and capped.

    "Usual" is a negative binomial of this mean and spread (variance over mean), "raised" a mixture of those of a higher mean and
    the same spread, one for each of RISES: one alone is late for the others. Every count says more than a smaller one.
    """
    mean = max(mean, SCARCE)
    spread += EXTRA_VARIANCE * mean
    size, deviation = mean / (spread - 1), math.sqrt(spread * mean)
    usual = math.lgamma(count + size) - math.lgamma(size)
    raised: list[float] = []
    for rise, share in RISES:
        more = rise * deviation / (spread - 1)
        found = math.lgamma(count + size + more) - math.lgamma(size + more) - more * math.log(spread)
        raised.append(math.log(share) + found - usual)
    most = max(raised)
    nats = TEMPER * (most + math.log(sum(math.exp(one - most) for one in raised)))
    return nats if nats <= HOURLY_CAP else HOURLY_CAP + BEYOND_CAP * (nats - HOURLY_CAP)


class Series:
    """State of one series, SIZE bytes packed."""

    __slots__ = (
        "high_hours",
        "hour_ratio",
        "hour_weight",
        "hours",
        "level_sum",
        "level_weight",
        "recent_counts",
        "recent_means",
        "rise",
        "rising_hours",
        "spread_sum",
        "spread_weight",
        "weekday_ratio",
        "weekday_weight",
    )

    def __init__(self) -> None:
        self.level_sum = PRIOR_LEVEL * PRIOR_HOURS
        self.level_weight = PRIOR_HOURS
        self.hour_ratio = [1.0] * 24
        self.hour_weight = [0.0] * 24
        self.weekday_ratio = [1.0] * 7
        self.weekday_weight = [0.0] * 7
        self.spread_sum = 0.0
        self.spread_weight = 0.0
        self.rise = 0.0  # nats
        self.rising_hours = 0  # closed hours since `rise` left zero, at most RECENT_HOURS
        self.high_hours = 0  # how long the counts have kept above the baseline
        self.hours = 0  # covered hours seen
        self.recent_means = [0.0] * RECENT_HOURS  # the newest first; 0 where the hour was not covered
        self.recent_counts = [0.0] * RECENT_HOURS

    @property
    def spread(self) -> float:
        """Variance over mean, by a ratio of sums with a prior worth four expected counts."""
        return max((self.spread_sum + 6.0) / (self.spread_weight + 4.0), LEAST_SPREAD)

    def most(self, mean: float) -> float:
        """Upper edge of usual counts around this mean: two standard deviations above it."""
        return mean + 2 * math.sqrt((self.spread + EXTRA_VARIANCE * mean) * mean)

    def shape(self, hour: int, weekday: int, common_hour: float) -> Shape:
        """What is usual at this hour; `common_hour` is the factor that all series share for it."""
        prior = SHRINK * self.spread
        hour_weight, weekday_weight = self.hour_weight[hour], self.weekday_weight[weekday]
        by_hour = (self.hour_ratio[hour] * hour_weight + prior * common_hour) / (hour_weight + prior)
        by_weekday = (self.weekday_ratio[weekday] * weekday_weight + 2 * prior) / (weekday_weight + 2 * prior)
        return Shape(self.level_sum / self.level_weight, max(by_hour, LEAST_MEAN), max(by_weekday, LEAST_MEAN))

    def risen(self, count: float, mean: float, leak: float = LEAK, rise: float | None = None) -> float:
        """The rise after a count against its mean, in nats; the present one, or this `rise`, going on."""
        before = self.rise if rise is None else rise
        return self.limited(max(leak * before, 0.0) + log_ratio(count, mean, self.spread))

    def close(self, count: float, shape: Shape, common: float, hour: int, weekday: int, raised: bool = False) -> None:
        """Close a covered hour: move the rise, then learn; only little where an alert goes on (`raised`)."""
        mean = max(shape.mean * common, LEAST_MEAN)
        self.rise = self.risen(count, mean)
        self.rising_hours = min(self.rising_hours + 1, RECENT_HOURS) if self.rise > 0 else 0
        self._remember(count, mean)
        self._learn(count, mean, shape, common, hour, weekday, RAISED_WEIGHT if raised else 1.0)
        self.hours = min(self.hours + 1, 65535)
        self.rounded()

    def begin(self, own: Series | None) -> None:
        """End a past that was counted elsewhere: its shape stays, its level gives way to what is counted from now on.

        `own` is the same series as far as it is known here; its level stays where it has more than a young one's history.
        """
        self.rise, self.rising_hours, self.high_hours = 0.0, 0, 0
        share = min(1.0, BORROWED_HOURS / self.level_weight)
        self.level_sum, self.level_weight = share * self.level_sum, share * self.level_weight
        self.recent_means, self.recent_counts = [0.0] * RECENT_HOURS, [0.0] * RECENT_HOURS
        if own is not None:
            self.recent_means, self.recent_counts = own.recent_means, own.recent_counts
            self.rise, self.rising_hours = own.rise, own.rising_hours
        if own is not None and own.hours >= YOUNG_HOURS:
            self.level_sum, self.level_weight = own.level_sum, own.level_weight
        self.rounded()

    def skip(self) -> None:
        """Close an hour in which nobody looked: nothing is learnt, the rise stays."""
        self._remember(0.0, 0.0)

    def add_late(self, count: float, ago: int) -> None:
        """Items of an hour that closed `ago` hours before the last one: they can only raise."""
        mean, before = self.recent_means[ago], self.recent_counts[ago]
        if mean == 0:
            return  # nobody looked in that hour, so nothing is known about what it should have held
        gain = log_ratio(before + count, mean, self.spread) - log_ratio(before, mean, self.spread)
        self.rise = self.limited(max(self.rise, 0.0) + max(gain, 0.0) * LEAK**ago)
        self.rising_hours = max(self.rising_hours, ago + 1) if self.rise > 0 else 0
        usual = mean + OUTLIER * math.sqrt(self.spread * mean)
        self.level_sum += min(count, max(usual - before, 0.0))  # else what is always late would look like a rise for ever
        self.recent_counts[ago] = half(before + count)
        self.rounded()

    def evidence(self, expected: float, observed: float) -> Evidence:
        """What the closed hours say; the arguments are those of the hour that is told about."""
        over = all(self.recent_means) and not any(self.recent_counts)  # all recent hours were watched, and nothing came
        return self._evidence(0.0 if over else self.rise, expected, observed)

    def opened(self, count: float, shape: Shape, common: float, elapsed: float) -> Evidence:
        """What the closed hours say together with an open one; it can only add to them. The state stays."""
        whole = max(shape.mean * common, LEAST_MEAN)
        mean = max(whole * elapsed, LEAST_MEAN)
        rise = self.risen(count, mean, LEAK**elapsed) if count > 0 else 0.0
        open_too = self._evidence(rise, mean, count, (whole,))
        return max(self.evidence(mean, count), open_too, key=lambda evidence: evidence.e)

    def _evidence(self, rise: float, expected: float, observed: float, wholes: tuple[float, ...] = ()) -> Evidence:
        """Evidence over the rising hours: the recent ones and, where its usual count as a whole is given, the open one."""
        opened = len(wholes)
        closed = max(min(self.rising_hours, RECENT_HOURS - opened), 1 - opened)
        means, counts = [*wholes, *self.recent_means[:closed]], [observed] * opened + self.recent_counts[:closed]
        e = max(rise, 0.0) / math.log(10)
        return Evidence(e, expected, observed, self.hours, sum(means), sum(counts), len(means))

    def limited(self, rise: float) -> float:
        """A rise as far as it counts: young series may warn, not alarm."""
        return min(rise, YOUNG_LIMIT if self.hours < YOUNG_HOURS else LARGEST_RISE)

    def _remember(self, count: float, mean: float) -> None:
        self.recent_counts = [half(count), *self.recent_counts[:-1]]
        self.recent_means = [half(mean), *self.recent_means[:-1]]

    def _learn(self, count: float, mean: float, shape: Shape, common: float, hour: int, weekday: int, share: float) -> None:
        spread = self.spread + EXTRA_VARIANCE * mean
        distance = (count - mean) / math.sqrt(max(spread * mean, 0.25))
        self.high_hours = min(self.high_hours + 1, 65535) if distance > 1 else max(self.high_hours - 1, 0)
        settling = self.hours < SETTLING_HOURS
        trusted = settling or distance < OUTLIER or self.high_hours > NEW_USUAL_HOURS
        weight = share * (1.0 if trusted else (OUTLIER / distance) ** 2)
        if common < 0.3:
            weight = 0.0  # nearly everything is missing: an outage or a holiday teaches nothing
        decay = 1.0 if settling else LEVEL_DECAY
        self.level_sum = decay * self.level_sum + weight * count
        self.level_weight = decay * self.level_weight + weight * shape.hour * shape.weekday * common
        seen, usual = weight * count, weight * mean / common
        _move(self.hour_ratio, self.hour_weight, hour, HOUR_DECAY, seen / math.sqrt(common), usual / shape.hour)
        _move(self.weekday_ratio, self.weekday_weight, weekday, WEEKDAY_DECAY, seen / common, usual / shape.weekday)
        square = max(min((count - mean) ** 2, 9 * spread * mean + 1) - EXTRA_VARIANCE * mean * mean, 0.0)
        self.spread_sum = SPREAD_DECAY * self.spread_sum + square
        self.spread_weight = SPREAD_DECAY * self.spread_weight + mean

    def rounded(self) -> None:
        """Bring the sums to their packed precision; what is kept in half precision is rounded where it is set."""
        sums = _SUMS.pack(self.level_sum, self.level_weight, self.spread_sum, self.spread_weight, self.rise)
        self.level_sum, self.level_weight, self.spread_sum, self.spread_weight, self.rise = _SUMS.unpack(sums)

    def pack(self) -> bytes:
        """The state as SIZE bytes."""
        return _PACKED.pack(
            self.level_sum,
            self.level_weight,
            self.spread_sum,
            self.spread_weight,
            self.rise,
            *self.hour_ratio,
            *self.hour_weight,
            *self.weekday_ratio,
            *self.weekday_weight,
            *self.recent_means,
            *self.recent_counts,
            self.high_hours,
            self.hours,
            self.rising_hours,
        )

    @classmethod
    def unpack(cls, data: bytes) -> Series:
        """The series of these SIZE bytes."""
        values = _PACKED.unpack(data)
        series = cls()
        series.level_sum, series.level_weight, series.spread_sum, series.spread_weight, series.rise = values[:5]
        series.hour_ratio, series.hour_weight = list(values[5:29]), list(values[29:53])
        series.weekday_ratio, series.weekday_weight = list(values[53:60]), list(values[60:67])
        series.recent_means, series.recent_counts = list(values[67:73]), list(values[73:79])
        series.high_hours, series.hours, series.rising_hours = values[79:]
        return series


def _move(ratios: list[float], weights: list[float], cell: int, decay: float, observed: float, expected: float) -> None:
    """Add a pair to one cell of decaying sums, kept as their ratio and its weight: that survives half precision."""
    weight = decay * weights[cell] + expected
    ratio = (decay * ratios[cell] * weights[cell] + observed) / weight if weight > 1e-6 else 1.0
    ratios[cell], weights[cell] = half(ratio), half(weight)


def half(value: float) -> float:
    """The nearest number in half precision, at most LARGEST_HALF."""
    rounded: float = _HALF.unpack(_HALF.pack(min(value, LARGEST_HALF)))[0]
    return rounded
