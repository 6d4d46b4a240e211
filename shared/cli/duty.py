"""`kentongan duty`: whose turn it is, day by day, as kentongan.yaml says and officers have swapped by phone."""

from __future__ import annotations

import argparse
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from shared.cli.configfile import USUAL_FILE, load
from shared.cli.parser import whole
from shared.cli.terminal import OK, paint, print_json, table
from shared.config.schema import Config
from shared.indonesian import DAYS, MONTHS, local
from shared.routing.rosters import plan

HELP = "siapa piket hari ini dan hari-hari berikutnya, menurut kentongan.yaml dan pertukaran lewat ponsel"
MOST_DAYS: Final = 366


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--days", type=lambda text: whole(text, 1, MOST_DAYS), default=7, metavar="N", help="berapa hari (7)")
    parser.add_argument("--file", default=USUAL_FILE, metavar="FILE", help=f"konfigurasi ({USUAL_FILE})")
    parser.add_argument("--json", action="store_true", help="satu baris JSON tiap giliran")


def run(args: argparse.Namespace) -> int:
    """Print one row a day and roster; a day without any stands there too, because then everybody is told."""
    config = _swapped(load(args.file))
    today = local(int(time.time()), config.zone).date()
    days = [today + timedelta(days=number) for number in range(args.days)]
    if args.json:
        for day in days:
            for roster, officers in plan(config, day):
                print_json({"date": day.isoformat(), "roster": roster.id, "hours": roster.hours or None, "officers": officers})
    elif not config.duty.rosters:
        print("Belum ada jadwal piket: semua penerima dikabari.")
        print(paint("Cara mengaturnya: bagian duty di docs/configuration.md", "dim"))
    else:
        print(
            table(
                [["HARI", "PIKET", "JAM", "PETUGAS", "BILA TIDAK DIJAWAB"], *(row for day in days for row in _rows(config, day))]
            )
        )
    return OK


def _swapped(config: Config) -> Config:
    """The file with officers' changes on top, where a configuration is in force."""
    from shared.config.active import load_active
    from shared.config.amending import overlaid, rebased
    from shared.settings import read_settings
    from shared.wiring import connect

    settings = read_settings()
    if settings.backend == "local" and not (Path(settings.data) / "kentongan.db").exists():
        return config  # nothing has run here, and looking must make no database
    active = load_active(connect(settings).store)
    return overlaid(config, rebased(config, active.changes, active.since)) if active else config


def _rows(config: Config, day: date) -> list[list[str]]:
    holiday = " (libur)" if day.isoformat() in config.duty.holidays else ""
    title = f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]}{holiday}"
    found = plan(config, day)
    if not found:
        return [[title, "-", "-", "semua penerima", "-"]]
    return [
        [title if place == 0 else "", roster.id, roster.hours or "sepanjang hari", officers[0], ", ".join(officers[1:]) or "-"]
        for place, (roster, officers) in enumerate(found)
    ]
