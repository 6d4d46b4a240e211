"""Invented headlines about Kabupaten Sagara (matters.txt): what a regency's first two weeks of news come to when grouped.

Each of the matters begins at a time drawn at random, and its headlines follow each other some hours apart. Nothing was grouped
before: how rare a word is has to be learnt from them alone.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Final

from benchmarks.grouping import START, precision_recall
from shared.config.schema import Agency
from shared.issues import Issues
from shared.issues.own import words_of
from shared.model import DAY, HOUR, Seconds

FILE: Final = Path(__file__).with_name("matters.txt")
AGENCY: Final = Agency(
    id="33.99",
    name="Kabupaten Sagara",
    short_names=("Sagara",),
    aliases=("Pemkab Sagara", "Bupati Sagara", "Wakil Bupati Sagara", "Wabup Sagara", "DPRD Sagara", "Dinkes Sagara"),
)
RUNS: Final = 10
A_DAY: Final = 8  # matters that begin
APART: Final[Seconds] = 5 * HOUR  # headlines of one matter, on average
LARGE: Final = 3  # mentions: from here on a glued issue has a wrong name and raises false alarms
FIRST: Final = 6

Told = tuple[Seconds, str, str]  # when, a headline, the matter


def run() -> dict[str, float]:
    """BCubed precision and recall, the share of pairs in issues of three or more that belong together, means of all runs.

    And how many of six unrelated matters, told by the first six headlines of all, "Bupati Sagara ...", come into one issue.
    """
    streams = [drawn(random.Random(seed)) for seed in range(RUNS)]
    results = [(grouped(told), [matter for _, _, matter in told]) for told in streams]
    both = [precision_recall(groups, truth) for groups, truth in results]
    return {
        "precision": fmean(precision for precision, _ in both),
        "recall": fmean(recall for _, recall in both),
        "large_precision": fmean(pairs(groups, truth) for groups, truth in results),
        "first_glued": fmean(max(Counter(grouped(first(random.Random(seed)))).values()) for seed in range(RUNS)),
    }


def matters() -> list[list[str]]:
    """The headlines of each matter."""
    found: list[list[str]] = [[]]
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line:
            found.append([])
        elif not line.startswith("#"):
            found[-1].append(line)
    return [headlines for headlines in found if headlines]


def drawn(rng: random.Random) -> list[Told]:
    """All headlines by time."""
    every, told = matters(), list[Told]()
    for number, headlines in enumerate(every):
        at = START + rng.uniform(0, len(every) / A_DAY) * DAY
        for headline in rng.sample(headlines, len(headlines)):
            told.append((int(at), headline, str(number)))
            at += rng.expovariate(1 / APART)
    return sorted(told)


def first(rng: random.Random) -> list[Told]:
    """Six unrelated headlines that begin alike, an hour apart."""
    alike = [headlines[0] for headlines in matters() if len(headlines) == 1 and headlines[0].startswith("Bupati Sagara")]
    return [(START + HOUR * number, headline, headline) for number, headline in enumerate(rng.sample(alike, FIRST))]


def grouped(told: Sequence[Told]) -> list[str]:
    """The final issue of each headline; issues are merged after each, as they are where news come slowly."""
    issues, found = Issues(), list[str]()
    issues.own = lambda _: words_of(AGENCY)
    for number, (at, headline, _) in enumerate(told):
        found.append(issues.add(f"{number:010x}{0:06}", headline, "", at, (AGENCY.id,)))
        issues.merge(at)
    return [issues.resolve(issue) for issue in found]


def pairs(groups: Sequence[str], truth: Sequence[str]) -> float:
    """Of the pairs of mentions that large issues hold, the share that is about one matter."""
    members: dict[str, Counter[str]] = defaultdict(Counter)
    for group, matter in zip(groups, truth, strict=True):
        members[group][matter] += 1
    large = [counts for counts in members.values() if counts.total() >= LARGE]
    together = sum(count * (count - 1) for counts in large for count in counts.values())
    return together / (sum(counts.total() * (counts.total() - 1) for counts in large) or 1)


if __name__ == "__main__":
    for figure, value in run().items():
        print(f"{figure:>16} {value:.3f}")
