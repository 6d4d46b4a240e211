"""Replay of real news about one agency: its speed, and how its alerts fall on the known episodes.

Half a year of headlines on the free-meal programme and its agency (../shared/data/news, see the README there), through the
command line as a person would start it. An opening is the moment at which an alert reaches a level from below. An episode counts
as found where an alert is at that level at any time of its first or second day, local time.
"""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

ROOT: Final = Path(__file__).parents[1]
DATA: Final = ROOT.parent / "shared" / "data" / "news" / "mbg_2025_h1.csv.gz"
CONFIG: Final = Path(__file__).with_name("mbg.yaml")
ZONE: Final = ZoneInfo("Asia/Jakarta")
LEARNING: Final = date(2025, 1, 20)  # first day that counts: two weeks of baseline lie before it
EPISODES: Final = tuple(
    (date(2025, month, first), date(2025, month, last))
    for month, first, last in ((2, 17, 18), (3, 7, 10), (4, 15, 18), (4, 22, 25), (5, 6, 15), (6, 18, 20))
)
RANKS: Final = {"normal": 0, "waspada": 1, "siaga": 2, "awas": 3}
MONTH_DAYS: Final = 30.4


def run() -> dict[str, float]:
    """Speed and alerts; nothing where ../shared is missing."""
    if not DATA.exists():
        return {}
    started = time.perf_counter()
    *changes, summary = replay()
    seconds = time.perf_counter() - started
    return {
        "rows": summary["mentions"],
        "seconds": seconds,
        "rows_per_second": summary["mentions"] / seconds,
        "relevant": summary["relevant"],
        "issues": summary["issues"],
        **scored(changes, last_day()),
    }


def replay() -> list[dict[str, Any]]:
    """What `kentongan replay` prints: changes, and the summary."""
    command = [sys.executable, str(ROOT / "kentongan"), "replay", str(DATA), "--agency", "BGN", "--config", str(CONFIG)]
    found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in found.stdout.splitlines()]


def last_day() -> date:
    """The last day of the file."""
    with gzip.open(DATA, "rt", encoding="utf-8", newline="") as lines:
        return date.fromisoformat(max(row["published_at"] for row in csv.DictReader(lines))[:10])


def scored(changes: Sequence[dict[str, Any]], end: date) -> dict[str, float]:
    """Openings inside and outside the episodes, and the episodes found, at siaga and at waspada."""
    figures: dict[str, float] = {"episodes": len(EPISODES)}
    inside_days = sum((last - first).days + 1 for first, last in EPISODES)
    outside_days = (end - LEARNING).days + 1 - inside_days
    for level in ("siaga", "waspada"):
        days = [day for day in openings(changes, level) if day >= LEARNING]
        outside = [day for day in days if not any(first <= day <= last for first, last in EPISODES)]
        figures |= {
            f"{level}_inside": len(days) - len(outside),
            f"{level}_outside": len(outside),
            f"{level}_inside_per_month": (len(days) - len(outside)) / inside_days * MONTH_DAYS,
            f"{level}_outside_per_month": len(outside) / outside_days * MONTH_DAYS,
            f"{level}_found_by_second_day": sum(
                any(began <= first + timedelta(days=1) and ended >= first for began, ended in spells(changes, level, end))
                for first, _ in EPISODES
            ),
        }
    return figures


def spells(changes: Sequence[dict[str, Any]], level: str, end: date) -> list[tuple[date, date]]:
    """First and last local day of each time that an alert was at a level or beyond."""
    began: dict[str, date] = {}
    found = []
    for change in changes:
        if RANKS[change["from"]] < RANKS[level] <= RANKS[change["to"]]:
            began[change["alert"]] = _day(change)
        elif RANKS[change["from"]] >= RANKS[level] > RANKS[change["to"]] and change["alert"] in began:
            found.append((began.pop(change["alert"]), _day(change)))
    return [*found, *((first, end) for first in began.values())]


def openings(changes: Sequence[dict[str, Any]], level: str) -> list[date]:
    """Local days on which an alert rose from below a level to it or beyond."""
    least = RANKS[level]
    return [_day(change) for change in changes if RANKS[change["from"]] < least <= RANKS[change["to"]]]


def _day(change: dict[str, Any]) -> date:
    """Local day of a change."""
    return datetime.fromisoformat(change["at"]).astimezone(ZONE).date()


if __name__ == "__main__":
    json.dump(run(), sys.stdout, indent=2)
    sys.stdout.write("\n")
