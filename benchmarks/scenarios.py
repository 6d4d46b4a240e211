"""What a small regency lives through, and whether siaga is reached where it should be: the news of regency.py, and one scenario.

* `slow_burn`: an item every three hours for two days, each by another outlet.
* `outage`: an item an hour for eight hours, by eight outlets; in five of them no source answers, then all come with their times.
* `late`: the same eight items, by feeds that bring them ten hours late.
* `beside`: a complaint of four items in ten hours, then ten outlets on another matter within an hour. Told is whether the
  complaint was raised to siaga, which is wrong.

Each beside what came of it before two outlets were enough for usual, and before an issue was judged by its own share of a rise
(docs/decisions/2026-11-breadth.md). Everything is invented and seeded.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from typing import Final, Literal, NamedTuple
from unittest.mock import patch

from benchmarks.news import START
from benchmarks.regency import CONFIG, NEGATIVE, STEP, judged, matter, ordinary
from shared.config.schema import SourceConfig
from shared.detect.counts import breadth
from shared.detect.fold import fold
from shared.detect.judging import evaluate
from shared.detect.state import State
from shared.detect.storing.log import Segment
from shared.facts import Fact
from shared.model import DAY, HOUR, Checked, Judged, Level, Round, Seconds

RUNS: Final = 20
LEARNING: Final = 17  # days before the scenario
DAYS: Final = 4  # that it has
LATE: Final[Seconds] = 10 * HOUR


class Scenario(NamedTuple):
    """What happens beside the ordinary news."""

    told: list[Judged]  # what is to be raised, or not
    other: tuple[Judged, ...] = ()
    silent: tuple[Seconds, Seconds] = (0, 0)  # when no source answers


def run() -> dict[str, float]:
    """Shares of all runs in which siaga was reached."""
    found = {f"{scenario.__name__}_siaga": _share(scenario) for scenario in SCENARIOS}
    with patch.object(breadth, "LEAST", 3.0), patch.object(evaluate, "_alone_risen", lambda *_: 1.0):
        return found | {f"before_{scenario.__name__}_siaga": _share(scenario) for scenario in SCENARIOS}


def slow_burn(chance: random.Random, at: Seconds) -> Scenario:
    """An item every three hours, each by another outlet."""
    words, outlets = matter(chance), _shuffled(chance)
    return Scenario([judged(chance, at + 3 * HOUR * n, NEGATIVE, words, outlets[n % len(outlets)]) for n in range(16)])


def outage(chance: random.Random, at: Seconds) -> Scenario:
    """Eight hours of which nobody sees the middle five when they are."""
    silent = at + HOUR, at + 6 * HOUR
    return Scenario(_hours(chance, at, lambda told: max(0, silent[1] - told) if told >= silent[0] else 0), silent=silent)


def late(chance: random.Random, at: Seconds) -> Scenario:
    """Eight hours that are seen ten hours later."""
    return Scenario(_hours(chance, at, lambda _: LATE))


def beside(chance: random.Random, at: Seconds) -> Scenario:
    """A complaint that goes on while a crisis breaks out."""
    complaint, crisis, outlets = matter(chance), matter(chance), _shuffled(chance)
    before = zip((10, 6, 1.6, 0.5), outlets, strict=False)
    told = [judged(chance, int(at - hours * HOUR), NEGATIVE, complaint, one) for hours, one in before]
    return Scenario(told, tuple(judged(chance, at + 360 * n, NEGATIVE, crisis, one) for n, one in enumerate(outlets[:10])))


SCENARIOS: Final[tuple[Callable[[random.Random, Seconds], Scenario], ...]] = (slow_burn, outage, late, beside)


def _hours(chance: random.Random, at: Seconds, delay: Callable[[Seconds], Seconds]) -> list[Judged]:
    """An item an hour about one matter, each by another outlet."""
    words, times = matter(chance), range(at, at + 8 * HOUR, HOUR)
    told = zip(times, _shuffled(chance), strict=False)
    return [judged(chance, time, NEGATIVE, words, outlet, delay(time)) for time, outlet in told]


def _shuffled(chance: random.Random) -> list[SourceConfig]:
    return chance.sample(CONFIG.sources, len(CONFIG.sources))


def _share(scenario: Callable[[random.Random, Seconds], Scenario]) -> float:
    return sum(reached(scenario, random.Random(f"{scenario.__name__} {seed}")) for seed in range(RUNS)) / RUNS


def reached(scenario: Callable[[random.Random, Seconds], Scenario], chance: random.Random) -> bool:
    """Whether an issue in which the scenario is told, or the agency while it is, was raised to siaga."""
    usual = chance.uniform(3, 6)
    at = START + LEARNING * DAY + chance.randint(6, 14) * HOUR
    lived = scenario(chance, at)
    news = [
        judged(chance, hour + chance.randrange(HOUR), tone, words)
        for hour in range(START, START + (LEARNING + DAYS) * DAY, HOUR)
        for tone, words in ordinary(chance, hour, usual)
    ]
    state, raised = State(), set[str]()
    for now, facts in _rounds([*news, *lived.told, *lived.other], lived.silent):
        for change in fold(state, Segment(now // STEP, now, 1, tuple(facts)), CONFIG).transitions:
            if change.kind == "issue" and change.from_level < Level.SIAGA <= change.to_level and now >= at - DAY // 2:
                raised.add(change.issue)
    homes = {state.filed(int(fact.mention.id, 16)) for fact in lived.told}
    return bool(raised & ({home for home in homes if home} | (set() if lived.other else {""})))


def _rounds(told: list[Judged], silent: tuple[Seconds, Seconds]) -> Iterator[tuple[Seconds, list[Fact]]]:
    """Each quarter of an hour what it brings, where there is anything to fold."""
    arrived: dict[Seconds, list[Fact]] = {}
    for fact in sorted(told, key=lambda fact: (fact.mention.first_seen_at, fact.mention.id)):
        seen = fact.mention.first_seen_at
        seen = silent[1] if silent[0] <= seen < silent[1] else seen
        arrived.setdefault(seen - seen % STEP + STEP, []).append(fact)
    for now in range(START + STEP, START + (LEARNING + DAYS) * DAY, STEP):
        facts = arrived.get(now, [])
        status: Literal["error", "ok"] = "error" if silent[0] < now <= silent[1] else "ok"
        if facts or now % HOUR == 0 or now > START + LEARNING * DAY:
            asked = tuple(Checked(source.id, status, 20, 1, now, now + STEP) for source in CONFIG.sources)
            yield now, [*facts, Round(f"r{now}", now, asked)]


if __name__ == "__main__":
    json.dump(run(), sys.stdout, indent=2)
    sys.stdout.write("\n")
