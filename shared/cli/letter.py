"""`kentongan letter`: the draft of a letter about an issue, as a text for a chat or as a DOCX."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from shared.cli.ready import existing
from shared.cli.terminal import OK, Trouble, paint, reason
from shared.config.active import load_active
from shared.config.letter import Letter as Letterhead
from shared.config.logo import logo_address
from shared.letters import LETTERS, Letter, letter
from shared.letters.forms import docx, text
from shared.letters.phases import PHASES
from shared.ports import Store
from shared.views import IssueView, unpack
from shared.wiring import connect

HELP = "konsep surat tentang sebuah isu: permintaan data, pernyataan awal, klarifikasi, hak jawab, pesan kunci"
MOST_MERGES: Final = 5  # steps from an issue to the one that took it over
EPILOG: Final = f"""\
surat:
{chr(10).join(f"  {kind:<20}{title}" for kind, title in LETTERS.items())}

contoh:
  ./kentongan letter permintaan-data a1f3c0de00000001               teks untuk chat
  ./kentongan letter hak-jawab a1f3c0de00000001 --docx surat.docx   untuk disunting
  ./kentongan letter klarifikasi a1f3c0de00000001 --phase pascakrisis

Nomor isu adalah bagian akhir alamat halamannya: /isu/<nomor>. Yang belum diketahui tertulis [dalam kurung siku]; isilah sendiri.
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.epilog = EPILOG
    parser.add_argument("kind", metavar="surat", choices=LETTERS, help="lihat daftar di bawah")
    parser.add_argument("issue", metavar="isu", help="nomor isu")
    parser.add_argument("--phase", choices=PHASES, default="", help="fase komunikasi krisis (bawaan: menurut status isu)")
    parser.add_argument("--agency", metavar="ID", default="", help="atas nama instansi ini (bawaan: yang pertama pada isu itu)")
    parser.add_argument(
        "--article", metavar="ID", default="", help="hak jawab: berita yang ditanggapi (bawaan: yang negatif pertama)"
    )
    parser.add_argument("--docx", metavar="FILE", help="tulis sebagai DOCX")


def run(args: argparse.Namespace) -> int:
    """Write it."""
    services, now = connect(existing()), int(time.time())
    view = _issue(services.store, args.issue)
    agency, name = _agency(view, args.agency)
    duty = next((one for one in view.duties if one.agency == agency), None)
    draft = letter(args.kind, view, duty, view.finding, name, now, args.phase, args.article)
    if args.docx:
        _write(args.docx, docx(draft, _letterhead(services.store)))
    else:
        sys.stdout.write(text(draft))
    _advise(draft)
    return OK


def _issue(store: Store, issue: str) -> IssueView:
    """The issue, or the one that took it over."""
    for _ in range(MOST_MERGES):
        view = unpack(store.read([f"issues/{issue}"])[0], IssueView) if issue.isalnum() else None
        if view is None or not view.merged_into:
            break
        issue = view.merged_into
    if view is None:
        raise Trouble(f"tidak ada isu {issue}", "nomor isu adalah bagian akhir alamat halamannya: /isu/<nomor>")
    return view


def _agency(view: IssueView, wanted: str) -> tuple[str, str]:
    names = dict(zip(view.card.agencies, view.agency_names, strict=False))
    if wanted and wanted not in names:
        raise Trouble(f"isu itu tidak tentang {wanted}", f"pilih salah satu: {', '.join(names)}")
    return (wanted, names[wanted]) if wanted else next(iter(names.items()), ("", ""))


def _letterhead(store: Store) -> Letterhead:
    active = load_active(store)
    head = active.config.report if active else Letterhead()
    return replace(head, logo=logo_address(store) if head.logo else "")


def _write(path: str, data: bytes) -> None:
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise Trouble(f"{path} tidak dapat ditulis: {reason(error)}") from error
    print(f"Ditulis: {path}")


def _advise(draft: Letter) -> None:
    """Phase, blanks and notes, apart from the letter itself."""
    said = [f"Fase: {PHASES[draft.phase]}. {draft.blanks} isian [dalam kurung siku] menunggu Anda."]
    said += ["".join(run.text for run in note) for note in draft.notes]
    sys.stderr.write("".join(f"{paint('->', 'green', sys.stderr)} {line}\n" for line in said))
