"""Random news about two agencies and random corrections of it, and a recount of everything from the raw items."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import NamedTuple

from msgspec.structs import replace

from shared.config.active import Active
from shared.config.schema import Agency, Config, Unit
from shared.deeds import Corrected, Field, Kept
from shared.detect.counts.tally import HourCount
from shared.detect.effects import Effects
from shared.detect.fold import fold
from shared.detect.load import Loaded
from shared.detect.state import State
from shared.detect.storing.hours import revised_kept
from shared.detect.storing.log import Header, Segment
from shared.detect.storing.lookup import looked_up, parted
from shared.facts import Fact
from shared.model import HOUR, Judged, MentionKind, Seconds, Subject
from shared.ports import Store
from shared.rulings import ruled, tone_of, toward
from tests.detect.facts import AGENCY, ASKING, OUTLETS, START, WORDS, judged, mention_id

OTHER = "33.98"
NEIGHBOURS: Config = replace(
    ASKING,
    agencies=(
        ASKING.agencies[0],
        Agency(id=OTHER, name="Kabupaten Rantau", units=(Unit(id="dinkes", name="Dinas Kesehatan"),)),
    ),
)
HOURS = 5
KINDS: tuple[MentionKind, ...] = ("news", "news", "news", "social", "complaint", "release", "factcheck")
TONES = ("negative", "negative", "neutral", "positive", "unsure", "unscored")


class Ruler:
    """Folds segments as the writer does, without a store: nothing is written, so that all hours stay in memory."""

    def __init__(self, store: Store, restart: bool = False, config: Config = NEIGHBOURS) -> None:
        self._store, self._restart, self._config, self._seq = store, restart, config, 0
        self.loaded = Loaded(State(), Header(), None, Active(1, START, config), {})

    @property
    def state(self) -> State:
        return self.loaded.state

    def __call__(self, now: Seconds, *facts: Fact) -> list[Effects]:
        others, corrections = parted(facts)
        done = [self._fold(now, others)] if others or not corrections else []
        if corrections:
            done.append(self._fold(now, looked_up(self._store, "0", self.loaded, corrections)))
        return done

    def _fold(self, now: Seconds, facts: tuple[Fact, ...]) -> Effects:
        if self._restart:
            self._reload()
        self._seq += 1
        effects = fold(self.state, Segment(self._seq, now, 1, facts), self._config)
        self.loaded.finished.extend(effects.finished)
        self.loaded.revised.extend(effects.revised)
        return effects

    def _reload(self) -> None:
        parts, seen = self.state.pack(), self.state
        self.loaded.state = State.unpack(parts)
        assert self.state.pack() == parts
        self.state.seen, self.state.copies = seen.seen, seen.copies  # which documents of their own hold

    def raw(self) -> list[Kept]:
        """All mentions, as their documents would have them."""
        over = [revised_kept(kept, hour.hour, self.loaded.revised) for hour in self.loaded.finished for kept in hour.kept]
        return [*over, *self.state.kept]


class News(NamedTuple):
    """Mentions by the hour in which they come, and what was planned for them."""

    hours: list[list[Judged]]

    @property
    def all(self) -> list[Judged]:
        return [fact for hour in self.hours for fact in hour]


def news(random: Random, most: int = 6, alike: bool = True) -> News:
    """A few hours of news, some about nobody; some of it copied or about the same matter, if it may be `alike`."""
    hours: list[list[Judged]] = []
    for hour in range(HOURS):
        facts: list[Judged] = []
        for number in range(random.randint(1, most)):
            at = START + hour * HOUR + random.randrange(HOUR)
            title = " ".join(["Pemkab Sagara", *random.sample(WORDS, 5), f"{hour}{number}"])
            earlier = [fact for past in hours for fact in past]
            if not alike:
                title = no_other(f"{hour}-{number}")
            elif earlier and random.random() < 0.25:
                title = random.choice(earlier).mention.title
            facts.append(_mention(random, title, at, f"m{hour}-{number}"))
        hours.append(facts)
    return News(hours)


def no_other(key: str) -> str:
    """A headline of words that no other one has."""
    letters = mention_id(key).translate(str.maketrans("0123456789", "ghijklmnop"))
    return " ".join(letters[place : place + 5] for place in range(0, 15, 5))


def _mention(random: Random, title: str, at: Seconds, key: str) -> Judged:
    fact = judged(title, at, random.choice(TONES), random.randrange(len(OUTLETS)), key=key, kind=random.choice(KINDS))
    about = random.choice([(True, True), (True, False), (True, False), (False, True), (False, False)])
    units = random.choice(["", "dinkes"]), random.choice(["", "dinkes"])
    first, second = Subject(AGENCY, about[0], units[0]), Subject(OTHER, about[1], units[1], acts=random.random() < 0.3)
    return replace(fact, subjects=(first, second))


def corrections(random: Random, told: News, number: int, fields: tuple[Field, ...], issues: tuple[str, ...]) -> list[Corrected]:
    """Random words of officers about random mentions, each of another second or id."""
    return [_correction(random, random.choice(told.all), place, fields, issues) for place in range(number)]


def _correction(random: Random, fact: Judged, place: int, fields: tuple[Field, ...], issues: tuple[str, ...]) -> Corrected:
    field, agency, at = random.choice(fields), random.choice([AGENCY, OTHER]), START + HOURS * HOUR + random.randrange(5)
    if not any(subject.about for subject in fact.subjects if subject.agency == agency):
        field = "about"  # nothing else of it is for the agency to say
    value = {
        "tone": random.choice(["negative", "neutral", "positive"]),
        "about": random.choice(["yes", "no"]),
        "unit": random.choice(["", "dinkes"]),
        "issue": random.choice(issues) + agency[-2:],  # who opens an issue has an id that nobody else knows
        "reply": random.choice(["", "https://sagara.example/jawaban"]),
    }[field]
    mention = fact.mention
    return Corrected(mention_id(f"deed {place}"), at, "Sari", agency, mention.id, mention.happened_at, field, value)


def tallied(state: State) -> dict[tuple[str, Seconds], HourCount]:
    """The hours of all agencies that hold anything."""
    return {
        (agency, at): count for agency, hours in state.tally.hours.items() for at, count in hours.items() if count != HourCount()
    }


def recounted(raw: list[Kept]) -> dict[tuple[str, Seconds], HourCount]:
    """The same from the raw items; all came in time, and all sources weigh the same."""
    found: dict[tuple[str, Seconds], HourCount] = {}
    for kept in map(ruled, raw):
        at = kept.fact.mention.happened_at
        for subject in kept.fact.subjects:
            if subject.about:
                tone = tone_of(toward(kept, subject.agency))
                count = found.setdefault((subject.agency, at - at % HOUR), HourCount())
                count.add(tone)
                count.weighted += 1000 * (tone.label == "negative" and not tone.unsure and not kept.copy_of)
    return found


class Filed(NamedTuple):
    """What an issue's file counts."""

    total: HourCount
    hours: dict[Seconds, HourCount]
    agencies: dict[str, int]
    units: dict[str, int]
    topics: dict[str, int]
    copies: int
    outlets: dict[str, tuple[int, int, int]]


def filed(state: State) -> dict[str, Filed]:
    """What all files count."""
    return {
        issue: Filed(
            one.total,
            one.hours,
            one.agencies,
            one.units,
            one.topics,
            one.copies,
            {name: (outlet.items, outlet.own, outlet.against) for name, outlet in one.outlets.items()},
        )
        for issue, one in state.dossiers.items()
    }


def refiled(state: State, raw: list[Kept]) -> dict[str, Filed]:
    """The same from the raw items."""
    found: dict[str, Filed] = {}
    for kept in map(ruled, raw):
        mention, tone = kept.fact.mention, tone_of(kept)
        about = [subject for subject in kept.fact.subjects if subject.about]
        if not about:
            continue
        file = found.setdefault(state.issues.resolve(kept.issue), Filed(HourCount(), {}, Counter(), Counter(), Counter(), 0, {}))
        against = tone.label == "negative" and not tone.unsure and not kept.copy_of
        at = mention.happened_at - mention.happened_at % HOUR
        for count in (file.hours.setdefault(at, HourCount()), file.total):
            count.add(tone)
        file.hours[at].weighted += 1000 * against
        file.topics[kept.fact.topic] += 1
        for subject in about:
            file.agencies[subject.agency] += 1
            file.units[f"{subject.agency} {subject.unit}"] += 1
        items, own, harsh = file.outlets.get(mention.outlet, (0, 0, 0))
        file.outlets[mention.outlet] = (items + 1, own + (not kept.copy_of), harsh + against)
        found[state.issues.resolve(kept.issue)] = file._replace(copies=file.copies + bool(kept.copy_of))
    return found
