"""Watchwords (*kabar genting*): one notice per agency and issue, at once, outside the levels, day and night.

Statistics cannot see the first item. A watchword is told when one main outlet, or two outlets with texts of their own, say it of
the agency. What is told opens a run: as long as the word keeps coming, another issue with the same word is the same matter,
unless it names a region that the run has not named (a poisoning in the next town). Part of the fold: the same facts give the
same notices.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from shared.alerts import AlertState, alert_id, answer
from shared.catalogue.places import is_own, places
from shared.config.schema import Config
from shared.detect.storing.parts import ordered
from shared.model import DAY, HOUR, Answer, Item, Judged, Seconds
from shared.phrases import tokens
from shared.watchwords import watcher_of
from shared.words import headline

FRESH: Seconds = DAY  # since its publication: an older item is no news
TOGETHER: Seconds = DAY  # within which two outlets corroborate each other
OUTLETS = 2
APART: Seconds = 12 * HOUR  # between two notices about one word and agency: a wave of protests in ten towns is one
QUIET: Seconds = 7 * DAY  # without the word, after which it is a new matter
WEEK: Seconds = 7 * DAY
MOST_A_WEEK = 3  # notices about one word and agency: for who it is daily bread, it is no alarm
REMEMBERED: Seconds = 30 * DAY
MAIN_WEIGHT = 0.8  # of a source, from which its outlet alone is enough
OWN_FEEDS = ("rss", "sitemap")  # kinds of sources that carry one outlet
SILENT_KINDS = ("release",)  # the agency's own voice


class Sighting(Struct, array_like=True, frozen=True):
    """A watchword in one item."""

    word: str
    item: Item
    main: bool  # of a main outlet
    places: tuple[str, ...]


class Run(Struct, array_like=True):
    """One word about one agency, as long as it keeps coming."""

    last_at: Seconds
    places: list[str] = field(default_factory=list)
    told_at: list[Seconds] = field(default_factory=list)


class Notable(Struct, frozen=True):
    """A watchword that is to be told."""

    state: AlertState  # of the notice, for answers to it
    sightings: tuple[Sighting, ...]  # the earliest first


class Watch(Struct, array_like=True):
    """What is remembered about watchwords."""

    told: dict[str, AlertState] = field(default_factory=dict)  # "agency issue" -> the notice that was given
    waiting: dict[str, list[Sighting]] = field(default_factory=dict)  # "agency issue" -> not told yet
    runs: dict[str, Run] = field(default_factory=dict)  # "agency word"

    def see(self, fact: Judged, issue: str, item: Item, config: Config, now: Seconds) -> None:
        """Note the watchwords of a mention that has just been put on an issue's file."""
        mention = fact.mention
        if mention.kind in SILENT_KINDS or item.found or now - mention.published_at > FRESH:  # who brought it in knows it already
            return
        watcher, rumour = watcher_of(config.watchwords), mention.kind == "factcheck"
        main = mention.outlet in main_outlets(config)
        named = sorted(places(tokens(headline(mention.title))))
        for subject in fact.subjects:
            region = subject.agency if subject.agency[:1].isdigit() else ""
            words = watcher.find(mention.title, mention.lead, rumour, region) if subject.about else ()
            if words:
                found = tuple(place for place in named if not _own(place, subject.agency))
                waiting = self.waiting.setdefault(f"{subject.agency} {issue}", [])
                waiting.extend(Sighting(word, item, main, found) for word in words)
                self._go_on(subject.agency, words, now)

    def tell(self, now: Seconds, refuted: Container[str] = ()) -> Iterator[Notable]:
        """What must be told now, by agency and issue; not of issues that are refuted, as long as they are.

        What waits longer than two outlets may be apart is let go.
        """
        for key in sorted(self.waiting):
            waiting = sorted(
                (one for one in self.waiting.pop(key) if now - one.item.at <= TOGETHER),
                key=lambda one: (one.item.at, one.item.mention),
            )
            agency, _, issue = key.partition(" ")
            for word in () if issue in refuted else dict.fromkeys(one.word for one in waiting):
                sightings = [one for one in waiting if one.word == word]
                if not enough(sightings):
                    continue
                waiting = [one for one in waiting if one.word != word]
                if self._is_new(key, f"{agency} {word}", sightings, now):
                    self.told[key] = _notice(agency, issue, now)
                    yield Notable(self.told[key], tuple(sightings))
            if waiting and key not in self.told:
                self.waiting[key] = waiting

    def _go_on(self, agency: str, words: Iterable[str], now: Seconds) -> None:
        """Let runs that have not ended go on: whoever says the word, it keeps coming."""
        for word in words:
            run = self.runs.get(f"{agency} {word}")
            if run is not None and now - run.last_at <= QUIET:
                run.last_at = now

    def _is_new(self, key: str, run_key: str, sightings: list[Sighting], now: Seconds) -> bool:
        """Whether these sightings are a matter of their own; goes on with the word's run in any case."""
        run = self.runs.get(run_key)
        named = {place for one in sightings for place in one.places}
        going_on = run is not None and now - run.last_at <= QUIET
        elsewhere = run is not None and any(_elsewhere(place, run.places) for place in named)
        recent = [at for at in run.told_at if now - at < WEEK] if run is not None else []
        often = len(recent) >= MOST_A_WEEK or any(now - at < APART for at in recent)
        told = key in self.told
        new = not told and not often and (not going_on or elsewhere)
        if not new and run is None and not told:
            return False
        run = self.runs.setdefault(run_key, Run(now))
        run.places = sorted({*(run.places if going_on else ()), *named})
        run.last_at = now
        if new:
            run.told_at = [*recent, now]
        return new

    def take(self, key: str, mention: str) -> list[Sighting]:
        """Let go of what was seen in a mention and is not told yet, at "agency issue"; what that was."""
        waiting = self.waiting.get(key, [])
        taken = [one for one in waiting if one.item.mention == mention]
        if taken:
            self.waiting[key] = [one for one in waiting if one.item.mention != mention]
        return taken

    def put(self, key: str, sightings: Iterable[Sighting], item: Item) -> None:
        """Take sightings in, of this item, that were seen before and stood elsewhere."""
        for one in sightings:
            self.waiting.setdefault(key, []).append(replace(one, item=item))

    def merge(self, gone: str, kept: str) -> None:
        """Let everything about an issue go on with the one that took it over; the earlier of two notices is remembered."""
        for key in [key for key in (*self.told, *self.waiting) if key.partition(" ")[2] == gone]:
            heir = f"{key.partition(' ')[0]} {kept}"
            if key in self.told:
                old = self.told.pop(key)
                known = self.told.get(heir, old)
                self.told[heir] = replace(min(known, old, key=lambda one: (one.opened_at, one.id)), issue=kept)
            if key in self.waiting:
                self.waiting.setdefault(heir, []).extend(self.waiting.pop(key))

    def answer(self, given: Answer) -> bool:
        """Take in what a person said; whether it was about one of these notices."""
        keys = [key for key, state in self.told.items() if state.id == given.alert]
        for key in keys:
            self.told[key] = answer(self.told[key], given)
        return bool(keys)

    def forget(self, live: Iterable[str], now: Seconds) -> None:
        """Drop what no page and no rule needs any more; `live` are the issues on file."""
        issues = frozenset(live)
        for key in [key for key, one in self.told.items() if one.issue not in issues and now - one.opened_at > REMEMBERED]:
            del self.told[key]
        for key in [key for key, run in self.runs.items() if now - run.last_at > QUIET]:
            del self.runs[key]

    def ordered(self) -> Watch:
        """The same with all mappings by key."""
        return Watch(ordered(self.told), ordered(self.waiting), ordered(self.runs))


def _notice(agency: str, issue: str, now: Seconds) -> AlertState:
    """What is remembered of a notice: it has one change and no level."""
    id = alert_id("watchword", agency, issue, 1)
    return AlertState(
        agency=agency,
        issue=issue,
        kind="watchword",
        id=id,
        openings=1,
        number=1,
        opened_at=now,
        active_since=now,
        changed_at=now,
    )


def enough(sightings: list[Sighting]) -> bool:
    """Whether outlets that can be relied on stand behind a word: a main one, or two of any kind with texts of their own."""
    own = {one.item.outlet for one in sightings if not one.item.copy_of}
    return any(one.main for one in sightings) or len(own) >= OUTLETS


@lru_cache(maxsize=4)
def main_outlets(config: Config) -> frozenset[str]:
    """Names of the main outlets (*media utama*): news of more than local reach, at nearly full weight, with a feed of its own.

    Searches and social networks carry many outlets: there a name counts if such a feed has it too.
    """
    return frozenset(
        source.name
        for source in config.sources
        if source.kind in OWN_FEEDS and source.carries == "news" and source.tier != "local" and source.weight >= MAIN_WEIGHT
    )


def _own(place: str, agency: str) -> bool:
    """Whether a region is the agency's own, or lies around it."""
    return is_own(place, agency) and not place.startswith(f"{agency}.")


def _elsewhere(place: str, known: list[str]) -> bool:
    """Whether a region is none of these, nor a province that holds one of them."""
    return not any(place == one or one.startswith(f"{place}.") for one in known)
