"""A full day through detect, and how a fresh instance finds its way back into it.

288 rounds of mentions pass the writer on the embedded store, with a tick every quarter of an hour, as Scheduler gives it. The
day ends just before a tick: the most segments then wait to be folded again. A fresh process loads the state. Free each day in
Firestore: 20,000 writes, 50,000 reads, 20,000 deletes (cloud.google.com/firestore/pricing).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from benchmarks import news
from benchmarks.stopwatch import Stopwatch
from shared.config.active import activate
from shared.detect import writer as writing
from shared.detect.load import load
from shared.detect.views.project import Projector
from shared.detect.writer import Writer
from shared.facts import Fact
from shared.fingerprints import fingerprint
from shared.local.store import LocalStore, Meter
from shared.model import DAY, Checked, Judged, Mention, Round, Seconds, Subject, Tone

MENTIONS: Final = 100_000  # a day
ROUND: Final[Seconds] = 300
TICK: Final[Seconds] = 900
BATCH: Final = 250  # mentions of one message of classify
TONES: Final = (
    Tone(0.9, 0.07, 0.03, False, "bench"),
    Tone(0.05, 0.9, 0.05, False, "bench"),
    Tone(0.03, 0.07, 0.9, False, "bench"),
    Tone(0.4, 0.35, 0.25, True, "bench"),
)
WATCHED: Final = (
    ("submit", Writer, "submit"),
    ("fold", writing, "fold"),
    ("store", LocalStore, "commit"),
    ("snapshot", writing, "take_snapshot"),
    ("views", Projector, "refresh"),
    ("tick", Writer, "tick"),
)
STARTS: Final = 5
FRESH: Final = """
import json, sys, time
started = time.perf_counter()
from shared.detect.load import load
from shared.local.store import LocalStore
store = LocalStore(sys.argv[1])
ready = time.perf_counter()
load(store, "0")
ended = time.perf_counter()
with open("/proc/self/status") as status:  # what rusage tells starts with what the parent process took
    memory = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
print(json.dumps([store.used.reads, ended - ready, ended - started, memory]))
"""


class NoBus:
    """Takes what detect publishes."""

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        """Forget it."""


def run(mentions: int = MENTIONS, days: int = 1) -> dict[str, float]:
    """Figures by name; those of a day are of the last one, and scaled where `mentions` a day are fewer than MENTIONS."""
    with tempfile.TemporaryDirectory() as folder:
        store = LocalStore(folder)
        activate(store, news.config(), news.START)
        writer = Writer(store, NoBus())
        stories = news.invented(1)
        for day in range(days):
            opened, store.used = _opened(store), Meter()
            figures = _live(writer, _day(stories, mentions, news.START + day * DAY), mentions)
        used = replace(store.used)
        figures |= {
            "issues_a_day": _opened(store) - opened,
            "writes_a_day": used.writes,
            "reads_a_day": used.reads,
            "deletes_a_day": used.deletes,
            "bytes_written_a_day": used.bytes_written,
            **_stored(folder),
        }
        store.close()
        return figures | _starts(folder)


def _opened(store: LocalStore) -> int:
    """Issues so far, without those that were merged into others."""
    return load(store, "0").state.totals.issues


def _day(stories: Iterator[news.News], mentions: int, start: Seconds) -> Iterator[tuple[Seconds, list[list[Fact]]]]:
    """Per round: its time, and its facts in batches."""
    rounds = DAY // ROUND
    for number in range(rounds):
        now = start + (number + 1) * ROUND
        share = mentions * (number + 1) // rounds - mentions * number // rounds
        facts: list[Fact] = [judged(text, now, place) for place, text in enumerate(islice(stories, share))]
        checked = tuple(Checked(f"s{source:03}", "ok", 40, 4, now, now + ROUND) for source in range(news.OUTLETS))
        facts.append(Round(f"round-{now}", now, checked))
        yield now, [facts[at : at + BATCH] for at in range(0, len(facts), BATCH)]


def judged(text: news.News, now: Seconds, place: int) -> Judged:
    """A mention of this text, told now; `place` tells it apart from others of the same moment."""
    number = hashlib.sha256(f"{now}-{place}".encode()).digest()
    source = f"s{text.outlet:03}"
    mention = Mention(
        id=number.hex()[:16],
        url=f"https://{source}.example/berita/{number.hex()[:24]}",
        title=text.title,
        outlet=news.outlet(text.outlet),
        source=source,
        published_at=now - number[0] * 4,
        first_seen_at=now,
        lead=text.lead,
        agencies=(news.agency(text.agency),),
    )
    tone = TONES[number[1] % len(TONES)]
    return Judged(mention, tone, tone, (Subject(mention.agencies[0], True),), "K", fingerprint(text.title, text.lead))


def _live(writer: Writer, day: Iterator[tuple[Seconds, list[list[Fact]]]], mentions: int) -> dict[str, float]:
    """The day through the writer, all but its last tick: processor time by part."""
    watch, ticks = Stopwatch(), list[float]()
    with ExitStack() as stack:
        for name, owner, attribute in WATCHED:
            stack.enter_context(watch.watch(name, owner, attribute))
        for now, batches in day:
            for number, batch in enumerate(batches):
                writer.submit(f"{now}.{number}", batch, now)
            if now % TICK == 0 and now % DAY:
                before = watch.seconds.get("tick", 0.0)
                writer.tick(now)
                ticks.append(watch.seconds["tick"] - before)
    each = {f"{name}_us_per_mention": 1e6 * seconds / mentions for name, seconds in watch.seconds.items()}
    return {
        **each,
        "cpu_s_a_day": sum(watch.seconds.values()),
        "last_tick_s": ticks[-1],
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _stored(folder: str) -> dict[str, float]:
    """Bytes of all documents, of the largest one, and how many there are."""
    with closing(sqlite3.connect(Path(folder) / "kentongan.db")) as sql:
        (documents, total, largest), *_ = sql.execute("SELECT count(*), sum(length(data)), max(length(data)) FROM documents")
    return {"documents": documents, "bytes_stored": total, "largest_document_bytes": largest}


def _starts(folder: str) -> dict[str, float]:
    """What a fresh process needs until it has the state: medians of STARTS."""
    command = [sys.executable, "-c", FRESH, folder]
    runs = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(STARTS)]
    reads, loading, all_in_all, memory = (statistics.median(values) for values in zip(*runs, strict=True))
    return {"documents_read": reads, "load_s": loading, "start_and_load_s": all_in_all, "fresh_memory_mb": memory}


def main() -> None:
    """Figures of a day of another size, or of the last one of several days."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentions", type=int, default=MENTIONS, help="a day (default: %(default)s)")
    parser.add_argument("--days", type=int, default=1)
    args = parser.parse_args()
    for name, value in run(args.mentions, args.days).items():
        sys.stdout.write(f"{name} {value:,.4g}\n" if value < 10 else f"{name} {value:,.0f}\n")


if __name__ == "__main__":
    main()
