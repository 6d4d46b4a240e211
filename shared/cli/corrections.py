"""`kentongan corrections`: what officers have put right, for the next model."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from shared.cli.jsonlines import write
from shared.cli.ready import existing
from shared.cli.terminal import OK, Trouble
from shared.config.active import zone_of
from shared.corrections import Example, examples
from shared.model import Seconds
from shared.ports import Store
from shared.report.mentions import first_hour, judged
from shared.sheet import csv_text
from shared.wiring import connect

LATEST: Final[Seconds] = 2**32 - 1
HELP = "koreksi petugas di samping penilaian mesin, untuk melatih model berikutnya"
EPILOG = """\
contoh:
  ./kentongan corrections export > koreksi.jsonl            semua yang masih disimpan
  ./kentongan corrections export --since 2026-11-01 --format csv > koreksi.csv

Satu baris tiap koreksi: teks, penilaian mesin dengan peluangnya, dan penilaian petugas. Nama petugas tidak ikut.
Koreksi tidak mengubah model dengan sendirinya.
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    parser.add_argument("action", choices=("export",), metavar="export", help="export: tulis ke keluaran standar")
    parser.add_argument("--since", metavar="YYYY-MM-DD", help="hanya yang dikoreksi sejak hari itu")
    parser.add_argument("--format", choices=("jsonl", "csv"), default="jsonl", help="bawaan: jsonl")


def run(args: argparse.Namespace) -> int:
    """Print the corrections of all mentions that are still kept."""
    store = connect(existing()).store
    found = examples(judged(store, first_hour(store), LATEST), _since(store, args.since))
    if args.format == "jsonl":
        return write(found)
    sys.stdout.write(csv_text(Example.__struct_fields__, (msgspec.structs.astuple(one) for one in found)))
    return OK


def _since(store: Store, day: str | None) -> Seconds:
    if day is None:
        return 0
    try:
        return int(datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone_of(store))).timestamp())
    except ValueError as error:
        raise Trouble(f"{day} bukan tanggal", "tulis sebagai tahun-bulan-hari, misalnya 2026-11-01") from error
