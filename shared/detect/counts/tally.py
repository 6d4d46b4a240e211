"""Hourly counts per agency: what curves, shares and the baselines are made of. All integers."""

from __future__ import annotations

from msgspec import Struct

from shared.model import DAY, HOUR, Seconds, Tone

KEPT: Seconds = 8 * DAY  # a week and the day in progress
WEIGHT_UNIT = 1000  # weights of sources are counted in thousandths


class HourCount(Struct, array_like=True):
    """One agency's hour."""

    negative: int = 0
    neutral: int = 0
    positive: int = 0
    unsure: int = 0
    weighted: int = 0  # negative, de-duplicated mentions by source weight, in thousandths: what the baselines see
    unscored: int = 0  # of the unsure: in another language
    doubt: int = 0  # negative mentions expected among the unsure, in thousandths

    @property
    def total(self) -> int:
        """All mentions, copies included."""
        return self.negative + self.neutral + self.positive + self.unsure

    @property
    def likely(self) -> int:
        """How many of the unsure are expected to be negative: a whole number, halves rounded up, as people are told."""
        return (self.doubt + WEIGHT_UNIT // 2) // WEIGHT_UNIT

    def add(self, tone: Tone, number: int = 1) -> None:
        """Count a mention of this tone; number -1 takes one back."""
        name = "unsure" if tone.unsure else tone.label
        setattr(self, name, getattr(self, name) + number)
        if tone.unsure:
            self.unscored += number * (not tone.scored)
            self.doubt += number * round(WEIGHT_UNIT * tone.doubt)

    def revise(self, old: Tone, new: Tone) -> None:
        """Move a mention from one tone to another."""
        self.add(old, -1)
        self.add(new)

    def take(self, other: HourCount) -> None:
        """Add another count to this one."""
        self.negative += other.negative
        self.neutral += other.neutral
        self.positive += other.positive
        self.unsure += other.unsure
        self.weighted += other.weighted
        self.unscored += other.unscored
        self.doubt += other.doubt

    def give(self, other: HourCount) -> None:
        """Take another count off this one."""
        self.negative -= other.negative
        self.neutral -= other.neutral
        self.positive -= other.positive
        self.unsure -= other.unsure
        self.weighted -= other.weighted
        self.unscored -= other.unscored
        self.doubt -= other.doubt


class Tally:
    """Counts by agency and hour for the last eight days, and the outlets that usually write about each agency."""

    def __init__(self) -> None:
        self.hours: dict[str, dict[Seconds, HourCount]] = {}
        self.outlets: dict[str, dict[str, Seconds]] = {}  # agency -> outlet -> last seen

    def hour(self, agency: str, at: Seconds) -> HourCount:
        """The count of the hour in which `at` lies, made if missing."""
        return self.hours.setdefault(agency, {}).setdefault(at - at % HOUR, HourCount())

    def between(self, agency: str, start: Seconds, end: Seconds) -> HourCount:
        """The sum of the hours that start in [start, end)."""
        out = HourCount()
        for at, count in self.hours.get(agency, {}).items():
            if start <= at < end:
                out.take(count)
        return out

    def saw(self, agency: str, outlet: str, at: Seconds) -> None:
        """Remember that this outlet wrote about the agency."""
        known = self.outlets.setdefault(agency, {})
        known[outlet] = max(known.get(outlet, 0), at)

    def forget(self, now: Seconds) -> None:
        """Drop what is older than eight days."""
        before = now - now % HOUR - KEPT
        for hours in self.hours.values():
            for at in [at for at in hours if at < before]:
                del hours[at]
        for outlets in self.outlets.values():
            for name in [name for name, at in outlets.items() if at < before]:
                del outlets[name]
