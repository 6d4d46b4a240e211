"""All series of one stream of counts (say: negative mentions by agency), closed together hour by hour."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from shared.baselines.hindsight import Past, correct
from shared.baselines.pool import Control, Profile, share_of
from shared.baselines.series import RECENT_HOURS, SIZE, Evidence, Series, Shape
from shared.model import HOUR, Seconds

VERSION: Final = 1
LARGEST_PART: Final = 800_000  # bytes, of a document's 1 MB
LEAST_ELAPSED: Final = 0.25  # of an open hour: one item in its first minutes is no crisis


class _Part(msgspec.Struct, frozen=True, array_like=True):
    """A packed document: some series in key order, and what all share."""

    version: int
    closed_at: int  # seconds; -1 before the first hour
    observed: tuple[float, ...]
    expected: tuple[float, ...]
    keys: tuple[str, ...]
    states: bytes


@dataclass(frozen=True, slots=True)
class _Look:
    """One series in one hour."""

    key: str
    series: Series
    count: float
    shape: Shape
    common: float


def agency_of(key: str) -> str:
    """The group of a series: the agency of "agency" and of "agency|topic"."""
    return key.split("|", 1)[0]


class Baselines:
    """Baselines and evidence of many series.

    A series is known from the first closed hour in which its key is in `counts`; pass 0 for an agency without mentions, so that
    its quiet hours count as history. Hours and weekdays (Monday is 0) are those of the deployment's zone.
    """

    def __init__(self, group_of: Callable[[str], str] = agency_of) -> None:
        self.closed_at: int = -1  # start of the last closed hour; -1 before the first
        self._group_of = group_of
        self._series: dict[str, Series] = {}
        self._keys: list[str] = []
        self._profile = Profile()

    def step(
        self,
        at: Seconds,
        hour: int,
        weekday: int,
        counts: Mapping[str, float],
        covered: bool,
        raised: Collection[str] = (),
    ) -> dict[str, Evidence]:
        """Close the hour that starts at `at` for every known series; evidence by key, in key order.

        Missing keys count 0. An hour that was not covered (a silent collector) changes no baseline and no evidence.
        Groups in `raised` have an alert that goes on: their hours move the baseline only a little.
        Raises ValueError where that hour, or a later one, is closed already.
        """
        self._check_open(at)
        self.closed_at = at
        self._admit(counts)
        if not covered:
            return self._skip(hour, weekday)
        observed = expected = 0.0
        evidence: dict[str, Evidence] = {}
        for look in self._looks(hour, weekday, counts, 1.0):
            share = share_of(look.series, look.count, look.shape, look.common)
            observed, expected = observed + share[0], expected + share[1]
            look.series.close(look.count, look.shape, look.common, hour, weekday, self._group_of(look.key) in raised)
            evidence[look.key] = look.series.evidence(look.shape.mean * look.common, look.count)
        self._profile.learn(hour, observed, expected)
        return evidence

    def peek(self, at: Seconds, hour: int, weekday: int, counts: Mapping[str, float], elapsed: float) -> dict[str, Evidence]:
        """Evidence with the counts so far of the open hour, of which the share `elapsed` (0 to 1] has passed. Changes nothing.

        An open hour can raise the evidence of the closed ones; only its end can lower it. A key that is not known yet is looked
        at as a new series, so that a new agency is heard in its first hour. Raises ValueError where the hour that starts at `at`
        is closed already.
        """
        self._check_open(at)
        elapsed = min(max(elapsed, LEAST_ELAPSED), 1.0)
        looks = self._looks(hour, weekday, counts, elapsed)
        return {look.key: look.series.opened(look.count, look.shape, look.common, elapsed) for look in looks}

    def add_late(self, at: Seconds, counts: Mapping[str, float]) -> None:
        """Items that arrive after their hour (start `at`) was closed: up to six hours late they can raise, never lower."""
        ago = (self.closed_at - at) // HOUR
        if 0 <= ago < RECENT_HOURS:
            for key in sorted(counts):
                if key in self._series and counts[key] > 0:
                    self._series[key].add_late(counts[key], ago)

    def correct(self, at: Seconds, hour: int, weekday: int, key: str, before: float, after: float, steps: int) -> None:
        """The closed hour that starts at `at` held another count than it was closed with.

        `steps` covered hours have closed since. Nothing happens where the hour is open, or the key unknown.
        """
        ago = (self.closed_at - at) // HOUR
        if ago >= 0 and key in self._series:
            series = self._series[key]
            correct(series, Past(ago, steps, hour, weekday), before, after, self._shape(series, hour, weekday).mean)

    def known_hours(self, key: str) -> int:
        """Covered hours of history of a series; 0 where it is unknown."""
        series = self._series.get(key)
        return series.hours if series else 0

    def seed(self, key: str, past: Sequence[tuple[int, int, float]]) -> None:
        """Let a series know the hours before it was watched: hour, weekday and count of each, the oldest first.

        Nothing happens where it knows as many hours already, so that the same past twice changes nothing.
        """
        own = self._series.get(key)
        if not past or (own is not None and own.hours >= len(past)):
            return
        series = Series()
        for hour, weekday, count in past:
            series.close(count, self._shape(series, hour, weekday), 1.0, hour, weekday)
        series.begin(own)
        self._admit({key: 0.0})
        self._series[key] = series

    def expected(self, key: str, hour: int, weekday: int) -> float:
        """Usual count of a series at this hour, to draw a curve with; of a new series where the key is unknown."""
        return self._shape(self._series.get(key) or Series(), hour, weekday).mean

    def band(self, key: str, hour: int, weekday: int) -> tuple[float, float]:
        """What `expected` tells, and the upper edge of what is usual at this hour."""
        series = self._series.get(key) or Series()
        mean = self._shape(series, hour, weekday).mean
        return mean, series.most(mean)

    def pack(self) -> dict[str, bytes]:
        """The whole state as named parts of at most LARGEST_PART bytes; equal states give equal bytes."""
        parts: dict[str, bytes] = {}
        size, first = 0, 0
        for index, key in enumerate(self._keys):
            cost = SIZE + len(key.encode()) + 5
            if size + cost > LARGEST_PART - 1_000:
                parts[f"baselines-{len(parts)}"] = self._part(self._keys[first:index])
                size, first = 0, index
            size += cost
        parts[f"baselines-{len(parts)}"] = self._part(self._keys[first:])
        return parts

    def unpack(self, parts: Mapping[str, bytes]) -> None:
        """Replace the state by what `pack` wrote; raises ValueError where a part is of another version or shape."""
        series: dict[str, Series] = {}
        for name in sorted(parts):
            try:
                part = msgspec.msgpack.decode(parts[name], type=_Part)
            except msgspec.MsgspecError as error:
                raise ValueError(f"{name} is no baselines: {error}") from error
            if part.version != VERSION or len(part.states) != SIZE * len(part.keys):
                raise ValueError(f"{name} has version {part.version} with {len(part.states)} bytes; this program knows {VERSION}")
            for index, key in enumerate(part.keys):
                series[key] = Series.unpack(part.states[index * SIZE : (index + 1) * SIZE])
            self.closed_at, self._profile = part.closed_at, Profile(part.observed, part.expected)
        self._series, self._keys = series, sorted(series)

    def _part(self, keys: list[str]) -> bytes:
        states = b"".join(self._series[key].pack() for key in keys)
        profile = self._profile
        return msgspec.msgpack.encode(
            _Part(VERSION, self.closed_at, tuple(profile.observed), tuple(profile.expected), tuple(keys), states)
        )

    def _check_open(self, at: Seconds) -> None:
        if at <= self.closed_at:
            raise ValueError(f"hour {at} is closed already; the last closed hour is {self.closed_at}")

    def _admit(self, counts: Mapping[str, float]) -> None:
        for key in sorted(counts):
            if key not in self._series:
                self._series[key] = Series()
                insort(self._keys, key)

    def _shape(self, series: Series, hour: int, weekday: int) -> Shape:
        return series.shape(hour, weekday, self._profile.factor(hour))

    def _looks(self, hour: int, weekday: int, counts: Mapping[str, float], share: float) -> list[_Look]:
        """All series, and new ones for keys not known yet, against their expectation of this share of an hour.

        With the common movement of the others.
        """
        common_hour = self._profile.factor(hour)
        control = Control()
        rows: list[tuple[str, str, Series, float, Shape]] = []
        for key in sorted({*self._keys, *counts}):
            series, group, count = self._series.get(key) or Series(), self._group_of(key), counts.get(key, 0.0)
            shape = series.shape(hour, weekday, common_hour)
            control.add(group, count, shape.mean * share, series)
            rows.append((key, group, series, count, shape))
        return [_Look(key, series, count, shape, control.factor(group)) for key, group, series, count, shape in rows]

    def _skip(self, hour: int, weekday: int) -> dict[str, Evidence]:
        evidence: dict[str, Evidence] = {}
        for key in self._keys:
            series = self._series[key]
            evidence[key] = series.evidence(self._shape(series, hour, weekday).mean, 0.0)
            series.skip()
        return evidence
