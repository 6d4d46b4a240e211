"""`kentongan dashboard`: the pages over what `run` or `demo --data` has stored, without collecting anything."""

from __future__ import annotations

import argparse
import threading
import time

from shared.cli.parser import a_port
from shared.cli.ready import existing
from shared.cli.serve import serve
from shared.cli.terminal import OK, paint
from shared.wiring import connect

HELP = "buka dasbor di komputer ini, tanpa mengambil berita"


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--port", type=a_port, default=8080, help="http://127.0.0.1:PORT (bawaan: %(default)s)")


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    services = connect(existing())
    serve(services, args.port, lambda: int(time.time()))
    print(f"Dasbor: {paint(f'http://127.0.0.1:{args.port}', 'bold')} (Ctrl-C untuk berhenti)", flush=True)
    threading.Event().wait()
    return OK
