"""One small regency: one agency, twelve outlets, three to six negative mentions a day, and crises that put two an hour on top.

The whole of detect runs, from facts to transitions with every gate, each quarter of an hour. Three quarters of the mentions are
not negative, and nobody else is watched, so nothing tells a crisis from a common movement. `reached` is the share of crises
(eight hours, Poisson with mean two an hour, one matter told in words of their own by outlets drawn at random) in which an alert
is at siaga or above within twelve hours, `delay_hours` the median until then, `false_siaga_a_month` how often siaga is reached
outside of them. Everything is invented and seeded.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import statistics
import sys
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from benchmarks.news import START, word
from shared.baselines.pool import TYPICAL_DAY
from shared.config.schema import Agency, Config, SourceConfig, Tier
from shared.detect.fold import fold
from shared.detect.state import State
from shared.detect.storing.log import Segment
from shared.facts import Fact
from shared.fingerprints import fingerprint
from shared.model import DAY, HOUR, Checked, Judged, Level, Mention, Round, Seconds, Subject, Tone

RUNS: Final = 40
LEARNING: Final = 28  # days before anything is counted
DAYS: Final = 12  # that are counted after them
CRISIS: Final[tuple[float, int]] = (2.0, 8)  # more an hour, hours
NOTICED: Final = 12  # hours after its beginning within which a crisis must be found
AFTER: Final = 36  # hours after its end that are neither true nor false
STEP: Final[Seconds] = 900
UTC7: Final = 7
TIERS: Final[tuple[Tier, ...]] = ("national", "regional", "regional", *("local",) * 9)
NEGATIVE: Final = Tone(0.9, 0.07, 0.03, False, "bench")
NEUTRAL: Final = Tone(0.05, 0.9, 0.05, False, "bench")
AGENCY: Final = Agency(id="33.99", name="Kabupaten Sagara", aliases=("Pemkab Sagara", "Bupati Sagara"))
CONFIG: Final = Config(
    agencies=(AGENCY,),
    sources=tuple(
        SourceConfig(id=f"s{number:02}", name=f"Kabar {word(number + 900).title()}", url="https://s.example/rss", tier=tier)
        for number, tier in enumerate(TIERS)
    ),
)


class World(NamedTuple):
    """What one run goes through."""

    begins_at: Seconds  # of its crisis
    mentions: dict[Seconds, list[Judged]]  # by quarter of an hour of arrival


class Outcome(NamedTuple):
    """What came of one run."""

    delay: Seconds | None  # from the beginning of the crisis to siaga; None where it was not reached
    false: int  # times that siaga was reached outside of the crisis
    days: float  # outside of it


def run() -> dict[str, float]:
    """Figures over all runs."""
    outcomes = [outcome(seed) for seed in range(1000, 1000 + RUNS)]
    delays = [found.delay / HOUR for found in outcomes if found.delay is not None]
    return {
        "reached": len(delays) / RUNS,
        "delay_hours": statistics.median(delays) if delays else math.inf,
        "false_siaga_a_month": 30 * sum(found.false for found in outcomes) / sum(found.days for found in outcomes),
    }


def outcome(seed: int) -> Outcome:
    """One run: a month of learning, then days of which one has a crisis."""
    world = invent(random.Random(seed))
    ends_at = world.begins_at + CRISIS[1] * HOUR
    raised = [at for at in reached(world) if at >= START + LEARNING * DAY]
    found = next((at for at in raised if world.begins_at <= at <= world.begins_at + NOTICED * HOUR), None)
    false = sum(not world.begins_at <= at <= ends_at + AFTER * HOUR for at in raised)
    return Outcome(None if found is None else found - world.begins_at, false, DAYS - (CRISIS[1] + AFTER) / 24)


def reached(world: World) -> Iterator[Seconds]:
    """The moments at which an alert rose to siaga from below."""
    state = State()
    for number in range((LEARNING + DAYS) * DAY // STEP):
        now = START + (number + 1) * STEP
        facts: list[Fact] = list(world.mentions.get(now, ()))
        if not facts and now % HOUR:
            continue
        asked = tuple(Checked(source.id, "ok", 20, 1, now, now + STEP) for source in CONFIG.sources)
        facts.append(Round(f"r{number}", now, asked))
        for change in fold(state, Segment(number, now, 1, tuple(facts)), CONFIG).transitions:
            if change.kind == "issue" and change.from_level < Level.SIAGA <= change.to_level:
                yield now


def invent(chance: random.Random) -> World:
    """The usual news of a small regency, and one crisis by day."""
    usual = chance.uniform(3, 6)
    begins_at = START + (LEARNING + chance.randint(1, DAYS - 4)) * DAY + (chance.randint(6, 14) - UTC7) * HOUR
    mentions: dict[Seconds, list[Judged]] = {}
    words = matter(chance)
    for number in range((LEARNING + DAYS) * 24):
        at = START + number * HOUR
        told = ordinary(chance, at, usual)
        if begins_at <= at < begins_at + CRISIS[1] * HOUR:
            told += [(NEGATIVE, words) for _ in range(_poisson(chance, CRISIS[0]))]
        for tone, said in told:
            fact = judged(chance, at + chance.randrange(HOUR), tone, said)
            seen = fact.mention.first_seen_at
            mentions.setdefault(seen - seen % STEP + STEP, []).append(fact)
    return World(begins_at, mentions)


def ordinary(chance: random.Random, at: Seconds, usual: float) -> list[tuple[Tone, tuple[str, ...]]]:
    """Tones and words of what is told in an ordinary hour, of days with so many negative items and three times as many others."""
    share = TYPICAL_DAY[(at // HOUR + UTC7) % 24] / 24
    told = [(NEGATIVE, matter(chance)) for _ in range(_poisson(chance, usual * share))]
    return told + [(NEUTRAL, matter(chance)) for _ in range(_poisson(chance, 3 * usual * share))]


def matter(chance: random.Random) -> tuple[str, ...]:
    """The words of something new."""
    return tuple(word(chance.randrange(9000)) for _ in range(7))


def judged(
    chance: random.Random, at: Seconds, tone: Tone, words: Sequence[str], outlet: SourceConfig | None = None, late: Seconds = 0
) -> Judged:
    """A headline in words of its own about a matter, by an outlet that is drawn or given; it is seen so long after `at`."""
    own = [*chance.sample(words, 5), *(word(chance.randrange(9000)) for _ in range(3))]
    chance.shuffle(own)
    title, source = f"Pemkab Sagara {' '.join(own)}", outlet or chance.choice(CONFIG.sources)
    key = hashlib.sha256(f"{title} {at}".encode()).hexdigest()[:16]
    mention = Mention(key, f"https://s.example/{key}", title, source.name, source.id, at, at + late, agencies=(AGENCY.id,))
    return Judged(mention, tone, None, (Subject(AGENCY.id, True),), "n", fingerprint(title, ""))


def _poisson(chance: random.Random, mean: float) -> int:
    """Knuth's method: means are small here."""
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product, count = product * chance.random(), count + 1
    return count


if __name__ == "__main__":
    json.dump(run(), sys.stdout, indent=2)
    sys.stdout.write("\n")
