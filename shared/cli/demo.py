"""`kentongan demo`: the whole pipeline, offline, on a fictional regency's week."""

from __future__ import annotations

import argparse
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from shared.cli.parser import a_port
from shared.cli.terminal import OK, OUTSIDE_FAILED, print_json
from shared.demo.drive import Play, stage
from shared.demo.narrator import Narrator
from shared.demo.summary import summarise

HELP: Final = "peragaan tanpa internet: berita biasa, lalu sebuah krisis, sampai peringatan dan dasbornya"

_EPILOG: Final = """\
Semua isinya rekaan: Kabupaten Sagara, medianya, dan beritanya. Feed RSS dan penerima webhook berjalan di komputer ini, jadi
seluruh jalan berita diperagakan apa adanya: diambil, dinilai, dikelompokkan, diberi status, dikabarkan.
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = _EPILOG
    parser.add_argument("--headless", action="store_true", help="selesai sendiri dan cetak satu ringkasan JSON")
    parser.add_argument("--port", type=a_port, default=8080, help="dasbor di http://127.0.0.1:PORT (bawaan: %(default)s)")
    parser.add_argument("--data", metavar="FOLDER", help="simpan hasilnya di folder ini (bawaan: folder sementara)")


def run(args: argparse.Namespace) -> int:
    """Play the scenario; tell the story and keep the dashboard up, or print the summary and end."""
    with _folder(args.data) as folder:
        return _headless(folder) if args.headless else _shown(folder, args.port)


@contextmanager
def _folder(wanted: str | None) -> Iterator[str]:
    if wanted:
        yield wanted
        return
    with TemporaryDirectory(prefix="kentongan-") as folder:
        yield folder


def _headless(folder: str) -> int:
    with stage(folder) as play:
        play.run()
        summary = summarise(play)
    print_json(msgspec.to_builtins(summary))
    return OK if summary.alerts else OUTSIDE_FAILED


def _shown(folder: str, port: int) -> int:
    """The story on a terminal, with the dashboard from its first minute until Ctrl-C."""
    address = f"http://127.0.0.1:{port}"
    with stage(folder, address) as play, _dashboard(play, port), Narrator(address) as narrator:
        play.run(narrator.show)
        try:
            narrator.conclude(summarise(play))
            threading.Event().wait()
        except KeyboardInterrupt:
            print("\nPeragaan selesai.")
    return OK


@contextmanager
def _dashboard(play: Play, port: int) -> Iterator[None]:
    """The dashboard at the scenario's clock, in a thread of its own."""
    from werkzeug.serving import make_server

    from shared.cli.serve import listen
    from shared.dashboard import create_app

    listening = listen(port)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # its requests would run through the story
    with listening:
        app = create_app(play.services, lambda: play.now, cache_seconds=0)
        server = make_server("127.0.0.1", port, app, threaded=True, fd=listening.fileno())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
