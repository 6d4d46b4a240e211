"""`kentongan archive`: writes the mentions of days that are over into the archive."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from datetime import date

from shared import archive
from shared.cli.ready import existing
from shared.cli.terminal import OK, Trouble
from shared.config.active import load_active
from shared.model import DAY
from shared.report.period import ending, last_period
from shared.wiring import archive_of, connect

HELP = "tulis berita sehari ke arsip (JSON Lines), untuk yang ingin menyimpan bertahun-tahun"
EPILOG = """\
contoh:
  ./kentongan archive --out arsip                       hari laporan terakhir, ke folder arsip
  ./kentongan archive --out arsip --day 2026-11-21      periode yang berakhir pada hari itu, pukul 06.00

Ditulis juga hari sebelumnya, karena koreksi petugas datang sesudah laporan. Bila ARCHIVE disetel, laporan harian
yang melakukannya.
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    parser.add_argument("--day", metavar="YYYY-MM-DD", help="hari berakhirnya periode (bawaan: yang terakhir)")
    parser.add_argument("--out", metavar="FOLDER", help="folder (bawaan: ARCHIVE)")


def run(args: argparse.Namespace) -> int:
    """Write it; say where it is."""
    settings = existing()
    services = connect(settings)
    target = archive_of(replace(settings, backend="local", archive=args.out)) if args.out else services.archive
    if target is None:
        raise Trouble("arsip belum disebut", "beri folder: --out arsip, atau setel ARCHIVE")
    active = load_active(services.store)
    if active is None:
        raise Trouble("belum ada konfigurasi yang berlaku", "berlakukan: ./kentongan config push")
    zone, now = active.config.zone, int(time.time())
    try:
        period = ending(date.fromisoformat(args.day), zone) if args.day else last_period(now, zone)
    except (ValueError, OverflowError) as error:
        raise Trouble(f"{args.day} bukan tanggal", "tulis sebagai tahun-bulan-hari, misalnya 2026-11-21") from error
    oldest = now - active.config.retention_days * DAY
    if period.start < oldest:
        kept = f"berita hanya disimpan {active.config.retention_days} hari; file yang sudah ada dibiarkan"
        raise Trouble(f"{period.date} sudah lewat masa simpan", kept)
    written = [day for day in (period.days_before(archive.AGAIN), period) if archive.write(target, services.store, day, oldest)]
    for day in written:
        print(f"Ditulis: {args.out or settings.archive}/{archive.name_of(day.date)}")
    if not written:
        print("Tidak ada berita pada periode itu maupun sehari sebelumnya; tidak ada file yang ditulis")
    return OK
