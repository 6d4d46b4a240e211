"""`kentongan dlq`: what could not be delivered or understood (*gagal kirim*), to be put back or dropped."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Final, Literal, NamedTuple

from shared.cli.kept import MORE, crowded, kept
from shared.cli.ready import existing
from shared.cli.terminal import OK, Trouble, paint, print_json, table
from shared.config.active import zone_of
from shared.delivery import failures
from shared.delivery.failures import Stalled
from shared.indonesian import stamp
from shared.model import Seconds
from shared.notices import Notice
from shared.ports import Keep, Kept, Store
from shared.text import one_line
from shared.wiring import connect

HELP = "pemberitahuan dan pesan yang gagal: daftar (list), coba lagi (retry), buang (drop)"
LONGEST_REASON: Final = 70

Kind = Literal["pemberitahuan", "pesan", "karantina"]
KINDS: Final[dict[str, Kind]] = {"dead": "pesan", "quarantined": "karantina"}


class Row(NamedTuple):
    """One thing that failed."""

    id: str
    kind: Kind
    at: Seconds  # 0 where nobody knows
    whom: str  # receiver, topic or stage
    reason: str
    message: Kept | None = None  # None: a notice, in the store


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=("list", "retry", "drop"), metavar="list|retry|drop", help="apa yang dilakukan")
    parser.add_argument("ids", nargs="*", default=[], metavar="ID", help="dari daftar")
    parser.add_argument("--all", action="store_true", help="semuanya, sebagai ganti ID")
    parser.add_argument("--json", action="store_true", help="list: satu baris JSON tiap kegagalan")


def run(args: argparse.Namespace) -> int:
    """List, put back or drop."""
    services = connect(existing())
    store = services.store
    with closing(services.keep()) as keep:
        unsent = failures.unsent(store)
        rows = [*_notices(unsent), *_messages(keep)]
        if args.action == "list":
            return _print(rows, [] if args.json else failures.stalled(unsent), zone_of(store), args.json)
        chosen = _chosen(args, rows)
        done = _retry(chosen, store, keep) if args.action == "retry" else _drop(chosen, store, keep)
    print(f"{done} {'dicoba lagi pada putaran berikutnya' if args.action == 'retry' else 'dibuang'}.")
    if _crowded(rows):
        print(paint("Mungkin masih ada lagi: ulangi.", "yellow"))
    return OK


def _notices(unsent: Sequence[Notice]) -> Iterator[Row]:
    for one in unsent:
        if one.state == "failed":
            yield Row(one.name, "pemberitahuan", one.done_at, one.receiver, one.reason)


def _messages(keep: Keep) -> Iterator[Row]:
    for one in kept(keep):
        kind = KINDS[one.kind]
        yield Row(f"{kind}-{one.id}", kind, one.at, one.whom, one.reason, one)


def _crowded(rows: Sequence[Row]) -> bool:
    return crowded(row.message for row in rows if row.message)


def _chosen(args: argparse.Namespace, rows: Sequence[Row]) -> list[Row]:
    if args.all == bool(args.ids):
        raise Trouble("pilih yang mana", f"tulis ID dari daftar, atau --all: ./kentongan dlq {args.action} --all")
    known = {row.id: row for row in rows}
    if unknown := [id for id in args.ids if id not in known]:
        raise Trouble(f"tidak ada kegagalan bernama {unknown[0]!r}", "lihat daftarnya: ./kentongan dlq list")
    return list(rows) if args.all else [known[id] for id in dict.fromkeys(args.ids)]


def _retry(rows: Sequence[Row], store: Store, keep: Keep) -> int:
    """Put these back; a message that was made for no topic stays where it is."""
    now = int(time.time())
    for row in rows:
        if row.message and not row.message.topic:
            print(paint(f"{row.id}: bukan pesan Kentongan, hanya bisa dibuang", "yellow"))
    done = keep.put_back([row.message for row in rows if row.message and row.message.topic])
    return done + sum(failures.retry(store, row.id, now) for row in rows if row.message is None)


def _drop(rows: Sequence[Row], store: Store, keep: Keep) -> int:
    done = keep.drop([row.message for row in rows if row.message])
    return done + sum(failures.drop(store, row.id) for row in rows if row.message is None)


def _print(rows: Sequence[Row], stalled: Sequence[Stalled], zone: str, as_json: bool) -> int:
    if as_json:
        for row in rows:
            print_json({"id": row.id, "kind": row.kind, "at": row.at or None, "whom": row.whom, "reason": row.reason})
    elif not rows:
        print(paint("Tidak ada yang gagal.", "green"))
    else:
        shown = [[row.id, row.kind, stamp(row.at, zone), row.whom, one_line(row.reason, LONGEST_REASON)] for row in rows]
        print(table([["ID", "JENIS", "WAKTU", "UNTUK", "SEBAB"], *shown]))
        print(paint("\nCoba lagi: ./kentongan dlq retry ID   Buang: ./kentongan dlq drop ID   (--all: semuanya)", "dim"))
        if _crowded(rows):
            print(paint(MORE, "yellow"))
    for one in stalled:
        waiting = f"{one.number} pemberitahuan ke {one.receiver} belum diterima sejak {stamp(one.since, zone)}"
        print(paint(f"{waiting}, masih dicoba lagi: {one.reason}", "yellow"))
    return OK
