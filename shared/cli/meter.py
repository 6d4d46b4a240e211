"""`kentongan meter`: what a day of so many mentions would use of Google Cloud's free tier, and cost beyond it."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Final

from shared.cli.parser import whole
from shared.cli.terminal import OK, Progress, Trouble, print_json, reason

HELP: Final = "hitung pemakaian jatah gratis Google Cloud untuk sekian berita sehari (di komputer ini; tidak menyentuh cloud)"
EPILOG: Final = """\
contoh:
  ./kentongan meter                                        100.000 berita sehari, 200 sumber, 10 instansi
  ./kentongan meter --mentions-per-day 3000 --sources 40   instansi Anda
  ./kentongan meter --svg meter.svg --json                 gambar, dan angka untuk skrip

Tiga jam buatan dijalankan lewat tahap-tahap yang sebenarnya, dengan sumber yang lambat dan kadang tidak menjawab; setiap operasi
yang ditagih dihitung, lalu dijadikan sehari. Sekitar setengah menit. Asumsinya ada di docs/measurements.md.
"""
LARGEST_DAY: Final = 2_000_000


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    parser.add_argument(
        "--mentions-per-day",
        type=partial(whole, least=1, most=LARGEST_DAY),
        default=100_000,
        metavar="N",
        help="berita sehari (bawaan: %(default)s)",
    )
    parser.add_argument(
        "--agencies", type=partial(whole, least=1, most=200), default=10, metavar="A", help="instansi (bawaan: %(default)s)"
    )
    parser.add_argument(
        "--sources", type=partial(whole, least=1, most=1000), default=200, metavar="S", help="sumber (bawaan: %(default)s)"
    )
    parser.add_argument(
        "--retention-days",
        type=partial(whole, least=1, most=3650),
        default=30,
        metavar="HARI",
        help="lama penyimpanan (bawaan: %(default)s)",
    )
    parser.add_argument(
        "--texts",
        type=partial(whole, least=2, most=10_000),
        default=2_000,
        metavar="T",
        help="teks yang dinilai sungguhan untuk mengukur waktunya (bawaan: %(default)s)",
    )
    parser.add_argument("--svg", metavar="FILE", help="tulis gambarnya ke sini")
    parser.add_argument("--json", action="store_true", help="angka sebagai satu baris JSON")


def run(args: argparse.Namespace) -> int:
    """Simulate, then tell."""
    from shared.meter.day import Plan
    from shared.meter.limits import limits
    from shared.meter.measure import measure
    from shared.meter.picture import svg
    from shared.meter.telling import as_json, text

    plan = Plan(args.mentions_per_day, args.agencies, args.sources, args.retention_days)
    with Progress("meter:") as progress:
        progress.show("menjalankan tiga jam buatan ...")
        measured = measure(plan, args.texts)
    if args.svg:
        try:
            Path(args.svg).write_text(svg(limits(), measured), encoding="utf-8")
        except OSError as error:
            raise Trouble(f"{args.svg} tidak dapat ditulis: {reason(error)}", "pilih file lain dengan --svg") from error
    if args.json:
        print_json(as_json(limits(), measured))
    else:
        print(text(limits(), measured))
    return OK
