"""`kentongan import FILE`: brings in an export of SP4N-LAPOR! or a file of clippings, through the same pipeline as the news."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Final, get_args

from shared.cli.configfile import USUAL_FILE, load
from shared.cli.ready import existing
from shared.cli.terminal import BAD_INPUT, OK, Trouble, paint, unread
from shared.clippings import Clippings, Kept, keep, read_clippings
from shared.config.schema import Config
from shared.indonesian import number, stamp
from shared.messages import TOPICS, Collected, encode
from shared.model import Mention, MentionKind
from shared.privacy import admit, key_for
from shared.urls import digest
from shared.wiring import Services, connect

HELP: Final = "masukkan aduan atau kliping dari file CSV atau JSON Lines (misalnya ekspor SP4N-LAPOR!)"
EPILOG: Final = """\
contoh:
  ./kentongan import ekspor-lapor.csv --agency 33.99 --outlet "SP4N-LAPOR!" --dry-run
  ./kentongan import ekspor-lapor.csv --agency 33.99 --outlet "SP4N-LAPOR!"
  ./kentongan import kliping.jsonl

Kolom yang dikenal: judul, isi, tanggal (wajib), url, id, media; nama lain yang lazim juga dikenal (docs/sources.md).
Kolom lain, misalnya nama dan telepon pelapor, tidak dibaca. Nomor telepon, NIK, dan surel di dalam isi disamarkan.
Mengimpor file yang sama dua kali tidak menghitung dua kali. Yang lebih tua dari tiga hari disimpan tanpa memicu peringatan.
Bila ada baris yang salah, semua kesalahan disebutkan dan tidak ada yang masuk; kode keluar 1.
"""
SHOWN: Final = """\
Yang sudah dikenal, misalnya dari impor sebelumnya, tidak dihitung lagi.
Tampak di ikhtisar {when}; di Aspirasi dan meja kerja setelah jam ini berakhir."""
MOST_SHOWN: Final = 50  # problems
MOST_MENTIONS: Final = 250  # in one message


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    parser.add_argument("file", metavar="FILE", help="CSV (pemisah koma, titik koma, atau tab) atau JSON Lines")
    parser.add_argument(
        "--agency", default="", metavar="ID", help="semua baris tentang instansi ini; tanpa ini: yang disebut saja"
    )
    parser.add_argument("--outlet", default="Kiriman", metavar="NAMA", help="media untuk baris tanpa media (bawaan: %(default)s)")
    parser.add_argument(
        "--kind", choices=get_args(MentionKind), help="jenisnya (bawaan: news bila ada url, selain itu complaint)"
    )
    parser.add_argument("--dry-run", action="store_true", help="periksa saja; tidak ada yang dimasukkan")
    parser.add_argument("--config", default=USUAL_FILE, metavar="FILE", help="file konfigurasi (bawaan: %(default)s)")


def run(args: argparse.Namespace) -> int:
    """Read, check, tell, publish."""
    config = load(args.config)
    known = [agency.id for agency in config.agencies]
    if args.agency and args.agency not in known:
        raise Trouble(f"instansi {args.agency!r} tidak ada di {args.config}", f"pakai salah satu: {', '.join(known)}")
    try:
        data = Path(args.file).read_bytes()
    except OSError as error:
        raise unread(args.file, error) from error
    clippings = read_clippings(data, config.zone, int(time.time()))
    if clippings.problems:
        _complain(args.file, clippings.problems)
        return BAD_INPUT
    kept = keep(clippings.rows, config, args.agency, args.outlet, args.kind)
    _tell(clippings, kept, config)
    if args.dry_run:
        print("Tidak ada yang dimasukkan (--dry-run).")
        return OK
    services = connect(existing())
    publish(services, kept.mentions, config)
    when = "pada putaran berikutnya (./kentongan run)" if services.settings.backend == "local" else "dalam seperempat jam"
    print(f"{paint('Dimasukkan.', 'green')} {SHOWN.format(when=when)}")
    return OK


def publish(services: Services, mentions: list[Mention], config: Config) -> None:
    """Send the mentions on the way that collect's go, personal data masked; raises Retryable where the bus did not take them."""
    key = key_for(services.settings)
    parts = [mentions[start : start + MOST_MENTIONS] for start in range(0, len(mentions), MOST_MENTIONS)]
    bodies = [Collected(tuple(admit(mention, key) for mention in part), None, config.agencies) for part in parts]
    batches = [encode(body, digest(*(mention.id for mention in body.mentions))) for body in bodies]
    if batches:
        services.bus.publish(TOPICS[Collected], batches)


def _complain(file: str, problems: list[str]) -> None:
    for problem in problems[:MOST_SHOWN]:
        print(f"{file}: {problem}")
    if len(problems) > MOST_SHOWN:
        print(f"... dan {number(len(problems) - MOST_SHOWN)} kesalahan lagi")
    print(f"\n{number(len(problems))} kesalahan; tidak ada yang dimasukkan. Perbaiki filenya, lalu jalankan lagi.")


def _tell(clippings: Clippings, kept: Kept, config: Config) -> None:
    """How many rows go in, which columns were read, and from when until when they are."""
    columns = ", ".join(sorted(clippings.columns.values()))
    print(f"{number(len(clippings.rows))} baris dibaca; kolom: {columns}")
    repeated = len(clippings.rows) - len(kept.mentions) - kept.others
    again = f", {number(repeated)} berulang" if repeated else ""
    print(f"{number(len(kept.mentions))} masuk, {number(kept.others)} tidak menyebut instansi yang dipantau{again}")
    if kept.mentions:
        times = [mention.published_at for mention in kept.mentions]
        print(f"dari {stamp(min(times), config.zone)} sampai {stamp(max(times), config.zone)}")
