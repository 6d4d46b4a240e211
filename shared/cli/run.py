"""`kentongan run`: the same pipeline on this computer, on live feeds, every five minutes."""

from __future__ import annotations

import argparse
import time
from contextlib import ExitStack, closing, suppress
from dataclasses import replace

from shared import report
from shared.cli.configfile import USUAL_FILE, load, logo
from shared.cli.parser import a_port, seconds
from shared.cli.serve import serve
from shared.cli.terminal import OK, OUTSIDE_FAILED, Progress, Trouble, complain, paint, print_json
from shared.config.active import Active, activate
from shared.config.logo import keep_logo
from shared.doctor.delivery import unready
from shared.indonesian import hour_minute, local
from shared.local.alone import Taken, alone
from shared.local.bus import LocalBus
from shared.local.pipeline import Pipeline
from shared.local.port import remember
from shared.local.store import LocalStore
from shared.model import Round, Seconds
from shared.ports import Conflict, Retryable
from shared.report.period import STARTS_AT
from shared.settings import Settings, read_settings
from shared.wiring import Services

HELP = "jalankan pemantauan di komputer ini: ambil berita, nilai, kelompokkan, beri peringatan; dasbor di peramban"
EPILOG = """\
contoh:
  ./kentongan run --once              satu putaran percobaan; baris kuning adalah sumber yang gagal, yang lain tetap jalan
  ./kentongan run                     pantau terus; dasbor di http://127.0.0.1:8080, Ctrl-C untuk berhenti
  ./kentongan run --once --json       satu baris JSON untuk skrip

Data disimpan di folder data (atau KENTONGAN_DATA). Tiap sumber punya jeda sendiri (every_minutes di kentongan.yaml), jadi
putaran yang menyusul cepat mungkin tidak menanyai siapa pun. Kode keluar 3: putaran gagal, misalnya karena disk penuh.
"""
EVERY: Seconds = 300
MOST_NAMED = 3  # sources, where all have failed
FILED_AFTER = 20  # minutes past six: the last hour of the period is filed, the report is counted again
ALONE = "jalankan satu Kentongan saja pada satu folder data"
NAP = 2.0  # seconds between two looks at what people have answered


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    parser.add_argument("--config", default=USUAL_FILE, metavar="FILE", help="file konfigurasi (bawaan: %(default)s)")
    parser.add_argument("--once", action="store_true", help="satu putaran saja, lalu selesai dengan ringkasan")
    parser.add_argument("--every", type=seconds, default=EVERY, metavar="DETIK", help="jarak antarputaran (bawaan: %(default)s)")
    parser.add_argument(
        "--port", type=a_port, default=8080, help="dasbor di http://127.0.0.1:PORT (bawaan: %(default)s; 0: tanpa)"
    )
    parser.add_argument("--json", action="store_true", help="ringkasan tiap putaran sebagai JSON")


def run(args: argparse.Namespace) -> int:
    """Activate the configuration, then go round."""
    settings = _settings(args)
    config = load(args.config)
    picture = logo(config, args.config)
    for finding in unready(config.receivers, settings.secrets):  # now, and not on the day of the first alarm
        complain(Trouble(f"{finding.subject} {finding.what}", finding.remedy))
    with closing(LocalBus(settings.data)) as bus, closing(LocalStore(settings.data)) as store, ExitStack() as held:
        try:
            held.enter_context(alone(settings.data))
        except Taken as error:
            raise Trouble(f"Kentongan sudah berjalan pada folder {settings.data}", ALONE, OUTSIDE_FAILED) from error
        services = Services(settings, bus, store)
        active = activate(store, config, int(time.time()))
        keep_logo(store, picture)
        with Pipeline(services, bus) as pipeline:
            rounds = _Rounds(services, pipeline, active, args.json)
            if args.once:
                return rounds.go(int(time.time()))
            if args.port:
                serve(services, args.port, lambda: int(time.time()))
                remember(settings.data, args.port)
            if not args.json:
                where = paint(settings.base_url, "bold") if args.port else "tidak dijalankan"
                print(f"Memantau {len(config.sources)} sumber. Dasbor: {where}. Ctrl-C untuk berhenti.")
            rounds.keep_going(args.every)
    return OK


def _settings(args: argparse.Namespace) -> Settings:
    settings = read_settings()
    if settings.backend != "local":
        raise Trouble("`run` bekerja di komputer ini, bukan di cloud", "hapus BACKEND=gcp dari lingkungan")
    address = f"http://127.0.0.1:{args.port}" if args.port else ""
    return replace(settings, base_url=settings.base_url or address, desk_url=settings.desk_url or (address and address + "/desk"))


class _Rounds:
    """Rounds, each with a tick, so that pages tell of it at once, and the daily report when it is due."""

    def __init__(self, services: Services, pipeline: Pipeline, active: Active, as_json: bool) -> None:
        self._services, self._pipeline, self._zone, self._json = services, pipeline, active.config.zone, as_json
        self._sources = len(active.config.sources)
        self._failed = False  # whether the last round did: this computer's clock may be what is wrong
        self._reported = ""  # date of the last report, and whether the day's last hour was filed then

    def keep_going(self, every: Seconds) -> None:
        """Round after round, until somebody stops it; in between, take in what people answer."""
        while True:
            began = int(time.time())
            self.go(began)
            while time.time() < began + every:
                time.sleep(NAP)
                self._take_in()

    def _take_in(self) -> None:
        """What people have answered; where that fails, or the last round did, it waits for the next one, which says why."""
        with suppress(Retryable):
            if not self._failed:
                self._pipeline.deliver(int(time.time()))

    def go(self, now: Seconds) -> int:
        """One round; what fails for now is said and tried again in the next one.

        Where the round failed there is no tick, as it would write the time of a clock that may be wrong.
        """
        self._failed = True
        try:
            with Progress("putaran") as progress:
                progress.show("meminta sumber ...")
                summary = self._pipeline.collect(now)
                progress.show("menghitung ...")
                self._pipeline.tick(now)
                self._report(now)
            self._failed = False
        except Conflict:
            complain(Trouble("proses lain menulis pada saat yang sama", ALONE))
            return OUTSIDE_FAILED
        except Retryable as error:
            complain(Trouble(f"putaran gagal untuk sementara: {error}", "dicoba lagi pada putaran berikutnya"))
            return OUTSIDE_FAILED
        self._tell(summary, now)
        return OUTSIDE_FAILED if summary.checked and all(one.status == "error" for one in summary.checked) else OK

    def _report(self, now: Seconds) -> None:
        moment = local(now, self._zone)
        filed = (moment.hour, moment.minute) >= (STARTS_AT, FILED_AFTER)
        due = f"{moment.date().isoformat()} {filed}"
        if moment.hour >= STARTS_AT and self._reported != due:
            report.run(self._services, now)
            self._reported = due

    def _tell(self, summary: Round, now: Seconds) -> None:
        failed = [checked for checked in summary.checked if checked.status == "error"]
        fresh = sum(checked.fresh for checked in summary.checked)
        matched = sum(checked.matched for checked in summary.checked)
        asked = len(summary.checked)
        if self._json:
            told = {"at": now, "asked": asked, "failed": len(failed), "fresh": fresh, "matched": matched}
            print_json({**told, "waiting": summary.waiting})
            return
        if not asked:
            print(f"{local(now, self._zone):%H.%M}  belum ada sumber yang gilirannya tiba", flush=True)
            return
        trouble = paint(f", {len(failed)} gagal", "yellow") if failed else ""
        print(
            f"{hour_minute(now, self._zone)}  {asked} sumber ditanya, {fresh} berita baru, {matched} tentang Anda{trouble}",
            flush=True,
        )
        none = MOST_NAMED < len(failed) == asked and 2 * asked > self._sources  # what is wrong is no single address
        for checked in failed[: MOST_NAMED if none else None]:
            print(f"       {paint(checked.source, 'yellow')}: {checked.problem}", flush=True)
        if none:
            print(
                "       Semua gagal: periksa dahulu sambungan internet komputer ini; seluruhnya: ./kentongan sources", flush=True
            )
