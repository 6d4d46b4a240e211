"""Mentions a second through the whole embedded pipeline on one processor core, what they cost, and where the time goes.

Feeds over real HTTP on loopback (the server has a process of its own), then collect, classify, detect and SQLite as in the cloud,
with a tick every third round. Two mentions in five are copies under another outlet's name. Titles are real headlines where
../shared is present, else invented. Every item of every feed is new: the limit of the pipeline is asked for, not a quiet day.
Nothing is raised: without a past all of it would be alarms, each with a snapshot. Each run has a fresh process; the figures are
medians. The tone model, whose speed benchmarks/tone.py measures, is left out of them and told in a run of its own.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice, product
from typing import Final
from zlib import crc32

from benchmarks import news
from benchmarks.alone import alone
from benchmarks.stopwatch import Stopwatch
from benchmarks.web import FeedServer, Story, feed
from shared import classify, collect
from shared.collect.asking import Asking
from shared.config.active import activate
from shared.config.schema import Agency, Config, SourceConfig, Thresholds
from shared.detect import writer as writing
from shared.detect.load import load
from shared.detect.views.project import Projector
from shared.detect.writer import Writer
from shared.local.bus import LocalBus
from shared.local.pipeline import Pipeline
from shared.local.store import LocalStore
from shared.model import Seconds, Tone
from shared.settings import read_settings
from shared.topics import TOPICS
from shared.wiring import Services

RUNS: Final = 3
ROUNDS: Final = 6
NEVER: Final = 1e9  # evidence that nothing reaches
ROUND: Final[Seconds] = 300
FEED: Final = 40  # items, all of them new
SOURCES: Final = 60
MODEL_ROUNDS: Final = 2  # of the run with the tone model
TONES: Final = (
    Tone(0.9, 0.07, 0.03, False, "drawn-1"),
    Tone(0.05, 0.9, 0.05, False, "drawn-1"),
    Tone(0.03, 0.07, 0.9, False, "drawn-1"),
    Tone(0.4, 0.35, 0.25, True, "drawn-1"),
)
# Whom the real headlines are about: nearly every one names one of these.
REAL: Final = (
    Agency(id="BGN", name="Badan Gizi Nasional", short_names=("BGN", "MBG", "SPPG"), aliases=("Makan Bergizi Gratis",)),
    Agency(
        id="KEMLU",
        name="Kementerian Luar Negeri",
        short_names=("AS", "RI", "PBB"),
        aliases=("Kemlu", "Menlu", "Israel", "Gaza", "Hamas", "Palestina", "Iran", "Rusia", "Ukraina", "Indonesia", "Trump"),
    ),
)
WATCHED: Final = (
    ("fetch_parse", Asking, "ask"),
    ("match", collect, "run"),
    ("classify", classify, "handle"),
    ("detect", Writer, "submit"),
    ("fold", writing, "fold"),
    ("commit", LocalStore, "commit"),
    ("snapshot", writing, "take_snapshot"),
    ("views", Projector, "refresh"),
    ("publish", LocalBus, "publish"),
    ("deliver", LocalBus, "deliver"),
)


def run() -> dict[str, float]:
    """Medians of RUNS; with leads as feeds carry them in a second series."""
    plain, told = _runs(RUNS), _runs(RUNS, leads=True)
    with_model = _runs(1, model=True, rounds=MODEL_ROUNDS)
    return plain | {
        "with_leads_per_second": told["mentions_per_second"],
        "with_model_per_second": with_model["mentions_per_second"],
        "with_model_memory_mb": with_model["memory_mb"],
    }


def _runs(number: int, leads: bool = False, model: bool = False, rounds: int = ROUNDS) -> dict[str, float]:
    """Medians over runs of different seeds."""
    runs = []
    for seed in range(number):
        editions, agencies = _editions(seed, leads)
        with FeedServer(editions) as web:
            runs.append(alone(measure, web.port, agencies, model, rounds))
    return {name: statistics.median(one[name] for one in runs) for name in runs[0]}


def _editions(seed: int, leads: bool) -> tuple[dict[str, list[bytes]], tuple[Agency, ...]]:
    """One feed a source and round, and the agencies that they are about."""
    texts, agencies = _texts(seed, ROUNDS * SOURCES * FEED)
    stories = iter(texts)
    filler = news.invented(seed + 100)
    editions: dict[str, list[bytes]] = {f"s{source:03}": [] for source in range(SOURCES)}
    for number, (source, pages) in product(range(ROUNDS), enumerate(editions.values())):
        now = news.START + (number + 1) * ROUND
        address = f"https://s{source:03}.example/{number}"
        pages.append(
            feed(
                Story(title, next(filler).lead if leads else "", f"{address}/{place}", now - place * 7)
                for place, title in enumerate(islice(stories, FEED))
            )
        )
    return editions, agencies


def _texts(seed: int, number: int) -> tuple[Sequence[str], tuple[Agency, ...]]:
    """Titles in the order of their publication, COPIES of them told before."""
    chance = random.Random(seed)
    titles = news.real()
    if not titles:
        return [text.title for text in islice(news.invented(seed), number)], news.config().agencies
    start = chance.randrange(len(titles) - number)
    told: list[str] = []
    fresh = iter(titles[start:])
    for _ in range(number):
        copy = len(told) > 100 and chance.random() < news.COPIES
        told.append(told[-chance.randrange(1, 100)] if copy else next(fresh))
    return told, REAL


class Drawn:
    """Takes the tone model's place: answers drawn from the text, at no cost."""

    name = "drawn-1"

    def tones(self, texts: Sequence[str], domain: str) -> list[Tone]:
        """One of TONES for each text."""
        return [TONES[crc32(text.encode()) % len(TONES)] for text in texts]

    def topics(self, texts: Sequence[str], domain: str) -> list[str]:
        """One of the fourteen for each text."""
        letters = "".join(TOPICS)
        return [letters[crc32(text.encode()) % len(letters)] for text in texts]


def measure(port: int, agencies: tuple[Agency, ...], model: bool, rounds: int) -> dict[str, float]:
    """One run; Python's lock keeps it to one core, as `mentions_per_cpu_second` shows."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        store, bus, watch = LocalStore(folder), LocalBus(folder), Stopwatch()
        settings = replace(read_settings({}), data=folder, allow_loopback=True)
        activate(store, _config(port, agencies), news.START)
        tone = None if model else Drawn()
        pipeline = stack.enter_context(Pipeline(Services(settings, bus, store), bus, lambda data, now: None, tone))
        for name, owner, attribute in WATCHED:
            stack.enter_context(watch.watch(name, owner, attribute))
        wall, cpu = time.perf_counter(), time.process_time()
        for number in range(rounds):
            now = news.START + (number + 1) * ROUND
            pipeline.collect(now)
            if number % 3 == 2:
                pipeline.tick(now)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        used, published = replace(store.used), bus.used.bytes_published
        totals = load(store, "0").state.totals
    thousands = totals.mentions / 1000
    return {
        "mentions": totals.mentions,
        "mentions_per_second": totals.mentions / wall,
        "mentions_per_cpu_second": totals.mentions / cpu,
        "copies_share": totals.copies / totals.mentions,
        "issues": totals.issues,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "writes_per_1000": used.writes / thousands,
        "one_document_each_writes_per_1000": 1000.0,
        "reads_per_1000": used.reads / thousands,
        "deletes_per_1000": used.deletes / thousands,
        "bytes_written_per_1000": used.bytes_written / thousands,
        "bytes_published_per_1000": published / thousands,
        **{f"{name}_us": 1e6 * seconds / totals.mentions for name, seconds in watch.seconds.items()},
    }


def _config(port: int, agencies: tuple[Agency, ...]) -> Config:
    return Config(
        agencies=agencies,
        sources=tuple(
            SourceConfig(id=f"s{source:03}", name=news.outlet(source), url=f"http://127.0.0.1:{port}/s{source:03}")
            for source in range(SOURCES)
        ),
        thresholds=Thresholds(waspada=NEVER),
    )


if __name__ == "__main__":
    for name, value in run().items():
        sys.stdout.write(f"{name} {value:,.1f}\n")
