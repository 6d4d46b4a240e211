"""Counts of a day out of its mentions: by agency, issue and outlet, each mention once.

Everything is taken in one by one, so that a day of 100,000 mentions needs memory for its issues and outlets only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from shared.deeds import Kept
from shared.detect.counts.tally import HourCount
from shared.model import DAY, Item, MentionKind, Seconds, Subject, Tone
from shared.report.period import Period
from shared.rulings import item_of, tone_of, toward
from shared.voices import kind_of

AGES: Final[tuple[Seconds, ...]] = (DAY, 3 * DAY)  # of complaints that wait for an answer
SHOWN: Final = 3  # texts of their own that are remembered of each tone of an issue: the earliest


@dataclass
class OutletCount:
    """One outlet's day."""

    total: int = 0
    negative: int = 0


@dataclass
class IssueCount:
    """One issue's day, as far as one agency is concerned."""

    tones: HourCount = field(default_factory=HourCount)
    outlets: set[str] = field(default_factory=set)
    copies: int = 0
    first: Item | None = None
    units: dict[str, int] = field(default_factory=dict)  # id -> mentions routed to it
    topics: dict[str, int] = field(default_factory=dict)
    negative: list[Item] = field(default_factory=list)  # own texts whose tone is sure, the earliest first
    positive: list[Item] = field(default_factory=list)

    def add(self, item: Item, tone: Tone, unit: str, topic: str, kind: MentionKind) -> None:
        """Take in a mention; only news have outlets, and are chosen to be shown."""
        self.tones.add(tone)
        self.copies += bool(item.copy_of)
        self.topics[topic] = self.topics.get(topic, 0) + 1
        if unit:
            self.units[unit] = self.units.get(unit, 0) + 1
        if self.first is None or place(item) < place(self.first):
            self.first = item
        if kind != "news":
            return
        self.outlets.add(item.outlet)
        if not item.copy_of and not item.unsure and item.label != "neutral":
            keep_earliest(self.negative if item.label == "negative" else self.positive, item)

    def take(self, other: IssueCount) -> None:
        """Add the count of an issue that was merged into this one."""
        self.tones.take(other.tones)
        self.outlets |= other.outlets
        self.copies += other.copies
        for mine, theirs in ((self.units, other.units), (self.topics, other.topics)):
            for key, number in theirs.items():
                mine[key] = mine.get(key, 0) + number
        self.first = min((item for item in (self.first, other.first) if item), key=place, default=None)
        for item in other.negative:
            keep_earliest(self.negative, item)
        for item in other.positive:
            keep_earliest(self.positive, item)


@dataclass
class DayCount:
    """One agency's day."""

    tones: HourCount = field(default_factory=HourCount)
    copies: int = 0
    texts: int = 0  # news whose text below the headline is known
    news: int = 0  # of those that could have one
    outlets: dict[str, OutletCount] = field(default_factory=dict)
    issues: dict[str, IssueCount] = field(default_factory=dict)
    roots: dict[str, int] = field(default_factory=dict)  # origin of a text -> mentions of it, itself included
    kinds: dict[MentionKind, list[tuple[Item, str, str]]] = field(default_factory=dict)  # item, unit, issue
    brought: int = 0  # by officers
    corrected: int = 0  # by officers
    latest_at: Seconds = 0  # when the last of them was first seen
    digest: int = 0  # of all that was counted, in any order

    def add(self, kept: Kept, unit: str) -> None:
        """Take in a mention about this agency."""
        item, tone, mention = item_of(kept), tone_of(kept), kept.fact.mention
        self.tones.add(tone)
        self.copies += bool(item.copy_of)
        self.brought += bool(mention.by)
        self.corrected += item.corrected
        self.news += mention.kind == "news"
        self.texts += mention.kind == "news" and item.has_lead
        if mention.kind == "news":  # no desk of complaints, no site of an agency, no fact-checker
            outlet = self.outlets.setdefault(item.outlet, OutletCount())
            outlet.total += 1
            outlet.negative += not item.unsure and item.label == "negative"
        root = item.copy_of or item.mention
        self.roots[root] = self.roots.get(root, 0) + 1
        self.issues.setdefault(kept.issue, IssueCount()).add(item, tone, unit, kept.fact.topic, mention.kind)
        if mention.kind in ("complaint", "factcheck"):
            self.kinds.setdefault(mention.kind, []).append((item, unit, kept.issue))
        self.latest_at = max(self.latest_at, mention.first_seen_at)
        said = f"{item.mention} {item.label} {item.unsure} {item.copy_of} {kept.issue} {unit} {item.has_lead}"
        if item.corrected or item.reply:
            said += f" {item.corrected} {item.reply}"
        self.digest ^= int.from_bytes(hashlib.blake2b(said.encode(), digest_size=8).digest())


@dataclass
class EarlierCount:
    """One agency's earlier day: what is compared."""

    tones: HourCount = field(default_factory=HourCount)
    issues: dict[str, int] = field(default_factory=dict)


@dataclass
class Complaints:
    """What citizens wrote about an agency in the day and the days before it."""

    answered: int = 0
    waiting: list[Seconds] = field(
        default_factory=list
    )  # when those happened that ask for an answer and are not marked as answered

    def add(self, item: Item, lead: str) -> None:
        """Take in a letter; thanks wait for nothing."""
        if item.reply:
            self.answered += 1
        elif kind_of(item.title, lead, item.label) != "praise":
            self.waiting.append(item.at)

    def by_age(self, end: Seconds) -> tuple[int, ...]:
        """How many wait at this moment: for less than AGES[0], less than AGES[1], longer."""
        ages = [sum(end - at >= age for age in AGES) for at in self.waiting]
        return tuple(ages.count(place) for place in range(len(AGES) + 1))


@dataclass
class Releases:
    """The agencies' own press releases, and which outlets ran which text."""

    own: dict[str, list[Item]] = field(default_factory=dict)  # by agency
    runs: dict[str, dict[str, int]] = field(default_factory=dict)  # origin of a text -> outlet -> texts

    def add(self, kept: Kept) -> None:
        """Take in a mention."""
        mention = kept.fact.mention
        if mention.kind == "release":
            for subject in counted_subjects(kept):
                self.own.setdefault(subject.agency, []).append(item_of(kept))
        else:
            outlets = self.runs.setdefault(kept.copy_of or mention.id, {})
            outlets[mention.outlet] = outlets.get(mention.outlet, 0) + 1

    def own_voice(self, agency: str, day: DayCount) -> int:
        """How many of the day's mentions are the agency's own press releases, or run them."""
        roots = {item.copy_of or item.mention for item in self.own.get(agency, ())}
        return sum(day.roots.get(root, 0) for root in roots)

    def ran(self, release: Item) -> dict[str, int]:
        """Other outlets that ran it, and in how many texts: as its copies, or as the text that it is a copy of itself."""
        outlets = self.runs.get(release.copy_of or release.mention, {})
        return {name: outlets[name] for name in sorted(outlets) if name != release.outlet}


@dataclass
class Counts:
    """All agencies, the day itself and the days before it."""

    days: dict[str, DayCount]
    earlier: dict[str, list[EarlierCount]]  # yesterday first
    releases: Releases = field(default_factory=Releases)
    complaints: dict[str, Complaints] = field(default_factory=dict)  # by agency


def count(mentions: Iterable[Kept], periods: Mapping[str, list[Period]], releases_from: Seconds = 0) -> Counts:
    """Count the mentions; `periods` has each agency's day, and after it the days before, the newest first."""
    counts = Counts(
        {agency: DayCount() for agency in periods},
        {agency: [EarlierCount() for _ in spans[1:]] for agency, spans in periods.items()},
    )
    end = max((spans[0].end for spans in periods.values()), default=0)
    for kept in mentions:
        at = kept.fact.mention.happened_at
        if releases_from <= at < end:
            counts.releases.add(kept)
        for subject in counted_subjects(kept):
            spans = periods.get(subject.agency, ())
            number = next((number for number, span in enumerate(spans) if span.start <= at < span.end), None)
            if number is not None and kept.fact.mention.kind == "complaint":
                counts.complaints.setdefault(subject.agency, Complaints()).add(
                    item_of(toward(kept, subject.agency)), kept.fact.mention.lead
                )
            if number == 0:
                counts.days[subject.agency].add(toward(kept, subject.agency), subject.unit)
            elif number:
                earlier = counts.earlier[subject.agency][number - 1]
                earlier.tones.add(tone_of(toward(kept, subject.agency)))
                earlier.issues[kept.issue] = earlier.issues.get(kept.issue, 0) + 1
    return counts


def counted_subjects(kept: Kept) -> Iterable[Subject]:
    """The agencies that the mention counts for, each once, with the unit that it is routed to first."""
    first: dict[str, Subject] = {}
    for subject in kept.fact.subjects:
        if subject.about:
            first.setdefault(subject.agency, subject)
    return first.values()


def place(item: Item) -> tuple[Seconds, str]:
    """Order of items: as they happened."""
    return item.at, item.mention


def keep_earliest(items: list[Item], item: Item) -> None:
    """Add an item to a short list of the earliest."""
    items.append(item)
    items.sort(key=place)
    del items[SHOWN:]
