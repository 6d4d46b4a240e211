"""`kentongan replay FILE.csv`: past news through the real pipeline; each transition as a JSON line, then a summary."""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from shared.backtest.playing import Played, only, play
from shared.cli.configfile import USUAL_FILE, agency_called, load
from shared.cli.terminal import OK, Progress, Trouble, print_json, unread
from shared.config.schema import Config
from shared.detect.load import load as load_state
from shared.indonesian import date_and_clock
from shared.model import Level, Transition
from shared.replay import ReplayError, Row, mentions, read_rows

HELP = "putar ulang berita dari CSV; cetak setiap perubahan peringatan, lalu ringkasan (JSON Lines)"
EPILOG = """\
contoh:
  ./kentongan replay berita.csv.gz --agency "Kabupaten Sagara" > peringatan.jsonl

Waktu terbit dalam CSV menjadi jam pemutaran. precision: day berarti hanya harinya yang diketahui; beritanya disebar menurut
kebiasaan jam terbit. Tidak ada yang diberi tahu, dan folder data tidak disentuh.
"""


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
        raise unread(args.file, error) from error
    except ReplayError as error:
        raise Trouble(f"{args.file}: {error}") from error
    with tempfile.TemporaryDirectory() as folder:
        _replay(rows, config, folder)
    return OK


def _only(config: Config, wanted: str) -> Config:
    """The configuration with one agency, and nobody to tell."""
    if agency := agency_called(wanted, config.agencies):
        return only(config, agency)
    known = ", ".join(agency.name for agency in config.agencies)
    raise Trouble(f"instansi {wanted!r} tidak ada dalam konfigurasi", f"yang ada: {known}")


def _replay(rows: list[Row], config: Config, folder: str) -> None:
    relevant = list(mentions(rows, config))
    if not relevant:
        raise Trouble(f"tidak satu pun dari {len(rows)} berita menyebut instansi itu", "periksa nama dan alias dalam konfigurasi")
    with Progress("putar ulang") as progress:
        played = play(
            relevant,
            config,
            folder,
            lambda _, now: progress.show(date_and_clock(now, config.zone)),
            lambda transition: print_json(_line(transition)),
        )
    print_json({"mentions": len(rows), "relevant": len(relevant), **_summary(played)})


def _summary(played: Played) -> dict[str, object]:
    used = dataclasses.replace(played.store.used)  # before the next line reads
    totals = load_state(played.store, "0").state.totals
    changes = played.transitions.values()
    highest: dict[str, Level] = {}
    watchwords = sum(transition.kind == "watchword" for transition in changes)
    for transition in changes:
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
        "bytes_published": played.bus.used.bytes_published,
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
