"""`kentongan quarantine`: messages that were set aside instead of lost, with the reason. Local back end."""

from __future__ import annotations

import argparse
from pathlib import Path

from shared.cli.terminal import OK, Trouble, paint, print_json, table
from shared.config.active import load_active
from shared.indonesian import stamp
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.messages import Quarantined, decode, open_as
from shared.settings import read_settings

HELP = "daftar pesan yang disisihkan karena rusak (karantina) atau terlalu sering gagal, beserta sebabnya"
USUAL_ZONE = "Asia/Jakarta"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="satu baris JSON tiap pesan")


def run(args: argparse.Namespace) -> int:
    """Print them; nothing is removed."""
    settings = read_settings()
    if settings.backend != "local":
        raise Trouble("di cloud, karantina ada di langganan (subscription) Pub/Sub bernama quarantine", "lihat docs/deploy.md")
    if not (Path(settings.data) / "bus.db").exists():
        return _print([], args.json)
    bus = LocalBus(settings.data)
    try:
        kept = [open_as(decode(data), Quarantined) for data in bus.queued("quarantine")]
        rows = [(message.at, message.stage, message.reason, len(message.data)) for message in kept]
        rows += [
            (0, letter.topic, f"gagal {letter.attempts} kali: {letter.error}", len(letter.data)) for letter in bus.dead_letters()
        ]
    finally:
        bus.close()
    return _print(rows, args.json)


def _print(rows: list[tuple[int, str, str, int]], as_json: bool) -> int:
    if as_json:
        for at, stage, reason, size in rows:
            print_json({"at": at or None, "stage": stage, "reason": reason, "bytes": size})
    elif not rows:
        print(paint("Tidak ada pesan yang disisihkan.", "green"))
    else:
        zone = _zone()
        print(
            table(
                [
                    ["WAKTU", "TAHAP", "BYTE", "SEBAB"],
                    *([stamp(at, zone), stage, str(size), why] for at, stage, why, size in rows),
                ]
            )
        )
        print(paint("\nCoba lagi atau buang: ./kentongan dlq --help", "dim"))
    return OK


def _zone() -> str:
    active = load_active(LocalStore(read_settings().data))
    return active.config.zone if active else USUAL_ZONE
