"""Watchwords (*kabar genting*): one notice per agency and matter, at once, outside the levels, day and night.

Statistics cannot see the first item. A watchword is told when one main outlet, or two outlets with texts of their own, say it of
the agency. What is told goes on as long as it is told of: in its issue, or in another one that says much the same of the same
places. What is new (`runs`) is told again, be it in the same issue; so is another word that is said there ("unjuk rasa", then
"tewas"), but not each word of one headline. Part of the fold: the same facts give the same notices.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from shared.alerts import AlertState, alert_id, answer
from shared.config.schema import Config
from shared.detect.judging.runs import OUTLETS, QUIET, Run, Sighting, own_outlets
from shared.detect.judging.sayings import names, says
from shared.detect.storing.parts import ordered
from shared.model import DAY, Answer, Item, Judged, Seconds
from shared.watchwords import watcher_of

FRESH: Seconds = DAY  # since its publication: an older item is no news
TOGETHER: Seconds = DAY  # within which two outlets corroborate each other
REMEMBERED: Seconds = 30 * DAY
MAIN_WEIGHT = 0.8  # of a source, from which its outlet alone is enough
OWN_FEEDS = ("rss", "sitemap")  # kinds of sources that carry one outlet
SILENT_KINDS = ("release",)  # the agency's own voice


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
        for subject in fact.subjects:
            region = subject.agency if subject.agency[:1].isdigit() else ""
            words = watcher.find(mention.title, mention.lead, rumour, region) if subject.about else ()
            if words:
                said = says(mention.title, subject.agency, config)
                waiting = self.waiting.setdefault(f"{subject.agency} {issue}", [])
                waiting.extend(
                    Sighting(word, item, main, names(mention.title, word, subject.agency, config), said) for word in words
                )

    def tell(self, now: Seconds, refuted: Container[str] = ()) -> Iterator[Notable]:
        """What must be told now, by agency and issue; not of issues that are refuted, as long as they are.

        What waits longer than two outlets may be apart is let go.
        """
        for key in sorted(self.waiting):
            waiting = sorted(
                (one for one in self.waiting.pop(key) if now - one.item.at <= TOGETHER),
                key=lambda one: (one.item.at, one.item.mention),
            )
            if key.partition(" ")[2] not in refuted:
                waiting = [one for one in waiting if not self._goes_on(key, one, now)]
                for word in dict.fromkeys(one.word for one in waiting):
                    sightings = tuple(one for one in waiting if one.word == word)
                    if sightings and self._rings(key, sightings, now):
                        shown = sightings[0].item.mention
                        waiting = [one for one in waiting if one.word != word and not self._is_shown(key, one, shown, now)]
                        yield Notable(self.told[key], sightings)
            if waiting:
                self.waiting[key] = waiting

    def _goes_on(self, key: str, seen: Sighting, now: Seconds) -> bool:
        """Whether a sighting tells of what was told already, which goes on then."""
        run, issue = self.runs.get(_run_key(key, seen)), key.partition(" ")[2]
        if run is None:
            return False
        if issue in run.issues and not run.turns(seen):
            run.take((seen,), issue, now)
            return True
        if not run.holds(seen, now):
            return False
        run.hear((seen,), now)
        return True

    def _rings(self, key: str, sightings: Sequence[Sighting], now: Seconds) -> bool:
        """Whether sightings of one word that tell of something new are told now, which is remembered then."""
        run = self.runs.get(_run_key(key, sightings[0]), Run())
        if not enough(sightings) or not run.rings(sightings, now):
            return False
        agency, _, issue = key.partition(" ")
        run.tell(sightings, issue, now)
        self.runs[_run_key(key, sightings[0])] = run
        self.told[key] = _again(self.told[key], now) if key in self.told else _notice(agency, issue, now)
        return True

    def _is_shown(self, key: str, seen: Sighting, shown: str, now: Seconds) -> bool:
        """Whether a sighting stands in the headline that a notice shows, which so tells of its word, too."""
        if seen.item.mention != shown:
            return False
        self.runs.setdefault(_run_key(key, seen), Run()).take((seen,), key.partition(" ")[2], now)
        return True

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
        for run in self.runs.values():
            run.issues = list(dict.fromkeys(kept if one == gone else one for one in run.issues))

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
        for run in self.runs.values():
            run.issues = [one for one in run.issues if one in issues]

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


def _again(told: AlertState, now: Seconds) -> AlertState:
    """What is remembered of a notice after another one about the same issue: whoever answered the first has not seen it."""
    number = told.number + 1
    unanswered = {"acknowledged_at": 0, "acknowledged_by": "", "label": "", "clarified_at": 0, "clarification": ""}
    return replace(told, number=number, asked_from=number, changed_at=now, raised_at=now, **unanswered)


def _run_key(key: str, seen: Sighting) -> str:
    return f"{key.partition(' ')[0]} {seen.word}"


def enough(sightings: Sequence[Sighting]) -> bool:
    """Whether outlets that can be relied on stand behind a word: a main one, or two of any kind with texts of their own."""
    return any(one.main for one in sightings) or own_outlets(sightings) >= OUTLETS


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
