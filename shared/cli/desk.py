"""`kentongan desk`: hands out a person's desk as a signed link, and tells what such a link permits."""

from __future__ import annotations

import argparse
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from msgspec.structs import asdict

from shared.cli.configfile import USUAL_FILE, load
from shared.cli.parser import a_port, whole
from shared.cli.terminal import OK, Trouble, complain, paint, print_json
from shared.http.addresses import is_loopback
from shared.indonesian import clock, date
from shared.links import INVITED, LONGEST_NAME, invite, named
from shared.local.port import remembered
from shared.model import USUAL_ZONE, Seconds
from shared.permits import ActLink, AnswerLink, DeskLink, FeedLink, Link, ReadLink, opened
from shared.settings import SHORTEST_KEY, Settings, read_settings

HELP = "meja kerja petugas: beri tautan (invite), periksa sebuah tautan (check)"
EPILOG: Final = """\
contoh:
  ./kentongan desk invite "Sari Wulandari"                 meja kerja untuk 30 hari, semua instansi
  ./kentongan desk invite "Sari Wulandari" --agency 33.99  satu instansi saja
  ./kentongan desk invite piket --receiver                 untuk penerima di kentongan.yaml, dengan instansinya
  ./kentongan desk check https://.../meja/AZ...            apa yang dibolehkan tautan ini, dan sampai kapan

Nama tercatat di jejak perubahan. Tautan tidak disimpan di mana pun; yang bocor dicabut dengan mengganti LINK_KEY,
dan semua tautan lain ikut gugur. Selengkapnya: docs/desk.md
"""
REMEDY_KEY: Final = (
    "di komputer ini: LINK_KEY=... di kentongan.env, isinya dari `openssl rand -hex 32`; "
    "di cloud: perintah utuhnya ada di `terraform output next_steps` dan docs/panduan.md, bagian 3"
)
REMEDY_SHORT: Final = "ganti dengan isi `openssl rand -hex 32`, lalu buat tautannya lagi"
PURPOSES: Final[dict[type[Link], tuple[str, str]]] = {  # as JSON and as people are told
    DeskLink: ("desk", "meja kerja: membetulkan, mendisposisi, menambah temuan, menyetujui laporan"),
    ActLink: ("act", "satu formulir meja kerja"),
    AnswerLink: ("answer", "menjawab satu peringatan"),
    ReadLink: ("read", "membaca satu isu"),
    FeedLink: ("feed", "berlangganan umpan"),
}


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the two actions."""
    parser.epilog = EPILOG
    actions = parser.add_subparsers(dest="action", required=True, metavar="TINDAKAN", title="Tindakan")
    invitation = actions.add_parser("invite", help="buat tautan meja kerja untuk satu orang")
    invitation.add_argument("name", metavar="NAMA", help="nama orang, seperti akan tercatat di jejak perubahan")
    invitation.add_argument("--agency", default="", metavar="ID", help="satu instansi saja (bawaan: semua)")
    invitation.add_argument(
        "--days", type=lambda text: whole(text, 1, INVITED), default=30, metavar="N", help=f"berlaku N hari, 1-{INVITED} (30)"
    )
    invitation.add_argument("--receiver", action="store_true", help="NAMA adalah id penerima di kentongan.yaml")
    invitation.add_argument("--port", type=a_port, metavar="N", help="tanpa BASE_URL: port dasbor di sini (yang dipakai run)")
    check = actions.add_parser("check", help="apa yang dibolehkan sebuah tautan, dan sampai kapan")
    check.add_argument("link", metavar="TAUTAN", help="alamat, atau tokennya saja")
    for action in (invitation, check):
        action.add_argument("--file", default=USUAL_FILE, metavar="FILE", help=f"konfigurasi ({USUAL_FILE})")
        action.add_argument("--json", action="store_true", help="satu baris JSON")


def run(args: argparse.Namespace) -> int:
    """Do the chosen action."""
    settings = read_settings()
    if not settings.link_key.split():
        raise Trouble("tautan belum dapat dibuat: LINK_KEY belum ada", REMEDY_KEY)
    return _invite(args, settings) if args.action == "invite" else _check(args, settings)


def _invite(args: argparse.Namespace, settings: Settings) -> int:
    name, now = " ".join(args.name.split()), int(time.time())
    if not named(name):
        raise Trouble(
            f"nama perlu 1 sampai {LONGEST_NAME} huruf yang terlihat", 'contoh: ./kentongan desk invite "Sari Wulandari"'
        )
    if any(len(key) < SHORTEST_KEY for key in settings.link_key.split()):
        complain(Trouble("LINK_KEY terlalu pendek: yang menebaknya membuat tautan seperti ini sendiri", REMEDY_SHORT))
    settings = _reached(settings, args.port)
    agency = _agency(args, name)
    address = invite(settings, name, agency, now, args.days)
    until = now + args.days * 86_400
    if args.json:
        print_json({"name": name, "agency": agency, "expires_at": until, "url": address})
        return OK
    here = is_loopback(urlsplit(address).hostname or "")
    print(f"Meja kerja {paint(name, 'bold')}, {f'instansi {agency}' if agency else 'semua instansi'}")
    print(f"Berlaku sampai {_when(until, args.file)}, {'hanya di komputer ini' if here else 'pada ' + settings.base_url}\n")
    print(f"{address}\n")
    print(paint("Berikan langsung kepada orangnya, jangan lewat grup: siapa pun yang memegang tautan ini bertindak", "yellow"))
    print(paint(f"atas nama {name}. Mencabutnya: ganti LINK_KEY, dan semua tautan lain ikut gugur.", "yellow"))
    return OK


def _reached(settings: Settings, port: int | None) -> Settings:
    """The settings with the addresses that `kentongan run` serves at, or did last, where there are no others."""
    if settings.backend == "local" and not settings.base_url:
        base = f"http://127.0.0.1:{port or remembered(settings.data) or 8080}"
        return replace(settings, base_url=base, desk_url=settings.desk_url or f"{base}/desk")
    if not settings.base_url:
        raise Trouble("alamat dasbor belum diketahui: BASE_URL belum ada", "isi BASE_URL dengan `terraform output dashboard_url`")
    if not settings.desk_url:
        remedy = "isi DESK_URL dengan `terraform output desk_url`; kosong berarti desk_enabled belum true (docs/deploy.md)"
        raise Trouble("alamat desk belum diketahui: tanpa DESK_URL formulir meja kerja tidak dapat dikirim", remedy)
    return settings


def _agency(args: argparse.Namespace, name: str) -> str:
    """The agency that the link is for, checked against the configuration where it is at hand."""
    if not args.receiver and not Path(args.file).exists():
        return str(args.agency)
    config = load(args.file)
    if args.agency and args.agency not in (known := [one.id for one in config.agencies]):
        raise Trouble(f"instansi {args.agency!r} tidak ada di {args.file}", f"pilih: {', '.join(known)}")
    if not args.receiver:
        return str(args.agency)
    receiver = next((one for one in config.receivers if one.id == name), None)
    if receiver is None:
        raise Trouble(
            f"penerima {name!r} tidak ada di {args.file}", f"pilih: {', '.join(one.id for one in config.receivers) or '-'}"
        )
    if args.agency and receiver.agencies and args.agency not in receiver.agencies:
        raise Trouble(f"penerima {name!r} tidak untuk instansi {args.agency}", f"pilih: {', '.join(receiver.agencies)}")
    if len(receiver.agencies) > 1 and not args.agency:
        raise Trouble(f"penerima {name!r} untuk beberapa instansi", f"pilih satu: --agency {receiver.agencies[0]}")
    return str(args.agency) or next(iter(receiver.agencies), "")


def _check(args: argparse.Namespace, settings: Settings) -> int:
    link = _opened(args.link, settings.link_key)
    if link is None:
        raise Trouble(
            "tautan ini tidak ditandatangani dengan LINK_KEY ini", "periksa apakah tersalin utuh, dan LINK_KEY mana yang dipakai"
        )
    now = int(time.time())
    (purpose, words), said = PURPOSES[type(link)], asdict(link)
    issue, do, answer, title = said.get("issue", ""), said.get("do", ""), said.get("kind"), getattr(link, "title", "")
    if args.json:
        print_json(
            {"purpose": purpose, "name": link.receiver, "agency": link.agency, "issue": issue, "do": do, "answer": answer}
            | {"target": said.get("target", ""), "expires_at": link.expires_at, "valid": now < link.expires_at}
        )
        return OK
    kind = f" ({do or answer})" if do or answer else ""
    print(f"Untuk    : {words}{kind}")
    print(f"Nama     : {paint(link.receiver, 'bold')}")
    print(f"Instansi : {link.agency or ('semua' if isinstance(link, DeskLink | FeedLink) else '-')}")
    print(f"Isu      : {issue or ('semua' if isinstance(link, DeskLink) else '-')}{f' ({title})' if title else ''}")
    state = "berlaku sampai" if now < link.expires_at else paint("sudah kedaluwarsa sejak", "red")
    print(f"Masa     : {state} {_when(link.expires_at, args.file)}")
    return OK


def _opened(text: str, key: str) -> Link | None:
    """The link of the token that stands anywhere in an address, also one that has expired."""
    words = re.split(r"[/?#]", text.strip())
    return next((link for word in words if word and (link := opened(key, word))), None)


def _when(at: Seconds, file: str) -> str:
    """A moment in the zone of the configuration in this file, where there is one."""
    zone = load(file).zone if Path(file).exists() else USUAL_ZONE
    return f"{date(at, zone)}, {clock(at, zone)}"
