"""`kentongan feeds`: addresses under which another system may subscribe to alerts and issues."""

from __future__ import annotations

import argparse
import time
from typing import Final

from shared.cli.terminal import OK, Trouble, paint, print_json
from shared.links import SUBSCRIPTION, subscription
from shared.model import DAY
from shared.settings import read_settings
from shared.text import one_line

HELP = "alamat langganan peringatan dan isu untuk sistem lain: Atom, JSON Feed, CAP 1.2"
FEEDS: Final = {
    "peringatan.atom": "perubahan peringatan, sebagai Atom; bisa dipakai Kentongan lain sebagai sumber (kind: rss)",
    "peringatan.json": "yang sama sebagai JSON Feed",
    "isu.atom": "isu terkuat, sebagai Atom",
    "isu.json": "yang sama sebagai JSON Feed",
    "cap.atom": "daftar pesan CAP 1.2 untuk SIAGA dan AWAS",
}
LONGEST_NAME: Final = 60


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("subscriber", metavar="PELANGGAN", help='nama pelanggan, misalnya "Diskominfo Provinsi"')
    parser.add_argument("--agency", default="", metavar="ID", help="hanya instansi ini; tanpa ini semua instansi")
    parser.add_argument("--json", action="store_true", help="satu baris JSON")


def run(args: argparse.Namespace) -> int:
    """Print the addresses; nothing is stored, so they hold until they expire or LINK_KEY changes."""
    settings = read_settings()
    base = subscription(settings, one_line(args.subscriber, LONGEST_NAME), args.agency, int(time.time()))
    if not base:
        raise Trouble("langganan memerlukan BASE_URL (alamat dasbor) dan LINK_KEY", "isi keduanya, lihat docs/feeds.md")
    if args.json:
        print_json({name: base + name for name in FEEDS})
        return OK
    for name, what in FEEDS.items():
        print(f"{paint(what, 'dim')}\n{base}{name}\n")
    print(f"Berlaku {SUBSCRIPTION // DAY} hari. Siapa pun yang memegangnya bisa membaca: berikan hanya kepada pelanggan.")
    return OK
