"""`kentongan notify test|preview|setup`: try out how messages reach people, before the day they must."""

from __future__ import annotations

import argparse
import re
import time
from pathlib import Path

from shared.cli.configfile import USUAL_FILE, load
from shared.cli.terminal import BAD_INPUT, OK, OUTSIDE_FAILED, Trouble, paint, print_json, reason
from shared.config.schema import Config, ReceiverConfig

HELP = "coba (test), lihat (preview), dan siapkan (setup) pemberitahuan"
EPILOG = """\
contoh:
  ./kentongan notify setup telegram            cari chat bot Telegram Anda, tulis ke kentongan.yaml, kirim pesan percobaan
  ./kentongan notify test                      kirim pesan bertanda UJI COBA ke semua penerima
  ./kentongan notify test piket                ke satu penerima saja
  ./kentongan notify preview                   bentuk pesan di tiap layanan, di terminal
  ./kentongan notify preview --html pesan.html yang sama sebagai halaman web

Rahasia dibaca dari SECRET_... di lingkungan atau kentongan.env, tidak pernah dari kentongan.yaml. Langkah: docs/receivers.md
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the three actions."""
    parser.epilog = EPILOG
    actions = parser.add_subparsers(dest="action", required=True, metavar="TINDAKAN", title="Tindakan")
    test = actions.add_parser("test", help="kirim pesan bertanda UJI COBA lewat jalan yang sebenarnya")
    test.add_argument("receiver", nargs="?", metavar="PENERIMA", help="id penerima di kentongan.yaml (bawaan: semua)")
    test.add_argument("--json", action="store_true", help="satu baris JSON tiap penerima")
    preview = actions.add_parser("preview", help="tampilkan contoh pesan di tiap layanan; tidak mengirim apa pun")
    preview.add_argument("--receiver", metavar="KIND", help="satu layanan saja, misalnya telegram")
    preview.add_argument("--html", metavar="FILE", help="tulis sebagai halaman web")
    preview.add_argument("--language", choices=("id", "en"), default="id", help="bahasa pesan (bawaan: %(default)s)")
    setup = actions.add_parser("setup", help="siapkan penerima: telegram")
    setup.add_argument("service", choices=("telegram",), metavar="LAYANAN", help="telegram")
    setup.add_argument("--id", default="piket", metavar="ID", help="id penerima baru (bawaan: %(default)s)")
    setup.add_argument("--secret", default="TELEGRAM", metavar="NAMA", help="token di SECRET_NAMA (bawaan: %(default)s)")
    setup.add_argument("--chat", metavar="NOMOR", help="pilih chat ini bila bot berada di beberapa chat")
    setup.add_argument("--code", type=_code, metavar="KODE", help="kode yang sudah ditulis di chat (bawaan: kode baru)")
    setup.add_argument("--wait", type=int, default=120, metavar="DETIK", help="lama menunggu pesan pertama (bawaan: %(default)s)")
    setup.add_argument("--server", default="", metavar="URL", help="server Bot API milik sendiri (bawaan: api.telegram.org)")
    setup.add_argument(
        "--findings",
        action=argparse.BooleanOptionalAction,
        help="yang diteruskan ke bot dicatat sebagai temuan (--no-findings: matikan)",
    )
    setup.add_argument("--dry-run", action="store_true", help="jangan menulis ke kentongan.yaml")
    for action in (test, setup):
        action.add_argument("--config", default=USUAL_FILE, metavar="FILE", help="(bawaan: %(default)s)")


def _code(text: str) -> str:
    """A code that nobody guesses, and that a link of Telegram can carry."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{8,64}", text):
        raise argparse.ArgumentTypeError("8 sampai 64 huruf, angka, - atau _")
    return text


def run(args: argparse.Namespace) -> int:
    """Do the chosen action."""
    if args.action == "setup":
        from shared.cli.telegram import setup

        return setup(args)
    return _test(args) if args.action == "test" else _preview(args)


def _test(args: argparse.Namespace) -> int:
    config = load(args.config)
    chosen = [one for one in config.receivers if args.receiver in (None, one.id)]
    if not chosen:
        known = ", ".join(one.id for one in config.receivers) or "belum ada"
        what = f"penerima {args.receiver!r} tidak ada di {args.config}" if args.receiver else f"{args.config} tanpa penerima"
        raise Trouble(what, f"penerima yang ada: {known}; cara menambah: docs/receivers.md")
    results = [_try(one, config, args.json) for one in chosen]
    return OK if all(results) else OUTSIDE_FAILED


def _try(receiver: ReceiverConfig, config: Config, as_json: bool) -> bool:
    """Send one test and say how it went; whether it arrived."""
    from shared.http import client_for
    from shared.notices import Delivered, Later
    from shared.receivers import KINDS
    from shared.receivers.sample import trial
    from shared.settings import read_settings

    settings, now, agency = read_settings(), int(time.time()), config.agencies[0]
    notice = trial(now, agency.zone or config.zone, (agency.id, agency.name), receiver.id)
    kind = KINDS[receiver.kind]
    with client_for(config, settings) as client:
        outcome = kind.send(notice, receiver, settings, client, now)
    arrived = isinstance(outcome, Delivered)
    reason = "" if isinstance(outcome, Delivered) else outcome.reason
    if as_json:
        print_json({"receiver": receiver.id, "kind": receiver.kind, "delivered": arrived, "reason": reason})
    else:
        state = paint("sampai", "green") if arrived else paint("belum sampai", "red")
        again = "; akan dicoba lagi pada pesan sebenarnya" if isinstance(outcome, Later) else ""
        print(f"{receiver.id} ({kind.name}): {state}{f': {reason}{again}' if reason else ''}")
    return arrived


def _preview(args: argparse.Namespace) -> int:
    from shared.receivers import KINDS
    from shared.receivers.bubbles import bubbles, in_terminal
    from shared.receivers.gallery import page

    if args.receiver and args.receiver not in KINDS:
        raise Trouble(f"layanan {args.receiver!r} tidak dikenal", f"pilih: {', '.join(KINDS)}", BAD_INPUT)
    shown = {kind: bubbles(kind, args.language, int(time.time())) for kind in KINDS if args.receiver in (None, kind)}
    if not args.html:
        for kind, found in shown.items():
            print(f"{paint(f'== {KINDS[kind].name}', 'bold')} {paint(f'(batas: {KINDS[kind].limits})', 'dim')}\n")
            for name, bubble in found.items():
                print(f"{paint(name, 'dim')}\n{in_terminal(bubble)}\n")
        return OK
    try:
        Path(args.html).write_text(page(shown), encoding="utf-8")
    except OSError as error:
        raise Trouble(f"{args.html} tidak dapat ditulis: {reason(error)}") from error
    print(f"{paint('Ditulis:', 'green')} {args.html}; buka di peramban")
    return OK
