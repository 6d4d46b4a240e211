"""`kentongan match TEKS`: whom a text is about, why, and which unit (OPD) it concerns."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from msgspec.structs import replace

from shared.cli.configfile import USUAL_FILE, agency_called, load
from shared.cli.terminal import BAD_USAGE, Style, Trouble, paint, print_json
from shared.config.schema import Agency
from shared.indonesian import percent
from shared.model import MentionKind
from shared.relevance.verdict import SHOWN, Relation
from shared.topics import for_routing

if TYPE_CHECKING:
    from shared.matching import Explained, Matcher

HELP: Final = "jelaskan sebuah teks tentang instansi mana, mengapa, dan urusan unit (OPD) mana"
STYLES: Final[dict[Relation, Style]] = {"about": "green", "mentions": "yellow", "not": "dim"}
MOST_UNITS: Final = 3
MOST_NAMES: Final = 5

_EPILOG: Final = """\
contoh:
  ./kentongan match "Siswa SMP di Sagara keracunan usai makan siang"
  ./kentongan match --agency 33.99 "Persisa Sagara menang 2-0"
  ./kentongan match --agency 33.99 --exclude "Persisa Sagara" "Persisa Sagara menang 2-0"

Tanpa kentongan.yaml dipakai daftar bawaan: semua provinsi, kabupaten, kota, dan kementerian.
"""


def add(parser: argparse.ArgumentParser) -> None:
    """The text, and for whom it is to be judged."""
    parser.epilog = _EPILOG
    parser.add_argument("text", metavar="TEKS", nargs="+", help="judul berita, sebaiknya di antara tanda kutip")
    parser.add_argument("--lead", metavar="TEKS", default="", help="paragraf pertama, bila ada")
    parser.add_argument(
        "--kind",
        choices=get_args(MentionKind),
        default="news",
        help="jenis teks (bawaan: %(default)s)",
    )
    parser.add_argument("--agency", metavar="KODE", help="kode atau nama satu instansi (bawaan: semua yang disebut)")
    parser.add_argument("--exclude", metavar="FRASA", action="append", default=[], help="coba dahulu sebuah frasa exclude")
    parser.add_argument("--config", metavar="FILE", default=USUAL_FILE, help="konfigurasi (bawaan: %(default)s)")
    parser.add_argument("--json", action="store_true", help="satu baris JSON tiap instansi, untuk program lain")


def run(args: argparse.Namespace) -> int:
    """Print what was decided for each agency, and why."""
    from shared.matching import Matcher
    from shared.tone import load as load_tone

    title = " ".join(args.text).strip()
    if not title:
        raise Trouble("teksnya kosong", './kentongan match "Pemkab Sagara perbaiki jalan"')
    agencies = chosen(watched(args.config), args.agency)
    if args.exclude:
        agencies = [replace(one, exclude=(*one.exclude, *args.exclude)) for one in agencies]
    matcher = Matcher(agencies)
    (topic,) = load_tone().topics([title], "news")
    found = matcher.explain(title, args.lead, matcher.match(title, args.lead), for_routing(topic, args.kind))
    if args.json:
        for one in found:
            print_json(_as_json(one))
    else:
        lines = [line for one in found for line in sentences(one, matcher, title)] or unnamed(agencies)
        sys.stdout.write("\n".join(lines) + "\n")
    return 0


def watched(path: str) -> list[Agency]:
    """The agencies of the configuration; where there is none, all of the catalogue."""
    if Path(path).exists() or path != USUAL_FILE:
        return list(load(path).agencies)
    from shared.config.draft import everybody

    return list(everybody())


def chosen(agencies: list[Agency], wanted: str | None) -> list[Agency]:
    """The one agency of this code or name; all where none is asked for. Trouble where there is no such one."""
    if wanted is None:
        return agencies
    found = agency_called(wanted, agencies)
    if found is None:
        known = ", ".join(one.id for one in agencies[:8]) + (", ..." if len(agencies) > 8 else "")
        raise Trouble(f"instansi {wanted!r} tidak ada", f"pakai kode atau nama dari konfigurasi, misalnya {known}", BAD_USAGE)
    return [found]


def sentences(one: Explained, matcher: Matcher, title: str) -> list[str]:
    """What an officer reads about one agency."""
    verdict = one.verdict
    share = f" (kemungkinan tentang instansi: {percent(min(verdict.likely, 0.99))})" if verdict.likely is not None else ""
    lines = [
        f"{paint(one.agency.name, 'bold')} ({one.agency.id}): {paint(SHOWN[verdict.relation].upper(), STYLES[verdict.relation])}",
        f"  sebab: {verdict.reason}{share}",
    ]
    names = {unit.id: unit.name for unit in one.agency.units}
    if verdict.relation == "about" and one.units:
        lines.append(f"  unit: {', lalu '.join(names[unit] for unit in one.units[:MOST_UNITS])}")
    if verdict.relation == "about" and one.acts:
        lines.append("  sentimen: judul menceritakan tindakan instansi ini; bila negatif, baginya dihitung positif")
    if verdict.relation == "about" and (phrase := matcher.proposal(title, one.agency.id)):
        lines.append(paint(f'  bukan tentang instansi ini? tambahkan ke exclude: "{phrase}"', "dim"))
    return lines


def unnamed(agencies: Sequence[Agency]) -> list[str]:
    """What is said where no agency is named."""
    if len(agencies) != 1:
        return ["Tidak ada instansi yang disebut; berita ini tidak akan disimpan."]
    (agency,) = agencies
    names = (*agency.short_names, agency.name, *agency.aliases)[:MOST_NAMES]
    searched = f"  dicari antara lain: {', '.join(names)}"
    hidden = [f"  dikecualikan: {', '.join(agency.exclude)}"] if agency.exclude else []
    return [f"{agency.name} ({agency.id}) tidak disebut; berita ini tidak akan disimpan.", searched, *hidden]


def _as_json(one: Explained) -> dict[str, object]:
    verdict = one.verdict
    judged = {"relation": verdict.relation, "reason": verdict.reason, "likely": verdict.likely, "features": verdict.features}
    return {"agency": one.agency.id, "name": one.agency.name, **judged, "units": one.units, "acts": one.acts}
