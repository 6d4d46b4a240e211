"""`kentongan doctor`: a check-up of the deployment on this computer, or with --cloud of the one on Google Cloud."""

from __future__ import annotations

import argparse
import time
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from shared.cli.configfile import USUAL_FILE, load
from shared.cli.ready import existing
from shared.cli.terminal import BAD_INPUT, OK, Style, Trouble, paint, print_json
from shared.doctor.finding import Finding, State, Where
from shared.messages import TOPICS, Quarantined
from shared.meter.limits import limits
from shared.model import Seconds
from shared.settings import Settings, read_settings

if TYPE_CHECKING:
    from shared.local.bus import LocalBus

HELP: Final = "periksa semuanya: konfigurasi, tiap tahap, sumber, penerima; dan apa yang perlu dilakukan"
EPILOG: Final = """\
contoh:
  ./kentongan doctor                                        di komputer ini
  GOOGLE_CLOUD_PROJECT=ID_PROYEK ./kentongan doctor --cloud di Google Cloud; masuk dahulu: gcloud auth application-default login

Hanya membaca. Beberapa puluh pembacaan Firestore setiap kali; pesan gagal dan jatah gratis menurut
Cloud Monitoring, terlambat beberapa menit. Kode keluar 1 bila ada yang rusak.
"""
JAKARTA: Final = "asia-southeast2"
REQUIREMENTS: Final = Path(__file__).parents[2] / "requirements.txt"
MARKS: Final[dict[State, tuple[str, Style]]] = {"ok": ("baik  ", "green"), "warn": ("perlu ", "yellow"), "bad": ("RUSAK ", "red")}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    parser.add_argument("--cloud", action="store_true", help="periksa yang di Google Cloud, bukan yang di komputer ini")
    parser.add_argument(
        "--config", default=USUAL_FILE, metavar="FILE", help="dibandingkan dengan yang berlaku (bawaan: %(default)s)"
    )
    parser.add_argument(
        "--region", default=JAKARTA, choices=sorted(limits().regions), help="menentukan jatah Cloud Run (bawaan: %(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="satu baris JSON tiap temuan")


def run(args: argparse.Namespace) -> int:
    """Look, tell, and say by the exit code whether anything is broken."""
    from shared.doctor import examine
    from shared.doctor.computer import computer
    from shared.doctor.waiting import waiting
    from shared.local.bus import LocalBus
    from shared.wiring import connect

    settings = _settings(args.cloud)
    where: Where = "cloud" if settings.backend == "gcp" else "local"
    planned = load(args.config) if Path(args.config).exists() else None
    now = int(time.time())
    services = connect(settings)
    secrets = settings.secrets if where == "local" else None  # those of the cloud lie in its Secret Manager
    found = [*computer(REQUIREMENTS), *examine(services.store, planned, where, now, secrets)]
    if isinstance(services.bus, LocalBus):
        found += waiting(partial(_kept, services.bus), where)
    elif not settings.emulated:
        found += _counted(settings, args.region, now)
    for finding in found:
        if args.json:
            print_json(finding._asdict())
        else:
            print("\n".join(_lines(finding)))
    if not args.json:
        print(_verdict(found))
    return BAD_INPUT if any(one.state == "bad" for one in found) else OK


def _kept(bus: LocalBus, place: str) -> int:
    return bus.waiting(place) if place == TOPICS[Quarantined] else len(bus.dead_letters())


def _counted(settings: Settings, region: str, now: Seconds) -> list[Finding]:
    from shared.doctor.quotas import quotas
    from shared.doctor.waiting import waiting
    from shared.gcp.monitoring import Monitoring

    with closing(Monitoring(settings.project)) as counters:
        left = waiting(lambda place: counters.undelivered(place, now), "cloud")
        return [*left, *quotas(counters.total, region, now)]


def _settings(cloud: bool) -> Settings:
    if not cloud:
        return existing()
    settings = read_settings()
    if not settings.project:
        raise Trouble("proyek Google Cloud belum disebut", "GOOGLE_CLOUD_PROJECT=ID_PROYEK ./kentongan doctor --cloud")
    return replace(settings, backend="gcp")


def _lines(finding: Finding) -> list[str]:
    word, style = MARKS[finding.state]
    lines = [f"{paint(word, style)}{finding.subject}: {finding.what}"]
    return lines + ([f"      {paint('->', 'green')} {finding.remedy}"] if finding.remedy else [])


def _verdict(found: list[Finding]) -> str:
    broken, warned = (sum(one.state == state for one in found) for state in ("bad", "warn"))
    if not broken and not warned:
        return paint("Semua baik.", "green")
    return f"{broken} rusak, {warned} perlu dilihat."
