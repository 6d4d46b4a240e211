"""`kentongan run`: the same pipeline on this computer, on live feeds, every five minutes."""

from __future__ import annotations

import argparse
import threading
import time
from dataclasses import replace

from shared.cli.configfile import USUAL_FILE, load
from shared.cli.terminal import OK, Progress, Trouble, paint, print_json
from shared.config.active import Active, activate
from shared.local.bus import LocalBus
from shared.local.pipeline import TICK, Pipeline
from shared.local.store import LocalStore
from shared.model import Round, Seconds
from shared.settings import Settings, read_settings
from shared.wiring import Services

HELP = "jalankan pemantauan di komputer ini: ambil berita, nilai, kelompokkan, beri peringatan; dasbor di peramban"
EVERY: Seconds = 300


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--config", default=USUAL_FILE, metavar="BERKAS", help="berkas konfigurasi (bawaan: %(default)s)")
    parser.add_argument("--once", action="store_true", help="satu putaran saja, lalu selesai dengan ringkasan")
    parser.add_argument("--every", type=int, default=EVERY, metavar="DETIK", help="jarak antarputaran (bawaan: %(default)s)")
    parser.add_argument("--port", type=int, default=8080, help="dasbor di http://127.0.0.1:PORT (bawaan: %(default)s; 0: tanpa)")
    parser.add_argument("--json", action="store_true", help="ringkasan tiap putaran sebagai JSON")


def run(args: argparse.Namespace) -> int:
    """Activate the configuration, then go round."""
    settings = read_settings()
    if settings.backend != "local":
        raise Trouble("`run` bekerja di komputer ini, bukan di cloud", "hapus BACKEND=gcp dari lingkungan")
    settings = replace(settings, base_url=settings.base_url or (f"http://127.0.0.1:{args.port}" if args.port else ""))
    services = Services(settings, bus := LocalBus(settings.data), LocalStore(settings.data))
    active = activate(services.store, load(args.config), int(time.time()))
    pipeline = Pipeline(services, bus)
    if args.port and not args.once:
        _serve(services, args.port)
        print(f"Dasbor: {paint(settings.base_url, 'bold')} (Ctrl-C untuk berhenti)")
    return _go(pipeline, services, active, args, settings)


def _go(pipeline: Pipeline, services: Services, active: Active, args: argparse.Namespace, settings: Settings) -> int:
    ticked: Seconds = 0
    while True:
        now = int(time.time())
        with Progress("putaran") as progress:
            progress.show("meminta sumber ...")
            summary = pipeline.collect(now)
        if args.once or now - ticked >= TICK:
            pipeline.tick(now)
            ticked = now
        _tell(summary, now, args.json)
        if args.once:
            return OK
        time.sleep(max(1.0, args.every - (time.time() - now)))


def _tell(summary: Round, now: Seconds, as_json: bool) -> None:
    failed = [checked for checked in summary.checked if checked.status == "error"]
    fresh = sum(checked.fresh for checked in summary.checked)
    if as_json:
        print_json({"at": now, "asked": len(summary.checked), "failed": len(failed), "fresh": fresh, "waiting": summary.waiting})
        return
    clock = time.strftime("%H.%M", time.localtime(now))
    print(f"{clock}  {len(summary.checked)} sumber ditanya, {fresh} berita baru" + (f", {len(failed)} gagal" if failed else ""))
    for checked in failed:
        print(f"       {paint(checked.source, 'yellow')}: {checked.problem}")


def _serve(services: Services, port: int) -> None:
    """The dashboard in a thread of its own."""
    from werkzeug.serving import make_server

    from shared.dashboard import create_app

    app = create_app(services, lambda: int(time.time()), cache_seconds=5)
    try:
        server = make_server("127.0.0.1", port, app, threaded=True)
    except SystemExit as error:
        raise Trouble(f"port {port} sudah dipakai", "pilih yang lain: --port 8081") from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
