"""`kentongan report`: writes the daily report now, and shows it in the form that is wanted."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from shared import report
from shared.cli.ready import existing
from shared.cli.terminal import OK, Trouble, reason
from shared.config.active import load_active
from shared.model import USUAL_ZONE
from shared.report.period import ending
from shared.report.record import Report
from shared.settings import Settings
from shared.views import unpack
from shared.wiring import Services, connect

HELP = "tampilkan Laporan Analisis Media Harian: teks, halaman A4, DOCX, atau CSV; dibuat dahulu bila belum ada"
FORMS: Final = ("text", "html", "docx", "csv", "json")
EPILOG: Final = """\
contoh:
  ./kentongan report                                    laporan periode terakhir, sebagai teks untuk chat
  ./kentongan report --date 2026-11-21 --format docx    tulis laporan-2026-11-21.docx, untuk disunting
  ./kentongan report --format csv --out isu.csv         kolom Identifikasi Isu Harian
  ./kentongan report --until now                        pembaruan siang: sejak pukul 06.00, tidak disimpan
  ./kentongan report --format html                      tulis halaman A4; PDF: buka di peramban, lalu Cetak > Simpan sebagai PDF

Konsep dihitung ulang bila ada berita yang datang terlambat; laporan yang sudah final tidak berubah.
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="hari berakhirnya periode, pukul 06.00 (bawaan: yang terakhir)")
    parser.add_argument("--until", choices=("now",), help="pembaruan: hari ini sejak pukul 06.00 sampai sekarang, tidak disimpan")
    parser.add_argument("--format", choices=FORMS, default="text", help="bentuknya (bawaan: %(default)s)")
    parser.add_argument("--json", action="store_true", help="sama dengan --format json")
    parser.add_argument("--out", metavar="FILE", help="tulis ke file ini; - untuk layar")


def run(args: argparse.Namespace) -> int:
    """Write it unless it is there; show it."""
    day, form = _day(args.date), "json" if args.json else args.format
    services = connect(existing())
    if args.until:
        _deliver(_update(services, form), args.out or ("-" if form in ("text", "json", "csv") else f"pembaruan.{form}"))
        return OK
    path = _path(services, day)
    document = services.store.read([path])[0] if path else None
    found = unpack(document, Report)
    if document is None or found is None:
        raise Trouble(
            f"belum ada laporan{f' {day}' if day else ''}",
            "laporan suatu hari dibuat sesudah pukul 06.00 hari itu dari data `./kentongan run`; hari ini: --until now",
        )
    out = args.out or ("-" if form in ("text", "json", "csv") else f"laporan-{found.date}.{form}")
    _deliver(document.data if form == "json" else rendered(services, found, form), out)
    return OK


def _update(services: Services, form: str) -> bytes:
    """Today so far in this form; the page is for reports that are stored."""
    if form == "html":
        raise Trouble("pembaruan tidak punya halaman", "pilih --format text, docx, csv, atau json")
    found = report.update(services.store, load_active(services.store), int(time.time()))
    if found is None:
        raise Trouble("belum ada data hari ini", "laporan dibuat dari data `./kentongan run`; jalankan itu dahulu")
    match form:
        case "docx":
            from shared.report.docx import docx
            from shared.report.paper import daily

            return docx(daily(found), lambda link: link if link.startswith("http") else "")
        case "csv":
            from shared.report.table import issues_csv

            return issues_csv(found).encode()
        case "json":
            return msgspec.json.encode(found)
    from shared.report.message import message

    return message(found, "").encode()


def _day(text: str | None) -> str:
    try:
        return ending(date.fromisoformat(text), USUAL_ZONE).date if text else ""
    except (ValueError, OverflowError) as error:  # the day before it is none that Python knows
        raise Trouble(f"{text} bukan tanggal", "tulis sebagai tahun-bulan-hari, misalnya 2026-11-21") from error


def _path(services: Services, day: str) -> str:
    """Where the report lies, counted anew where that is still possible."""
    path = report.write(services.store, load_active(services.store), int(time.time()), day)
    return path or (f"reports/{day}" if day else "")


def rendered(services: Services, found: Report, form: str) -> bytes:
    """The report as the dashboard hands it out, whoever may look there."""
    from shared.dashboard import create_app  # Flask, only where it is needed

    if form == "text":
        from shared.report.message import message

        base = services.settings.base_url
        return message(found, f"{base}/laporan/{found.date}" if base else "").encode()
    opened = replace(services, settings=_open(services.settings))
    ending = "" if form == "html" else f".{form}"
    client = create_app(opened, lambda: int(time.time()), 0).test_client()
    return bytes(client.get(f"/laporan/{found.date}{ending}").data)


def _open(settings: Settings) -> Settings:
    """The same without the dashboard's door: whoever runs this command has the store itself."""
    return replace(settings, viewer_token="", dashboard_access="public", iap_audience="")


def _deliver(data: bytes, out: str) -> None:
    if out == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        Path(out).write_bytes(data)
    except OSError as error:
        raise Trouble(f"{out} tidak dapat ditulis: {reason(error)}") from error
    print(f"Ditulis: {out}")
