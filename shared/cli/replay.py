"""`kentongan replay FILE.csv`: past news through the real pipeline; each transition as a JSON line, then a summary."""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from shared.cli.configfile import USUAL_FILE, load
from shared.cli.terminal import OK, Progress, Trouble, print_json
from shared.config.active import activate
from shared.config.schema import Config
from shared.detect.load import load as load_state
from shared.indonesian import date_and_clock
from shared.local.bus import LocalBus
from shared.local.pipeline import Pipeline
from shared.local.store import LocalStore
from shared.messages import AlertsChanged, Collected, decode, encode, open_as
from shared.model import HOUR, Level, Seconds, Transition
from shared.replay import ReplayError, Row, mentions, read_rows, steps
from shared.settings import read_settings
from shared.wiring import Services

HELP = "putar ulang berita dari CSV; cetak setiap perubahan peringatan, lalu ringkasan (JSON Lines)"
EPILOG = """\
contoh:
  ./kentongan replay berita.csv.gz --agency "Kabupaten Sagara" > peringatan.jsonl

Waktu terbit dalam CSV menjadi jam pemutaran. precision: day berarti hanya harinya yang diketahui; beritanya disebar menurut
kebiasaan jam terbit. Tidak ada yang diberi tahu, dan folder data tidak disentuh.
"""
TICK: Seconds = 6 * HOUR  # of event time: snapshots are for restarts, which a replay has none of


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    parser.add_argument("file", metavar="FILE.csv", help="kolom published_at,outlet,url,title[,body][,precision]; boleh .gz")
    parser.add_argument("--agency", required=True, metavar="NAMA", help="id atau nama instansi dari konfigurasi")
    parser.add_argument("--config", default=USUAL_FILE, metavar="FILE", help="file konfigurasi (bawaan: %(default)s)")


def run(args: argparse.Namespace) -> int:
    """Replay and print."""
    config = _only(load(args.config), args.agency)
    try:
        rows = read_rows(Path(args.file).read_bytes(), config.zone)
    except OSError as error:
        raise Trouble(f"{args.file} tidak terbaca: {error.strerror}") from error
    except ReplayError as error:
        raise Trouble(f"{args.file}: {error}") from error
    with tempfile.TemporaryDirectory() as folder:
        _replay(rows, config, folder)
    return OK


def _only(config: Config, wanted: str) -> Config:
    """The configuration with one agency, and nobody to tell."""
    for agency in config.agencies:
        if wanted.casefold() in (agency.id.casefold(), agency.name.casefold(), *(name.casefold() for name in agency.short_names)):
            return replace(config, agencies=(agency,), receivers=())
    known = ", ".join(agency.name for agency in config.agencies)
    raise Trouble(f"instansi {wanted!r} tidak ada dalam konfigurasi", f"yang ada: {known}")


class _Watch:
    """Takes notify's place: prints each change once."""

    def __init__(self) -> None:
        self.seen: dict[str, Transition] = {}

    def __call__(self, data: bytes, now: Seconds) -> None:
        for transition in open_as(decode(data), AlertsChanged).transitions:
            if transition.id not in self.seen:
                self.seen[transition.id] = transition
                print_json(_line(transition))


def _replay(rows: list[Row], config: Config, folder: str) -> None:
    store, bus, watch = LocalStore(folder), LocalBus(folder), _Watch()
    services = Services(dataclasses.replace(read_settings({}), data=folder), bus, store)
    relevant = list(mentions(rows, config))
    if not relevant:
        raise Trouble(f"tidak satu pun dari {len(rows)} berita menyebut instansi itu", "periksa nama dan alias dalam konfigurasi")
    activate(store, config, relevant[0].published_at)
    pipeline = Pipeline(services, bus, watch)
    ticked = now = relevant[0].published_at
    with Progress("putar ulang") as progress:
        for done, step in enumerate(steps(relevant)):
            now = step.now
            body = Collected(step.mentions, step.round, config.agencies)
            pipeline.publish("mentions-collected", encode(body, f"replay-{now}"), now)
            if now - ticked >= TICK:
                pipeline.tick(now)
                ticked = now
            if done % 100 == 0:
                progress.show(date_and_clock(now, config.zone))
    pipeline.tick(now)
    print_json({"mentions": len(rows), "relevant": len(relevant), **_summary(watch, store, bus)})


def _summary(watch: _Watch, store: LocalStore, bus: LocalBus) -> dict[str, object]:
    used = dataclasses.replace(store.used)  # before the next line reads
    totals = load_state(store, "0").state.totals
    highest: dict[str, Level] = {}
    watchwords = sum(transition.kind == "watchword" for transition in watch.seen.values())
    for transition in watch.seen.values():
        if transition.kind == "watchword":
            continue
        highest[transition.alert] = max(highest.get(transition.alert, Level.NORMAL), transition.to_level)
    levels = Counter(level.name.lower() for level in highest.values())
    return {
        "about": totals.about,
        "copies": totals.copies,
        "issues": totals.issues,
        "alerts": {level.name.lower(): levels[level.name.lower()] for level in Level if level > Level.NORMAL},
        "watchwords": watchwords,
        "writes": used.writes,
        "reads": used.reads,
        "deletes": used.deletes,
        "bytes_stored": used.bytes_written,
        "bytes_published": bus.used.bytes_published,
    }


def _line(transition: Transition) -> dict[str, object]:
    return {
        "at": datetime.fromtimestamp(transition.at, UTC).isoformat(),
        "from": transition.from_level.name.lower(),
        "to": transition.to_level.name.lower(),
        "change": transition.change,
        "alert": transition.alert,
        "agency": transition.agency,
        "issue": transition.issue,
        "name": transition.issue_name,
        "evidence": round(transition.evidence, 2),
        "reasons": transition.reasons,
        "first_outlet": transition.first_outlet,
        "outlets": transition.outlets,
        "negative_share": round(transition.negative_share, 3),
        "expected": round(transition.expected, 2),
        "observed": round(transition.observed, 2),
        "kind": transition.kind,
        "watchword": transition.watchword,
    }
