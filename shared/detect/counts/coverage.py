"""On which sources everything rests: the health of sources and of the collector itself, from the rounds it reports."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from shared.detect.counts.tally import KEPT
from shared.model import DAY, HOUR, Checked, Round, Seconds, SourceStatus

Condition = Literal["working", "failing", "late", "dead"]

ENOUGH = 0.5  # share of asked sources that must answer, for an hour to say anything
LATE: Seconds = 12 * HOUR  # without a new item, or twice the longest usual pause: nights are no delay
DEAD: Seconds = 3 * DAY  # or four times the longest usual pause: holidays are no death
GONE: Seconds = DAY  # without an answer, or twice the longest usual pause


class SourceHealth(Struct, array_like=True):
    """One source as the rounds show it."""

    status: SourceStatus
    last_ok_at: Seconds = 0
    last_item_at: Seconds = 0
    failing_since: Seconds = 0
    next_at: Seconds = 0
    problem: str = ""
    mentions: dict[Seconds, int] = field(default_factory=dict)  # hour -> matching mentions, a day's worth
    streak: int = 0  # failures in a row
    pace: Seconds = 0  # usual time between two items; 0 while unknown
    longest: Seconds = 0  # longest time between two of its latest items; 0 while unknown
    told_at: Seconds = 0  # of the round that all this is from

    def condition(self, now: Seconds) -> Condition:
        """How it does, judged against its own rhythm; while that is unknown only its failures say something."""
        if self.status == "error":
            return "dead" if now - (self.last_ok_at or self.failing_since) > max(GONE, 2 * self.longest) else "failing"
        silence = now - self.last_item_at if self.longest and self.last_item_at else 0
        if silence > max(DEAD, 4 * self.longest):
            return "dead"
        return "late" if silence > max(LATE, 2 * self.longest) else "working"


class HourCoverage(Struct, array_like=True):
    """Answers and failures within one hour."""

    answered: int = 0
    failed: int = 0


class Coverage:
    """Sources by id, and how well each hour was covered."""

    def __init__(self) -> None:
        self.sources: dict[str, SourceHealth] = {}
        self.hours: dict[Seconds, HourCoverage] = {}
        self.last_round_at: Seconds = 0
        self.saving = 0  # of the last round, see guard/
        self.rounds: set[str] = set()  # ids of recent rounds: each counts once
        self.round_order: list[str] = []

    def add(self, fact: Round) -> bool:
        """Take a round in; False if it is known already."""
        if fact.id in self.rounds:
            return False
        self.rounds.add(fact.id)
        self.round_order.append(fact.id)
        for old in self.round_order[:-600]:
            self.rounds.discard(old)
        del self.round_order[:-600]
        if fact.at >= self.last_round_at:
            self.last_round_at, self.saving = fact.at, fact.saving
        hour = self.hours.setdefault(fact.at - fact.at % HOUR, HourCoverage())
        for checked in fact.checked:
            self._source(checked, fact.at)
            if checked.status == "error":
                hour.failed += 1
            else:
                hour.answered += 1
        if not fact.checked and not fact.waiting:
            hour.answered += 1  # nothing was due: the collector is alive
        return True

    def _source(self, checked: Checked, at: Seconds) -> None:
        known = self.sources.setdefault(checked.source, SourceHealth(checked.status))
        known.last_item_at = max(known.last_item_at, checked.newest_at)
        if at < known.told_at:  # the broker brings rounds in any order: what a later one has told holds
            return
        known.told_at = at
        known.status, known.next_at, known.problem = checked.status, checked.next_at, checked.problem
        known.streak = checked.streak
        known.pace, known.longest = checked.pace or known.pace, checked.longest or known.longest
        if checked.status == "error":
            known.failing_since = known.failing_since or at
        else:
            known.last_ok_at, known.failing_since = at, 0

    def saw(self, source: str, at: Seconds) -> None:
        """Count a matching mention of a source; its first ones come before the round that tells how the source is."""
        known = self.sources.setdefault(source, SourceHealth("ok"))
        hour = at - at % HOUR
        known.mentions[hour] = known.mentions.get(hour, 0) + 1

    def covered(self, at: Seconds) -> bool:
        """Whether the hour of `at` says anything: the collector came by and half of the sources that it asked answered."""
        hour = self.hours.get(at - at % HOUR)
        return hour is not None and hour.answered > 0 and hour.answered >= ENOUGH * (hour.answered + hour.failed)

    def speaks(self, now: Seconds) -> bool:
        """Whether the present says anything: this hour or, in its first minutes, the one before."""
        return self.covered(now) or self.covered(now - HOUR)

    def forget(self, now: Seconds) -> None:
        """Drop what is older than the curves."""
        before = now - now % HOUR - KEPT
        for at in [at for at in self.hours if at < before]:
            del self.hours[at]
        for source in self.sources.values():
            for at in [at for at in source.mentions if at < now - DAY - HOUR]:
                del source.mentions[at]
