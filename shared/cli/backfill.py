"""`kentongan backfill`: gives a new agency its baseline on day one, from Google News by date."""

from __future__ import annotations

import argparse
import time
from typing import Final

from shared.backfill.asking import Interrupted, Standing, finish, headlines, source_for, standing
from shared.cli.configfile import USUAL_FILE, load
from shared.cli.parser import whole
from shared.cli.ready import existing
from shared.cli.terminal import OK, OUTSIDE_FAILED, Progress, Trouble, complain, paint
from shared.config.active import load_active
from shared.config.schema import Agency, Config
from shared.detect.counts.history import ENOUGH_HOURS
from shared.http import Client, client_for
from shared.http.gate import unresolved
from shared.indonesian import number, stamp
from shared.messages import TOPICS, Classified, encode
from shared.model import DAY, HOUR, Seconds
from shared.ports import Classifier
from shared.views import Overview, unpack
from shared.wiring import Services, connect

HELP: Final = "ajari garis dasar instansi baru dari berita lampau (Google News per tanggal), tanpa memicu peringatan"
EPILOG: Final = """\
contoh:
  ./kentongan backfill                          semua instansi, 30 hari ke belakang
  ./kentongan backfill --days 60 --agency 33.99

Google News ditanya sehari demi sehari, satu permintaan sedetik. Yang sudah didapat disimpan: bila terhenti, atau bila Google
minta jeda (kode keluar 3), jalankan lagi perintah yang sama. Sesudah selesai, menjalankannya lagi tidak mengubah apa pun.
Berita lampau hanya mengajari angka "biasanya"; tidak dihitung, tidak tampil, dan tidak memicu peringatan.
"""
LEAST_DAYS: Final = 7
MOST_DAYS: Final = 90


def a_span(text: str) -> int:
    """Days to look back; raises ArgumentTypeError where it is no such number."""
    return whole(text, LEAST_DAYS, MOST_DAYS)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    parser.add_argument(
        "--days", type=a_span, default=30, metavar="HARI", help=f"{LEAST_DAYS} sampai {MOST_DAYS} (bawaan: %(default)s)"
    )
    parser.add_argument("--agency", metavar="ID", help="satu instansi saja (bawaan: semua yang ada di konfigurasi)")
    parser.add_argument("--config", default=USUAL_FILE, metavar="FILE", help="file konfigurasi (bawaan: %(default)s)")


def run(args: argparse.Namespace) -> int:
    """Each agency in turn; where Google wants to be left alone, none after it."""
    from shared.tone import load as load_tone

    config = load(args.config)
    chosen = [agency for agency in config.agencies if args.agency in (None, agency.id)]
    if not chosen:
        known = ", ".join(agency.id for agency in config.agencies)
        raise Trouble(f"instansi {args.agency!r} tidak ada di {args.config}", f"pakai salah satu: {known}")
    settings = existing()
    services = connect(settings)
    active = load_active(services.store)
    watched = {agency.id for agency in active.config.agencies} if active else set()
    if unknown := [agency.id for agency in chosen if agency.id not in watched]:
        raise Trouble(
            f"belum dipantau: {', '.join(unknown)}", "berlakukan dahulu dengan ./kentongan config push (atau ./kentongan run)"
        )
    known_by_now = _known(services)
    with client_for(config, settings) as client:
        for agency in chosen:
            if why := _needless(standing(services.store, agency.id), agency.id in known_by_now, config.zone):
                print(f"{agency.name}: {why}; tidak ada yang diubah.")
                continue
            try:
                _fill(services, client, agency, config, args.days, int(time.time()), load_tone())
            except Interrupted as stop:
                return _interrupted(stop, agency, config, standing(services.store, agency.id))
    return OK


def _needless(before: Standing, known: bool, zone: str) -> str:
    """Why an agency needs no other past; empty where it does. `known`: its baseline has a fortnight, borrowed or its own."""
    if before.finished_at:
        return f"sudah diisi {stamp(before.finished_at, zone)}"
    return f"sudah belajar {ENOUGH_HOURS * HOUR // DAY} hari sendiri" if known else ""


def _known(services: Services) -> frozenset[str]:
    """Agencies whose baseline knows a fortnight."""
    view = unpack(services.store.read(["views/overview"])[0], Overview)
    return frozenset(card.id for card in view.agencies if not card.learning_days) if view else frozenset()


def _fill(services: Services, client: Client, agency: Agency, config: Config, days: int, now: Seconds, tone: Classifier) -> None:
    """Ask, count, publish, and only then note that it is done."""
    from shared.backfill.counting import history

    with Progress(agency.name) as progress:
        found, full = headlines(
            client,
            services.store,
            agency.id,
            source_for(agency, config),
            days,
            now,
            lambda done, all_days: progress.show(f"hari {done + 1} dari {all_days} ..."),
        )
        progress.show(f"menilai {number(len(found))} judul ...")
        fact = history(found, agency, config, days, now, tone)
    services.bus.publish(TOPICS[Classified], [encode(Classified((fact,)), fact.id)])
    negative = sum(count > 0 for count in fact.negative)
    finish(services.store, agency.id, Standing(now, days, len(found), negative))
    _tell(agency, days, len(found), negative, full, services.settings.backend == "local")


def _tell(agency: Agency, days: int, found: int, negative: int, full: int, local: bool) -> None:
    where = "putaran berikutnya (./kentongan run)" if local else "beberapa saat"
    print(f"{agency.name}: {number(found)} judul dari {days} hari, {number(negative)} jam dengan berita negatif.")
    if full:
        print(f"  {number(full)} hari mungkin punya lebih dari 100 judul; Google hanya memberi sebanyak itu.")
    print(f"  {paint('Dikirim.', 'green')} Garis dasarnya berlaku setelah {where}.")


def _interrupted(stop: Interrupted, agency: Agency, config: Config, known: Standing) -> int:
    when = f"sesudah {stamp(known.not_before, config.zone)}" if known.not_before else "sebentar lagi"
    done = f"{stop.done} dari {stop.days} hari sudah tersimpan" if stop.done else "yang sudah didapat tersimpan"
    if not known.not_before and unresolved(str(stop)):
        when = "sesudah komputer ini terhubung ke internet"
    complain(Trouble(f"{agency.name}: terhenti. {stop}; {done}", f"jalankan lagi perintah yang sama {when}"))
    return OUTSIDE_FAILED
