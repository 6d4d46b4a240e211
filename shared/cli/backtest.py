"""`kentongan backtest FILE --agency NAME`: what the present configuration would have meant on past news."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from argparse import Namespace
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from shared.backtest.counts import is_counts, read_counts
from shared.backtest.past import Past, Span, read_crises, read_past
from shared.backtest.result import Backtest
from shared.cli.configfile import USUAL_FILE, agency_called, load
from shared.cli.terminal import BAD_INPUT, OK, Progress, Trouble, complain, reason, unread
from shared.config.schema import Agency, Config
from shared.indonesian import date_and_clock, number

HELP: Final = "uji konfigurasi pada berita lampau: peringatan, alarm palsu, jarak sebelum puncak, jumlah pemberitahuan"
EPILOG: Final = """\
contoh:
  ./kentongan backtest berita.csv.gz --agency "Kabupaten Sagara"
  ./kentongan backtest berita.csv --agency 33.99 --html uji.html      halaman bergambar, dapat dicetak
  ./kentongan backtest berita.csv --agency BGN --crises krisis.csv    puncak yang benar, ditentukan orang
  ./kentongan backtest jumlah.csv                                     ekspor alat pemantau: hanya waktu dan jumlah

Kolom: yang dikenal `import` dan `replay` (judul/title, tanggal/published_at, media/outlet, url, isi/body, precision).
Kolom krisis menamai krisis yang sebenarnya; atau --crises FILE dengan kolom nama, mulai, selesai. Tanpa keduanya puncak dicari
dari jumlah berita negatif sendiri. Instansi yang belum ada di kentongan.yaml disusun seperti oleh `init`.
Berkas dengan kolom waktu dan jumlah saja (langkah 1 menit sampai 1 jam, paling sedikit 7 hari) diperiksa lonjakannya; --agency
hanya menjadi judulnya. Tidak ada yang diberi tahu, dan folder data tidak disentuh. Penjelasan angkanya: docs/backtest.md.
"""
MOST_SHOWN: Final = 50  # problems


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    parser.add_argument("file", metavar="FILE", help="CSV atau JSON Lines, boleh .gz")
    parser.add_argument("--agency", metavar="NAMA", help="id atau nama instansi; wajib kecuali untuk berkas jumlah")
    parser.add_argument("--code", metavar="KODE", help="kode wilayah atau singkatan, bila instansi belum ada di konfigurasi")
    parser.add_argument("--all", action="store_true", help="semua baris tentang instansi ini, juga yang tidak menyebutnya")
    parser.add_argument("--crises", metavar="FILE", help="CSV krisis yang sebenarnya: nama, mulai, selesai")
    parser.add_argument("--config", default=USUAL_FILE, metavar="FILE", help="file konfigurasi (bawaan: %(default)s)")
    parser.add_argument("--html", metavar="FILE", help="tulis juga halaman bergambar")
    parser.add_argument("--json", action="store_true", help="hasil sebagai satu objek JSON")


def run(args: argparse.Namespace) -> int:
    """Read, run, tell."""
    data = _bytes(args.file)
    result = _counted(args, data) if is_counts(data) else _mentioned(args, data)
    if isinstance(result, list):
        return _complain(result)
    if args.html:
        _write(Path(args.html), result)
    if args.json:
        import msgspec

        sys.stdout.write(msgspec.json.encode(result).decode() + "\n")
        return OK
    from shared.backtest.telling import told

    print("\n".join(told(result)))
    if args.html:
        print(f"\nHalaman bergambar: {args.html}")
    return OK


def _counted(args: Namespace, data: bytes) -> Backtest | list[str]:
    """The outcome of a file of counts, or what is wrong with the files."""
    from shared.backtest.volume import volume_test

    zone = load(args.config).zone if args.config != USUAL_FILE or Path(USUAL_FILE).exists() else Config(agencies=()).zone
    counts = read_counts(data, zone, int(time.time()))
    crises, wrong = _crises(args, zone)
    if problems := [*(f"{args.file}: {problem}" for problem in counts.problems), *wrong]:
        return problems
    file = Path(args.file).name
    return volume_test(counts, crises, name=args.agency or file, file=file, zone=zone)


def _mentioned(args: Namespace, data: bytes) -> Backtest | list[str]:
    """The outcome of a file of news, or what is wrong with the files."""
    if not args.agency:
        raise Trouble(
            "instansinya belum disebut", "tambahkan --agency NAMA; tanpa itu hanya berkas dengan kolom waktu dan jumlah"
        )
    try:
        config, agency, drafted = _configured(args)
    except Trouble as trouble:
        _, _, problems = _read(args, data, Config(agencies=()).zone)
        if not problems:
            raise
        complain(trouble)  # and what is wrong with the files as well
        return problems
    past, crises, problems = _read(args, data, config.zone)
    if problems:
        return problems
    return _measure(args, past._replace(crises=crises or past.crises), config, agency, drafted)


def _read(args: Namespace, data: bytes, zone: str) -> tuple[Past, list[Span], list[str]]:
    """The news, the crises of --crises, and everything that is wrong with the two files."""
    past = read_past(data, zone, int(time.time()))
    crises, wrong = _crises(args, zone)
    return past, crises, [*(f"{args.file}: {problem}" for problem in past.problems), *wrong]


def _crises(args: Namespace, zone: str) -> tuple[list[Span], list[str]]:
    """The crises of --crises, and everything that is wrong with that file."""
    if not args.crises:
        return [], []
    crises, wrong = read_crises(_bytes(args.crises), zone, int(time.time()))
    return crises, [f"{args.crises}: {problem}" for problem in wrong]


def _configured(args: Namespace) -> tuple[Config, Agency, bool]:
    """The configuration, the agency in it, and whether the agency had to be drafted."""
    base = None if args.config == USUAL_FILE and not Path(USUAL_FILE).exists() else load(args.config)
    if base and (configured := agency_called(args.agency, base.agencies)):
        return base, configured, False
    drafted = _drafted(args)
    [agency] = drafted.agencies
    if base is None:
        return replace(drafted, receivers=()), agency, True
    known = {source.id for source in base.sources}
    sources = (*base.sources, *(source for source in drafted.sources if source.id not in known))
    return replace(base, agencies=(*base.agencies, agency), sources=sources), agency, True


def _drafted(args: Namespace) -> Config:
    """The configuration that `init` would write, also for a region's code alone; Trouble where it is not enough."""
    from shared.catalogue.regions import regions
    from shared.cli.init import settle
    from shared.config.draft import draft
    from shared.config.reading import read_config
    from shared.config.rules import REGION_CODE

    name, code = args.agency, args.code
    if REGION_CODE.fullmatch(name):
        name, code = next((region.name for region in regions() if region.code == name), ""), name
        if not name:
            what = f"{code} tidak ada di {args.config}, dan tidak dalam daftar wilayah"
            raise Trouble(what, f'tulis namanya juga: --agency "Kabupaten ..." --code {code}')
    answers = Namespace(yes=True, name=name, code=code, province=None, webhook=None, contact=None)
    return read_config(draft(settle(answers)))


def _bytes(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise unread(file, error) from error


def _complain(problems: list[str]) -> int:
    for problem in problems[:MOST_SHOWN]:
        print(problem)
    if len(problems) > MOST_SHOWN:
        print(f"... dan {number(len(problems) - MOST_SHOWN)} kesalahan lagi")
    print(f"\n{number(len(problems))} kesalahan. Perbaiki berkasnya, lalu jalankan lagi; kolom yang dikenal: docs/backtest.md")
    return BAD_INPUT


def _measure(args: Namespace, past: Past, config: Config, agency: Agency, drafted: bool) -> Backtest:
    from shared.backtest.measuring import backtest
    from shared.replay import mentions

    alone = replace(config, agencies=(agency,))
    found = list(mentions(past.rows, alone, (agency.id,) if args.all else ()))
    if not found:
        remedy = "periksa nama dan sebutannya di konfigurasi; bila semua baris memang tentangnya, tambahkan --all"
        raise Trouble(f"tidak satu pun dari {number(len(past.rows))} berita menyebut {agency.name}", remedy)
    first, last = found[0].published_at, found[-1].published_at
    with tempfile.TemporaryDirectory() as folder, Progress("uji balik") as progress:
        progress.show(f"{number(len(found))} berita tentang {agency.name} ...")
        return backtest(
            past,
            found,
            config,
            agency,
            folder,
            lambda at: progress.show(f"{100 * (at - first) // max(1, last - first)}%  {date_and_clock(at, config.zone)}"),
            file=Path(args.file).name,
            drafted=drafted,
        )


def _write(file: Path, result: Backtest) -> None:
    from shared.backtest.page import page

    try:
        file.write_text(page(result), encoding="utf-8")
    except OSError as error:
        raise Trouble(f"{file} tidak dapat ditulis: {reason(error)}", "pilih folder lain dengan --html") from error
