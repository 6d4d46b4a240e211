"""Days of mentions as detect files them, for reports of the morning after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from shared.deeds import Kept
from shared.detect.storing.hours import FinishedHour, hour_writes
from shared.local.store import LocalStore
from shared.model import HOUR, Judged, Mention, Subject, Tone
from shared.report.period import last_period
from tests.dashboard import samples

MORNING = int(datetime(2026, 11, 24, 23, 0, 5, tzinfo=UTC).timestamp())  # 06.00 WIB on the 25th


def mentions(*facts: Judged, issue: str = samples.POISONING, copy_of: str = "") -> list[Kept]:
    """These facts as detect files them."""
    return [Kept(fact, issue, copy_of) for fact in facts]


def judged(number: int, at: int, tone: str = "negative", lead: str = "Isi.") -> Judged:
    """An item about the regency that came at once; `tone` may be "unsure"."""
    shares = {"negative": (0.9, 0.05, 0.05), "neutral": (0.1, 0.8, 0.1), "positive": (0.05, 0.05, 0.9), "unsure": (0.5, 0.4, 0.1)}
    url, outlet = f"https://media.example/{number}", f"Media {number % 5}"
    mention = Mention(f"{number:016x}", url, f"Judul {number}", outlet, "s", at, at, lead)
    given = Tone(*shares[tone], tone == "unsure", "m")
    return Judged(mention, given, given if lead else None, (Subject("33.99", True),), "K", b"")


def file_hours(store: LocalStore, kept: Sequence[Kept]) -> None:
    """Store them in the documents of their hours of arrival."""
    starts = sorted({one.fact.mention.first_seen_at // HOUR * HOUR for one in kept})
    for start in starts:
        own = tuple(one for one in kept if one.fact.mention.first_seen_at // HOUR * HOUR == start)
        store.commit(list(hour_writes("0", FinishedHour(start, own))))


def day_of(*tones: str) -> list[Kept]:
    """A mention a minute from the beginning of the period on."""
    start = last_period(MORNING, "Asia/Jakarta").start
    return mentions(*(judged(number, start + 60 * number, tone) for number, tone in enumerate(tones)))
