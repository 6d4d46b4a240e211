"""`kentongan sources`: what is polled, and how each source did when it was last asked."""

from __future__ import annotations

import argparse

import msgspec

from shared.cli.configfile import USUAL_FILE, load
from shared.cli.terminal import OK, paint, print_json, table
from shared.config.schema import Config
from shared.indonesian import stamp
from shared.settings import read_settings
from shared.views import SourceLine, SourcesView, unpack
from shared.wiring import connect

HELP = "daftar sumber dan keadaannya menurut putaran terakhir"
TIERS = {"national": "nasional", "regional": "regional", "local": "lokal"}
STATES = {None: "belum diperiksa", "ok": "baik", "unchanged": "baik", "error": "GAGAL"}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--config", default=None, metavar="FILE", help=f"baca sumber dari file ini, misalnya {USUAL_FILE}, tanpa keadaannya"
    )
    parser.add_argument("--json", action="store_true", help="satu baris JSON tiap sumber")


def run(args: argparse.Namespace) -> int:
    """Print the sources."""
    view = None if args.config else _view()
    lines, zone = (view.sources, view.zone) if view else _planned(load(args.config or USUAL_FILE))
    if args.json:
        for line in lines:
            print_json(msgspec.to_builtins(line))
        return OK
    rows = [["SUMBER", "TINGKAT", "KEADAAN", "BERITA TERAKHIR", "24 JAM"]]
    rows += [[line.name, TIERS.get(line.tier, line.tier), *_state(line, zone)] for line in lines]
    print(table(rows))
    for line in lines:
        if line.problem:
            print(_problem(line, zone))
    print(f"\n{view.coverage.sentence}" if view else "\nKeadaan sumber tampak setelah: ./kentongan run --once")
    return OK


def _state(line: SourceLine, zone: str) -> tuple[str, str, str]:
    return STATES[line.status], stamp(line.last_item_at, zone), str(line.items_day)


def _problem(line: SourceLine, zone: str) -> str:
    """Why a source brings nothing, or what is odd about one that works."""
    if line.status == "error":
        return f"{paint('GAGAL', 'red')} {line.name} sejak {stamp(line.failing_since, zone)}: {line.problem}"
    return f"{paint('catatan', 'yellow')} {line.name}: {line.problem}"


def _view() -> SourcesView | None:
    """What detect last wrote about the sources, if it did."""
    [document] = connect(read_settings()).store.read(["views/sources"])
    return unpack(document, SourcesView)


def _planned(config: Config) -> tuple[tuple[SourceLine, ...], str]:
    lines = [
        SourceLine(
            id=source.id,
            name=source.name,
            tier=source.tier,
            region=source.region,
            url=source.url,
            status=None,
            last_ok_at=0,
            last_item_at=0,
            failing_since=0,
            next_at=0,
            items_day=0,
            problem="",
        )
        for source in config.sources
    ]
    return tuple(lines), config.zone
