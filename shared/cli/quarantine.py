"""`kentongan quarantine`: messages that were set aside instead of lost, with the reason."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from shared.cli.kept import MORE, crowded, kept
from shared.cli.ready import existing
from shared.cli.terminal import OK, paint, print_json, table
from shared.config.active import zone_of
from shared.indonesian import stamp
from shared.model import USUAL_ZONE
from shared.ports import Kept
from shared.wiring import connect

HELP = "daftar pesan yang disisihkan karena rusak (karantina) atau terlalu sering gagal, beserta sebabnya"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="satu baris JSON tiap pesan")


def run(args: argparse.Namespace) -> int:
    """Print them, those in quarantine first; nothing is removed, and where nothing ran yet nothing is created."""
    settings = existing()
    if settings.backend == "local" and not (Path(settings.data) / "bus.db").exists():
        return _print([], USUAL_ZONE, args.json)
    services = connect(settings)
    with closing(services.keep()) as keep:
        rows = sorted(kept(keep), key=lambda one: one.kind == "dead")
        return _print(rows, zone_of(services.store), args.json)


def _print(rows: Sequence[Kept], zone: str, as_json: bool) -> int:
    if as_json:
        for one in rows:
            print_json({"at": one.at or None, "stage": one.whom, "reason": one.reason, "bytes": len(one.data)})
    elif not rows:
        print(paint("Tidak ada pesan yang disisihkan.", "green"))
    else:
        shown = [[stamp(one.at, zone), one.whom, str(len(one.data)), one.reason] for one in rows]
        print(table([["WAKTU", "TAHAP", "BYTE", "SEBAB"], *shown]))
        print(paint("\nCoba lagi atau buang: ./kentongan dlq --help", "dim"))
        if crowded(rows):
            print(paint(MORE, "yellow"))
    return OK
