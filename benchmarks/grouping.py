"""How fast, how small and how good grouping is: microseconds a mention, bytes an issue, BCubed on labelled English stories (F1)
and on invented Indonesian complaints (precision and recall).
"""

from __future__ import annotations

import csv
import gzip
import random
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from time import thread_time
from typing import Final

from benchmarks import complaints
from shared.copies import Copies
from shared.fingerprints import fingerprint
from shared.issues import Issues
from shared.model import Seconds

STORIES: Final = Path(__file__).resolve().parents[2] / "shared/data/stories/uci_half.csv.gz"
START: Final[Seconds] = 1_764_046_800
TITLES: Final = 8_000
COMPLAINTS: Final = 400
APART: Final[Seconds] = 10
MERGE_EVERY: Final = 300
SYLLABLES: Final = ("ka", "li", "mu", "ra", "sa", "ti", "wo", "na", "pe", "du", "ba", "go")
MATTERS: Final = 2_500
WORDS_OF_A_MATTER: Final = 7
OPEN_MATTERS: Final = 400  # at any time
USUAL: Final = (
    "warga",
    "pemkab",
    "bupati",
    "dinas",
    "sagara",
    "siap",
    "tinjau",
    "keluhkan",
    "program",
    "bantuan",
    "desa",
    "tahun",
)


def _titles(rng: random.Random) -> list[str]:
    """Headlines of invented words about matters that come and go, with usual words in all; every fifth is a copy."""
    words = ["".join(rng.choices(SYLLABLES, k=4)) for _ in range(6_000)]
    matters = [rng.sample(words, WORDS_OF_A_MATTER) for _ in range(MATTERS)]
    found: list[str] = []
    for number in range(TITLES):
        if number % 5 == 4:
            found.append(f"Video: {rng.choice(found[-100:])} - Kabar Sagara")
        else:
            first = (MATTERS - OPEN_MATTERS) * number // TITLES
            matter = matters[first + int(OPEN_MATTERS * rng.random() ** 2)]
            found.append(" ".join(rng.sample([*rng.sample(matter, 5), *rng.sample(USUAL, 3), rng.choice(words)], 9)))
    return found


def bcubed(groups: Sequence[str], truth: Sequence[str]) -> float:
    """BCubed F1 (Bagga and Baldwin 1998) of a grouping against labels, 0 to 1."""
    precision, recall = precision_recall(groups, truth)
    return 2 * precision * recall / (precision + recall)


def precision_recall(groups: Sequence[str], truth: Sequence[str]) -> tuple[float, float]:
    """BCubed precision and recall, each 0 to 1: glued groups cost the first, split ones the second."""
    group, label, both = Counter(groups), Counter(truth), Counter(zip(groups, truth, strict=True))
    precision = sum(count * count / group[key] for (key, _), count in both.items()) / len(groups)
    recall = sum(count * count / label[key] for (_, key), count in both.items()) / len(groups)
    return precision, recall


def grouped(rows: Sequence[tuple[Seconds, str]]) -> tuple[list[str], dict[str, float]]:
    """The final issue of each (time, title), and the microseconds a mention of each part."""
    copies, issues, homes, found = Copies(), Issues(), dict[str, str](), list[str]()
    spent = {"fingerprint_us": 0.0, "find_us": 0.0, "add_us": 0.0, "merge_us": 0.0}
    for number, (at, title) in enumerate(rows):
        mention = f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}"
        times = [thread_time()]
        prints = fingerprint(title, "")
        times.append(thread_time())
        leader = copies.find(mention, prints, at)
        times.append(thread_time())
        homes[mention] = issues.add(mention, title, "", at, (), homes[leader] if leader else None)
        times.append(thread_time())
        if number % MERGE_EVERY == MERGE_EVERY - 1:
            issues.merge(at)
        times.append(thread_time())
        found.append(homes[mention])
        for part, (start, end) in zip(spent, pairwise(times), strict=True):
            spent[part] += end - start
    issues.merge(rows[-1][0])
    parts = {name: data for name, data in issues.pack().items() if name.startswith("issues-")}
    figures = {part: seconds / len(rows) * 1e6 for part, seconds in spent.items()}
    figures |= {"live_issues": len(issues), "bytes_an_issue": sum(map(len, parts.values())) / len(issues)}
    return [issues.resolve(issue) for issue in found], figures


def run() -> dict[str, float]:
    """Figures on 8,000 invented headlines; BCubed F1 only where the labelled stories are at hand."""
    titles = _titles(random.Random(7))
    _, figures = grouped([(START + APART * number, title) for number, title in enumerate(titles)])
    drawn = complaints.drawn(random.Random(7), COMPLAINTS)
    groups = complaints.grouped([text for _, text in drawn], START)
    precision, recall = precision_recall(groups, [label for label, _ in drawn])
    figures |= {"complaints_precision": precision, "complaints_recall": recall}
    if STORIES.exists():
        with gzip.open(STORIES, "rt", encoding="utf-8") as file:
            rows = sorted(csv.DictReader(file), key=lambda row: float(row["published_ms"]))
        groups, _ = grouped([(int(float(row["published_ms"]) // 1000), row["title"]) for row in rows])
        figures["stories_bcubed_f1"] = bcubed(groups, [row["story"] for row in rows])
    return {name: round(value, 3) for name, value in figures.items()}


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name:>20} {value:,}")
