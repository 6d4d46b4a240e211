"""`kentongan report`: writes the daily report now, and shows it as text."""

from __future__ import annotations

import argparse
import sys
import time

from shared import report
from shared.cli.terminal import OK, Trouble, paint
from shared.indonesian import date_and_clock
from shared.reasons import status
from shared.report.record import Report
from shared.settings import read_settings
from shared.views import unpack
from shared.wiring import connect

HELP = "tampilkan Laporan Analisis Media Harian sebagai teks; dibuat dahulu bila belum ada"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="tampilkan laporan hari itu (bawaan: tulis yang terbaru)")
    parser.add_argument("--json", action="store_true", help="laporan sebagai JSON")


def run(args: argparse.Namespace) -> int:
    """Write it unless it is there; show it."""
    services = connect(read_settings())
    path = f"reports/{args.date}" if args.date else report.run(services, int(time.time()))
    document = services.store.read([path])[0] if path else None
    found = unpack(document, Report)
    if document is None or found is None:
        raise Trouble("belum ada laporan", "laporan dibuat dari data `./kentongan run`; jalankan itu dahulu")
    if args.json:
        sys.stdout.write(document.data.decode() + "\n")
    else:
        print(as_text(found))
    return OK


def as_text(found: Report) -> str:
    """The report's essence in lines."""
    lines = [paint("LAPORAN ANALISIS MEDIA HARIAN (KONSEP)", "bold")]
    lines.append(f"{date_and_clock(found.from_at, found.zone)} sampai {date_and_clock(found.until_at - 1, found.zone)}")
    lines.append(found.coverage)
    for agency in found.agencies:
        lines += ["", f"{paint(agency.name, 'bold')}. {status(agency.level)}", *agency.summary]
        lines += [f"- {card.name}: {card.tones.total} berita, {card.tones.negative} negatif" for card in agency.issues]
        lines += [f"Saran: {advice}" for advice in agency.advice]
    return "\n".join(lines)
