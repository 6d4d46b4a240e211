"""`kentongan dlq`: what could not be delivered or understood (*gagal kirim*), to be put back or dropped."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal, NamedTuple

from shared.cli.terminal import OK, Trouble, paint, print_json, table
from shared.config.active import load_active
from shared.delivery import failures
from shared.indonesian import stamp
from shared.local.bus import LocalBus
from shared.messages import Quarantined, decode, open_as
from shared.model import Seconds
from shared.ports import Permanent, Store
from shared.settings import Settings, read_settings
from shared.text import one_line
from shared.wiring import connect

HELP = "pemberitahuan dan pesan yang gagal: daftar (list), coba lagi (retry), buang (drop)"
USUAL_ZONE: Final = "Asia/Jakarta"
LONGEST_REASON: Final = 70
MESSAGE: Final = "pesan-"  # before the id of a message, so that it is not taken for a notice's

Kind = Literal["pemberitahuan", "pesan", "karantina"]


class Row(NamedTuple):
    """One thing that failed."""

    id: str
    kind: Kind
    at: Seconds  # 0 where nobody knows
    whom: str  # receiver, topic or stage
    reason: str


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=("list", "retry", "drop"), metavar="list|retry|drop", help="apa yang dilakukan")
    parser.add_argument("ids", nargs="*", metavar="ID", help="dari daftar")
    parser.add_argument("--all", action="store_true", help="semuanya, sebagai ganti ID")
    parser.add_argument("--json", action="store_true", help="list: satu baris JSON tiap kegagalan")


def run(args: argparse.Namespace) -> int:
    """List, put back or drop."""
    settings = read_settings()
    store = connect(settings).store
    with _bus(settings) as bus:
        rows = [*_notices(store), *_messages(bus)]
        if args.action == "list":
            return _print(rows, _zone(store), args.json)
        chosen = _chosen(args, rows)
        act = _retry if args.action == "retry" else _drop
        done = sum(act(one, store, bus) for one in chosen)
    print(f"{done} {'dicoba lagi pada putaran berikutnya' if args.action == 'retry' else 'dibuang'}.")
    return OK


@contextmanager
def _bus(settings: Settings) -> Iterator[LocalBus | None]:
    """The local bus, where there is one already; Pub/Sub keeps its dead letters in subscriptions of its own."""
    if settings.backend != "local" or not (Path(settings.data) / "bus.db").exists():
        yield None
        return
    bus = LocalBus(settings.data)
    try:
        yield bus
    finally:
        bus.close()


def _notices(store: Store) -> Iterator[Row]:
    for one in failures.failed(store):
        yield Row(one.name, "pemberitahuan", one.done_at, one.receiver, one.reason)


def _messages(bus: LocalBus | None) -> Iterator[Row]:
    if bus is None:
        return
    for letter in bus.dead_letters():
        yield Row(f"{MESSAGE}{letter.id}", "pesan", 0, letter.topic, f"gagal {letter.attempts} kali: {letter.error}")
    for id, data in bus.quarantined():
        kept = open_as(decode(data), Quarantined)
        yield Row(f"{MESSAGE}{id}", "karantina", kept.at, kept.stage, kept.reason)


def _chosen(args: argparse.Namespace, rows: Sequence[Row]) -> list[Row]:
    if args.all == bool(args.ids):
        raise Trouble("pilih yang mana", f"tulis ID dari daftar, atau --all: ./kentongan dlq {args.action} --all")
    known = {row.id: row for row in rows}
    if unknown := [id for id in args.ids if id not in known]:
        raise Trouble(f"tidak ada kegagalan bernama {unknown[0]!r}", "lihat daftarnya: ./kentongan dlq list")
    return list(rows) if args.all else [known[id] for id in dict.fromkeys(args.ids)]


def _retry(row: Row, store: Store, bus: LocalBus | None) -> bool:
    if row.kind == "pemberitahuan" or bus is None:
        return failures.retry(store, row.id, int(time.time()))
    id = int(row.id.removeprefix(MESSAGE))
    if row.kind == "pesan":
        return any(bus.put_back(id, letter.topic, letter.data) for letter in bus.dead_letters() if letter.id == id)
    return any(_retry_quarantined(bus, id, data) for kept, data in bus.quarantined() if kept == id)


def _retry_quarantined(bus: LocalBus, id: int, data: bytes) -> bool:
    """Put the original back to its topic; what has no envelope of ours belongs to no topic and stays."""
    original = open_as(decode(data), Quarantined).data
    try:
        topic = decode(original).topic
    except Permanent:
        print(paint(f"{MESSAGE}{id}: bukan pesan Kentongan, hanya bisa dibuang", "yellow"))
        return False
    return bus.put_back(id, topic, original)


def _drop(row: Row, store: Store, bus: LocalBus | None) -> bool:
    if row.kind == "pemberitahuan" or bus is None:
        return failures.drop(store, row.id)
    return bus.drop(int(row.id.removeprefix(MESSAGE)))


def _print(rows: Sequence[Row], zone: str, as_json: bool) -> int:
    if as_json:
        for row in rows:
            print_json(row._asdict() | {"at": row.at or None})
    elif not rows:
        print(paint("Tidak ada yang gagal.", "green"))
    else:
        shown = [[row.id, row.kind, stamp(row.at, zone), row.whom, one_line(row.reason, LONGEST_REASON)] for row in rows]
        print(table([["ID", "JENIS", "WAKTU", "UNTUK", "SEBAB"], *shown]))
        print(paint("\nCoba lagi: ./kentongan dlq retry ID   Buang: ./kentongan dlq drop ID   (--all: semuanya)", "dim"))
    return OK


def _zone(store: Store) -> str:
    active = load_active(store)
    return active.config.zone if active else USUAL_ZONE
