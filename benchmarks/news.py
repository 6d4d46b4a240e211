"""News to measure with: invented stories, the same for the same seed, and real headlines where ../shared is present."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from shared.config.schema import Agency, Config, SourceConfig
from shared.meter import stories
from shared.meter.stories import COPIES, OFFICES, News, agency, outlet, place, word
from shared.model import Seconds

__all__ = ["AGENCIES", "COPIES", "OUTLETS", "START", "News", "agency", "config", "invented", "outlet", "place", "real", "word"]

START: Final[Seconds] = 1_795_046_400  # a Thursday, 00.00 UTC
REAL: Final = tuple(
    Path(__file__).parents[2] / "shared" / "data" / "news" / name for name in ("mbg_2025_h1.csv.gz", "headlines_2023_2025.csv.gz")
)
OUTLETS: Final = 100
AGENCIES: Final = 40


def config() -> Config:
    """AGENCIES fictional regencies and OUTLETS fictional outlets, a quarter of them national."""
    return Config(
        agencies=tuple(
            Agency(
                id=agency(number),
                name=f"Kabupaten {place(number)}",
                aliases=tuple(f"{office} {place(number)}" for office in OFFICES),
            )
            for number in range(AGENCIES)
        ),
        sources=tuple(
            SourceConfig(
                id=f"s{number:03}",
                name=outlet(number),
                url=f"https://s{number:03}.example/rss",
                tier="regional" if number % 4 else "national",
            )
            for number in range(OUTLETS)
        ),
    )


def invented(seed: int) -> Iterator[News]:
    """Endless news in which stories come up, are told in other words by several outlets, are copied, and fade."""
    return stories.invented(seed, AGENCIES, OUTLETS)


def real() -> list[str]:
    """Titles of real headlines in order of time; none where ../shared is missing."""
    rows: list[tuple[str, str]] = []
    for file in REAL:
        if file.exists():
            with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
                rows += [(row["published_at"], row["title"]) for row in csv.DictReader(lines)]
    return [title for _, title in sorted(rows)]
