"""Items that answer an issue: fact-checks (*klarifikasi/hoaks*) and the agency's own releases, as its response.

Both join the issue that they answer, also days later and in words of their own, and neither names it nor moves it. How much was
written in the day before the first release and in the day after it is counted from the issue's hours, and kept from then on.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from shared.detect.counts.tally import HourCount
from shared.issues import Issues
from shared.issues.pleas import matter
from shared.issues.verdicts import claim
from shared.model import DAY, HOUR, Item, Mention, Seconds
from shared.privacy import FROM_PERSONS
from shared.text import cut

MOST_KEPT: Final = 5  # of each kind: the earliest
MOST_LEAD: Final = 400  # characters
ANSWERS_WITHIN: Final[dict[str, Seconds]] = {"factcheck": 7 * DAY, "release": 3 * DAY}  # after the issue's last mention
WINDOW: Final[Seconds] = DAY  # before and after the first release

Measured = tuple[int, int, int, int, int, int]  # before: all, negative, hours; after: the same


def group(issues: Issues, mention: Mention, at: Seconds, about: Sequence[str], original: str) -> str:
    """The issue that a mention belongs to: the `original`'s where it is a copy (else empty), or the one that it answers.

    Headlines name issues; fact-checks, releases, and what persons write do so only until one comes.
    """
    home = issues.resolve(original) if original else None
    within = ANSWERS_WITHIN.get(mention.kind)
    if mention.kind in FROM_PERSONS:
        return issues.add(mention.id, matter(mention.title), matter(mention.lead), at, about, home, mention.title)
    if within is None:
        return issues.add(mention.id, mention.title, mention.lead, at, about, home)
    title = claim(mention.title)
    home = home or issues.answered(title, at, about, within) or None
    return issues.add(mention.id, title, mention.lead, at, about, home, mention.title)


class Replies(Struct, array_like=True):
    """Answers to one issue."""

    checks: list[Item] = field(default_factory=list)  # by time
    releases: list[Item] = field(default_factory=list)  # by time
    released: int = 0
    measured: Measured | None = None  # around the first release, once the day after it is over
    leads: dict[str, str] = field(default_factory=dict)  # of the releases, by mention: they tell what these are about

    def add(self, kind: str, item: Item, lead: str = "") -> None:
        """Take an item in, if it is an answer."""
        if kind == "factcheck":
            _keep(self.checks, item)
        elif kind == "release":
            first = self.releases[0].mention if self.releases else ""
            self.released += 1
            _keep(self.releases, item)
            self._hold({**self.leads, item.mention: cut(lead, MOST_LEAD)})
            if self.releases[0].mention != first:
                self.measured = None

    def lose(self, kind: str, mention: str) -> None:
        """Take an answer out; those beyond the earliest few do not come back."""
        first = self.releases[0].mention if self.releases else ""
        self.released -= kind == "release"
        self.checks = [item for item in self.checks if item.mention != mention]
        self.releases = [item for item in self.releases if item.mention != mention]
        self._hold(self.leads)
        if first == mention:
            self.measured = None

    def take(self, other: Replies) -> None:
        """Merge the answers to another issue; what was counted around another release no longer holds."""
        first = self.releases[0] if self.releases else None
        for item in other.checks:
            _keep(self.checks, item)
        for item in other.releases:
            _keep(self.releases, item)
        self._hold({**other.leads, **self.leads})
        self.released += other.released
        if self.releases and self.releases[0] != first:
            self.measured = other.measured

    def _hold(self, leads: Mapping[str, str]) -> None:
        """Keep the leads of the releases that are kept."""
        self.leads = {item.mention: leads[item.mention] for item in self.releases if leads.get(item.mention)}

    def settle(self, hours: Mapping[Seconds, HourCount], now: Seconds) -> bool:
        """Keep the counts around the first release before their hours are dropped; whether that happened now."""
        if not self.releases or self.measured is not None or self.releases[0].at + WINDOW + HOUR > now:
            return False
        self.measured = self.measure(hours, now)
        return True

    def measure(self, hours: Mapping[Seconds, HourCount], now: Seconds) -> Measured:
        """What was written in the day before the first release and since, for a day at most; without releases."""
        return around(hours, self.releases[0].at, now, [item.at for item in self.releases])


def around(hours: Mapping[Seconds, HourCount], at: Seconds, now: Seconds, own: Sequence[Seconds] = ()) -> Measured:
    """What was written in the day before an answer and since, for a day at most; `own` are times of items that do not count.

    After it begins with the next full hour: what its own hour holds may have come before or after, and counts on neither side.
    """
    middle = at - at % HOUR
    after = middle if at == middle else middle + HOUR
    start, end = middle - WINDOW, max(after, min(after + WINDOW, now - now % HOUR + HOUR))
    first = min((hour for hour in hours if start <= hour < middle), default=middle)
    return (*_count(hours, first, middle, own), *_count(hours, after, end, own))


def _count(hours: Mapping[Seconds, HourCount], start: Seconds, end: Seconds, own: Sequence[Seconds]) -> tuple[int, int, int]:
    inside = [count for at, count in hours.items() if start <= at < end]
    left_out = sum(start <= at < end for at in own)
    return sum(count.total for count in inside) - left_out, sum(count.negative for count in inside), (end - start) // HOUR


def _keep(items: list[Item], item: Item) -> None:
    """One more item among the earliest few, by time."""
    insort(items, item, key=lambda one: (one.at, one.mention))
    del items[MOST_KEPT:]
