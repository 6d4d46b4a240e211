"""`kentongan sources`: what is polled, what could be, how each does, and the door to the feed reader."""

from __future__ import annotations

import argparse
import importlib
from typing import Final

from shared.cli.configfile import USUAL_FILE

HELP = "sumber: daftar dan keadaannya (list), tambah (add), periksa semua sekarang (probe), baca file umpan (parse)"
EPILOG = """\
contoh:
  ./kentongan sources                              daftar sumber dan keadaannya menurut putaran terakhir
  ./kentongan sources list --catalogue yogyakarta  media dalam katalog, menurut nama atau provinsi
  ./kentongan sources add https://media.example    cari umpannya sendiri, lalu tulis ke kentongan.yaml
  ./kentongan sources add "Antara Jabar"           ambil dari katalog
  ./kentongan sources probe                        tanyai semua sumber satu kali: mana yang sakit, dan apa obatnya
  ./kentongan sources parse umpan.xml              satu baris JSON tiap file

Kode keluar: 0 baik, 1 masukan salah atau tidak ditemukan, 3 ada sumber yang gagal (probe).
"""
ACTIONS: Final = {"list": "listing", "add": "adding", "probe": "probing", "parse": "parsing"}  # and the module of each


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the actions; without one it is `list`."""
    parser.epilog = EPILOG
    _common(parser, None)
    actions = parser.add_subparsers(dest="action", metavar="TINDAKAN", title="Tindakan")
    listed = actions.add_parser("list", help="daftar sumber dan keadaannya; --catalogue: media yang dapat dipilih")
    _common(listed, argparse.SUPPRESS)
    listed.add_argument("--catalogue", nargs="*", metavar="KATA", help="tampilkan katalog, menurut nama atau provinsi")
    added = actions.add_parser("add", help="tambah sumber: alamat situs, atau nama media dalam katalog")
    added.add_argument("target", metavar="ALAMAT|NAMA")
    added.add_argument("--name", metavar="NAMA", help="nama media seperti dikenal pembaca")
    added.add_argument("--region", metavar="KODE", help='kode wilayah Kemendagri, misalnya "33.99"')
    added.add_argument("--agency", metavar="ID", help="semua isinya tentang instansi ini (situs resmi sendiri)")
    added.add_argument("--dry-run", action="store_true", help="tunjukkan saja, jangan tulis")
    probed = actions.add_parser("probe", help="tanyai semua sumber satu kali, seperti pemeriksaan dokter")
    for action in (added, probed):
        _common(action, argparse.SUPPRESS)
    parsed = actions.add_parser("parse", help="baca file RSS atau Atom: satu baris JSON tiap file")
    parsed.add_argument("files", nargs="+", metavar="FILE")


def _common(parser: argparse.ArgumentParser, default: str | None) -> None:
    """Options that stand before or after the action."""
    help_config = f"file konfigurasi (bawaan: {USUAL_FILE}); pada daftar: tanpa keadaannya"
    parser.add_argument("--config", default=default, metavar="FILE", help=help_config)
    parser.add_argument("--json", action="store_true", default=default or False, help="satu baris JSON tiap sumber")


def run(args: argparse.Namespace) -> int:
    """Do the chosen action."""
    module = importlib.import_module(f"shared.cli.sources.{ACTIONS[args.action or 'list']}")
    code: int = module.run(args)
    return code
