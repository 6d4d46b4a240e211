"""What is known about each live issue beyond its words: counts, outlets, first publisher, strongest items."""

from __future__ import annotations

from bisect import insort
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from shared.detect.counts.chains import Chains
from shared.detect.counts.daily import Day, names_against
from shared.detect.counts.glance import day_of, glance, items_of, outlets_of
from shared.detect.counts.outlets import Outlet
from shared.detect.counts.responding import MOST_LEAD, Replies
from shared.detect.counts.resting import Resting
from shared.detect.counts.tally import HourCount
from shared.detect.storing.parts import ordered
from shared.issues.credits import credit_of
from shared.model import DAY, HOUR, Item, Judged, Reading, Seconds, Tone, differ
from shared.rulings import NEVER_NEGATIVE
from shared.text import cut

CURVE: Seconds = 50 * HOUR  # hours kept per issue: what pages show, and the day before a release until the day after it is over
QUIET: Seconds = 26 * HOUR  # of a file without a new mention for so long nothing is in the 24 hours of any open hour
IDLE: Seconds = 7 * DAY  # an issue without a new mention for so long is filed away
STRONGEST = 10
MOST_TRIES = 3  # to open a page that fails for now
MOST_OUTLETS = 300
TOLD = 4  # strongest items whose leads are kept


def is_open(item: Item) -> bool:
    """Whether a person should say what tone an item has: other languages cannot be judged, and what was said stands."""
    return item.unsure and item.scored and not item.corrected


def _rank(kept: tuple[int, Item]) -> tuple[int, Seconds, str]:
    """The strongest first, then the earliest."""
    strength, item = kept
    return -strength, item.at, item.mention


class Weight(NamedTuple):
    """What a mention weighs by its source."""

    weight: int  # in thousandths
    national: bool


class Text(Struct, array_like=True):
    """What came of opening an item's page."""

    lead: str = ""
    tries: int = 0
    at: Seconds = 0  # of the last try


class Dossier(Resting):
    """One issue's file."""

    AWAKE = frozenset({"first_at", "last_at", "agencies", "total", "acting"})
    FOLLOWS = ("last_day", "doubtful")

    first_at: Seconds
    first_outlet: str
    first_url: str
    last_at: Seconds
    hours: dict[Seconds, HourCount] = field(default_factory=dict)
    agencies: dict[str, int] = field(default_factory=dict)  # id -> mentions about it
    units: dict[str, int] = field(default_factory=dict)  # "agency unit" -> mentions routed to it
    topics: dict[str, int] = field(default_factory=dict)
    outlets: dict[str, Outlet] = field(default_factory=dict)
    total: HourCount = field(default_factory=HourCount)
    copies: int = 0
    items: list[tuple[int, Item]] = field(default_factory=list)  # strongest first: (strength, item)
    texts: dict[str, Text] = field(default_factory=dict)  # of items whose pages were opened, by mention
    chains: Chains = field(default_factory=Chains)
    leads: dict[str, str] = field(default_factory=dict)  # that feeds brought, of the strongest few items, by mention
    replies: Replies = field(default_factory=Replies)
    acting: dict[str, int] = field(default_factory=dict)  # id -> of its mentions, those in which it acts, see relevance/roles.py
    began: Seconds = 0  # hour in which this file was opened: what was filed under its issue before, it has never held

    @classmethod
    def of(cls, packed: bytes) -> Dossier:
        """The file that was packed, at rest."""
        seen = glance(packed)
        return cls(seen.first_at, "", "", seen.last_at, agencies=seen.agencies, total=seen.total, acting=seen.acting).rest(packed)

    def against(self, agency: str) -> bool:
        """Whether what is negative here speaks against the agency: not where it acts in most of it."""
        return 2 * self.acting.get(agency, 0) < self.agencies.get(agency, 0)

    def add(
        self, fact: Judged, tone: Tone, item: Item, at: Seconds, source: Weight, hours_from: Seconds = 0, again: bool = False
    ) -> None:
        """Put a mention on file; `at` is its event time, `tone` the one that counts.

        Hours before `hours_from` are gone from the curve; `again`: it was on this file a moment ago, with another judgement.
        """
        self.change(grown=True)
        mention = fact.mention
        if (at, mention.outlet, mention.url) < (self.first_at, self.first_outlet, self.first_url):
            self.first_at, self.first_outlet, self.first_url = at, mention.outlet, mention.url
        self.last_at = max(self.last_at, at)
        self.total.add(tone)
        counts = tone.label == "negative" and not tone.unsure and not item.copy_of
        if at >= hours_from:
            hour = self.hours.setdefault(at - at % HOUR, HourCount())
            hour.add(tone)
            hour.weighted += source.weight * counts
        self.topics[fact.topic] = self.topics.get(fact.topic, 0) + 1
        for subject in fact.subjects:
            if subject.about:
                self.agencies[subject.agency] = self.agencies.get(subject.agency, 0) + 1
                key = f"{subject.agency} {subject.unit}"
                self.units[key] = self.units.get(key, 0) + 1
                if subject.acts:
                    self.acting[subject.agency] = self.acting.get(subject.agency, 0) + 1
        if item.copy_of:
            self.copies += 1
        name = mention.outlet
        if not again:
            self._link(fact, item, at)
            self.replies.add(mention.kind, item, mention.lead)
        if name not in self.outlets and len(self.outlets) < MOST_OUTLETS:
            self.outlets[name] = Outlet(at, at, 0, 0, source.weight, source.national, mention.kind, 0, 0, 0)
        if name in self.outlets:
            self.outlets[name].add(at, not item.copy_of, counts)
        self._keep(tone, item, mention.lead)

    def _link(self, fact: Judged, item: Item, at: Seconds) -> None:
        """Note whose text this is, before its outlet is on file."""
        mention, known = fact.mention, self.outlets.get(fact.mention.outlet)
        first = at < known.first_at if known else len(self.outlets) < MOST_OUTLETS
        credit = credit_of(mention.lead, self.outlets) if first and mention.lead else ""
        self.chains.add(mention.id, item.copy_of, mention.outlet, at, first, credit)
        if mention.kind == "social":
            self.chains.post(mention.id, item.copy_of, mention.outlet, at)

    def _keep(self, tone: Tone, item: Item, lead: str = "") -> None:
        """The strongest items: own text before copies, then sure and negative, then early."""
        strength = round(1000 * tone.negative) - (500 if tone.unsure else 0) - (2000 if item.copy_of else 0)
        if len(self.items) == STRONGEST and _rank((strength, item)) > _rank(self.items[-1]):
            return
        insort(self.items, (strength, item), key=_rank)
        del self.items[STRONGEST:]
        if lead:
            self.leads[item.mention] = cut(lead, MOST_LEAD)
        self.drop_texts()

    def read(self, fact: Reading) -> Item | None:
        """Take in what came of an item's page; the item as it is shown now, None where that is as before.

        A lead is taken once; a failure counts once, however often it is told.
        """
        known = self.texts.get(fact.mention, Text())
        place = next((place for place, (_, item) in enumerate(self.items) if item.mention == fact.mention), None)
        if place is None or known.lead or (fact.at <= known.at and not fact.lead):
            return None
        self.change(grown=True)
        self.texts[fact.mention] = Text(fact.lead, known.tries + 1 if fact.again else MOST_TRIES, max(fact.at, known.at))
        if not fact.lead:
            return None
        strength, item = self.items[place]
        label = fact.tone.label if fact.tone and not fact.tone.unsure else item.lead_label
        outlet = self.outlets.get(item.outlet)
        settled = item.corrected or (outlet is not None and outlet.kind in NEVER_NEGATIVE)
        mismatch = differ(item.label, item.unsure, label, settled=settled)
        item = replace(item, url=fact.url or item.url, lead_label=label, has_lead=True, mismatch=mismatch)
        self.items[place] = (strength, item)
        if outlet is not None and outlet.first_at == item.at and (credit := credit_of(fact.lead, self.outlets)):
            self.chains.credit(item.outlet, credit)
        return item

    def lead(self, mention: str) -> str:
        """What is known of the text below an item's headline; empty where nothing is."""
        text = self.texts.get(mention)
        return text.lead if text and text.lead else self.leads.get(mention, "")

    def wanted(self) -> list[tuple[Item, int]]:
        """Strongest items whose text is not known, each with the tries so far; no copies: they say what their origin says."""
        tries = {item.mention: self.texts.get(item.mention, Text()).tries for _, item in self.items}
        return [
            (item, tries[item.mention])
            for _, item in self.items
            if not item.has_lead and not item.copy_of and item.url and tries[item.mention] < MOST_TRIES
        ]

    def drop_texts(self) -> None:
        """Let go of the texts of items that are no longer among the strongest."""
        held = [item.mention for _, item in self.items]
        if self.texts:
            self.texts = {mention: text for mention, text in self.texts.items() if mention in held}
        if self.leads:
            self.leads = {mention: lead for mention, lead in self.leads.items() if mention in held[:TOLD]}

    def revise(self, item: Item, old: Tone, new: Tone, weight: int) -> None:
        """Move a mention, now this item, from one tone to another; it weighs something if it is negative evidence now."""
        self.change()
        at, outlet = item.at, item.outlet
        self.total.revise(old, new)
        hour = self.hours.get(at - at % HOUR)
        if hour is not None:
            hour.revise(old, new)
            hour.weighted += weight
        if outlet in self.outlets and item.label == "negative" and not item.unsure and not item.copy_of:
            known = self.outlets[outlet]
            known.against_at, known.against = max(known.against_at, at), known.against + 1
        self.items = [kept for kept in self.items if kept[1].mention != item.mention]
        self._keep(new, item)

    def take(self, other: Dossier) -> None:
        """Merge another issue's file into this one."""
        self.change()
        mine, theirs = (self.first_at, self.first_outlet, self.first_url), (other.first_at, other.first_outlet, other.first_url)
        self.first_at, self.first_outlet, self.first_url = min(mine, theirs)
        self.began = min(self.began, other.began)
        self.last_at = max(self.last_at, other.last_at)
        self.total.take(other.total)
        for at, count in other.hours.items():
            self.hours.setdefault(at, HourCount()).take(count)
        pairs = [(getattr(self, name), getattr(other, name)) for name in ("agencies", "units", "topics", "acting")]
        for target, source in pairs:
            for key, number in source.items():
                target[key] = target.get(key, 0) + number
        for name, outlet in sorted(other.outlets.items()):
            known = self.outlets.get(name)
            if known is None or outlet.first_at < known.first_at:
                self.chains.adopt(name, other.chains)
            if known is None and len(self.outlets) < MOST_OUTLETS:
                self.outlets[name] = outlet
            elif known is not None:
                known.take(outlet)
        self.chains.take(other.chains)
        self.replies.take(other.replies)
        self.copies += other.copies
        self.items = sorted([*self.items, *other.items], key=_rank)[:STRONGEST]
        self.texts = {**other.texts, **self.texts}
        self.leads = {**other.leads, **self.leads}
        self.drop_texts()

    def day(self, hour: Seconds) -> Day:
        """The 24 hours that end with this one; the same record until the file changes. It may go on resting."""
        known: Day | None = self.__dict__.get("last_day")
        if known is None or known.hour != hour:
            known = day_of(self.resting, hour) if self.resting else Day.of(hour, self.hours, self.outlets)
            self.__dict__["last_day"] = known
        return known

    def voices(self, since: Seconds) -> tuple[str, ...]:
        """Names of outlets with a negative text of their own since then. It may go on resting."""
        return names_against(outlets_of(self.resting) if self.resting else self.outlets, since)

    @property
    def unsure(self) -> list[Item]:
        """Those of the strongest items that are open; the same list until the file changes. It may go on resting."""
        known: list[Item] | None = self.__dict__.get("doubtful")
        if known is None:
            items = items_of(self.resting) if self.resting else [item for _, item in self.items]
            self.__dict__["doubtful"] = known = [*filter(is_open, items)]
        return known

    def ordered(self) -> Dossier:
        """The same with all mappings by key."""
        return replace(
            self,
            hours=ordered(self.hours),
            agencies=ordered(self.agencies),
            units=ordered(self.units),
            topics=ordered(self.topics),
            outlets=ordered(self.outlets),
            texts=ordered(self.texts),
            chains=self.chains.ordered(),
            leads=ordered(self.leads),
            acting=ordered(self.acting),
        )

    def is_due(self, since: Seconds, now: Seconds) -> bool:
        """Whether it may have something to `forget`, which it did last at `since`: a quiet file once more, after its curve."""
        before = now - now % HOUR - CURVE
        return self.first_at < before and (self.last_at >= now - QUIET or since - CURVE <= self.last_at < before)

    def forget(self, now: Seconds) -> None:
        """Drop what no page and no rule needs any more."""
        before = now - now % HOUR - CURVE
        settled = self.replies.settle(self.hours, now)
        old = [at for at in self.hours if at < before]
        for at in old:
            del self.hours[at]
        unread = bool(self.leads) and self.last_at < before
        if unread:
            self.leads = {}
        if self.chains.forget(now) or settled or old or unread:
            self.change()

    def top(self, counts: dict[str, int]) -> str:
        """The key with the highest count, the first by name on ties; empty if there is none."""
        return min(counts, key=lambda key: (-counts[key], key)) if counts else ""
