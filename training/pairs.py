"""Labelled pairs of headline and agency, with their texts from ../shared/data, and the agencies as `init` would configure them.

The labels stand in benchmarks/data/relevance.tsv, the rules by which they were made in docs/relevance.md. Train and test have no
agency in common, nor a headline.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from shared.config.draft import everybody
from shared.config.schema import Agency

ROOT: Final = Path(__file__).resolve().parent.parent
LABELS: Final = ROOT / "benchmarks" / "data" / "relevance.tsv"
NEWS: Final = ROOT.parent / "shared" / "data" / "news"
TABLES: Final = ("mbg_2025_h1.csv.gz", "headlines_2023_2025.csv.gz")
LINES: Final = "headlines_general_2025.txt.gz"


@dataclass(frozen=True)
class Pair:
    """A headline and an agency, and what the one has to do with the other."""

    text: str
    agency: str  # id
    part: str  # train, test, or fresh
    hard: bool  # no office is named, or several agencies are
    label: str  # about, mentions, not
    units: tuple[str, ...]  # ids of the units that it may be routed to; empty where none was labelled or none fits


def pairs(part: str) -> list[Pair]:
    """The pairs of a part whose texts are there."""
    texts = _texts()
    with LABELS.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    return [
        Pair(texts[row["id"]], row["agency"], part, row["hard"] == "yes", row["label"], _units(row["units"]))
        for row in rows
        if row["part"] == part and row["id"] in texts
    ]


def _units(said: str) -> tuple[str, ...]:
    return () if said in ("", "-") else tuple(said.split("/"))


@lru_cache(maxsize=1)
def _texts() -> dict[str, str]:
    """Every headline of ../shared/data/news by the id that stands for it in the labels."""
    return {hashlib.sha256(text.encode()).hexdigest()[:12]: text for text in headlines()}


def headlines() -> Iterator[str]:
    """Every headline of ../shared/data/news."""
    if not NEWS.is_dir():
        return
    with gzip.open(NEWS / LINES, "rt", encoding="utf-8") as lines:
        yield from (line.strip() for line in lines)
    for table in TABLES:
        with gzip.open(NEWS / table, "rt", encoding="utf-8", newline="") as rows:
            yield from (row["title"] for row in csv.DictReader(rows))


@lru_cache(maxsize=1)
def agencies() -> tuple[Agency, ...]:
    """All regions and ministries, each with the names and units that `init` gives it."""
    return everybody()
