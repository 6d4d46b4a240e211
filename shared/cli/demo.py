"""`kentongan demo`: the whole pipeline, offline, on a fictional regency's week."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Final

import msgspec

from shared import report
from shared.cli.parser import a_port
from shared.cli.serve import serve
from shared.cli.terminal import OK, OUTSIDE_FAILED, print_json
from shared.demo.drive import Play, stage
from shared.demo.narrator import Narrator
from shared.demo.summary import summarise
from shared.links import invite
from shared.model import Seconds

OFFICER: Final = "Petugas Humas"  # as whom visitors work
NAP: Final = 1.0  # seconds between two looks at what they have done
OFTEN: Final[Seconds] = 60  # from tick to tick, then: nobody who tries it waits a quarter of an hour for the report
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
    """The story on a terminal, with the pages from its first minute until Ctrl-C."""
    address = f"http://127.0.0.1:{port}"
    with stage(folder, address) as play:
        settings = replace(play.services.settings, link_key=token_hex(32), desk_url=f"{address}/desk")
        server = serve(replace(play.services, settings=settings), port, lambda: play.now)
        try:
            with Narrator(address) as narrator:
                play.run(narrator.show)
                report.run(play.services, play.now)
                narrator.conclude(summarise(play), invite(settings, OFFICER, "", play.now, days=1))
                _take_in(play)
        except KeyboardInterrupt:
            print("\nPeragaan selesai.")
        finally:
            server.shutdown()
            server.server_close()
    return OK


def _take_in(play: Play) -> None:
    """What visitors do at the officers' desk, from the end of the story on at the clock's own pace."""
    ended, began, ticked = play.now, time.monotonic(), play.now
    while True:
        time.sleep(NAP)
        play.now = ended + int(time.monotonic() - began)
        play.deliver(play.now)
        if play.now - ticked >= OFTEN:
            play.pipeline.tick(play.now)
            ticked = play.now
