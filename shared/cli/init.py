"""`kentongan init`: a wizard that writes the first kentongan.yaml."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from shared.catalogue.offices import Names, find_office, load_offices, office_names, region_names
from shared.catalogue.regions import Region, find_regions, kind_of, region_part, similar_regions, split_name, zone_of
from shared.catalogue.regions import regions as all_regions
from shared.cli.configfile import USUAL_FILE, write_text
from shared.cli.terminal import BAD_USAGE, OK, Trouble, paint
from shared.config.draft import Subject, draft, quoted
from shared.config.rules import ABBREVIATION, REGION_CODE
from shared.model import USUAL_ZONE

HELP = "buat kentongan.yaml untuk instansi Anda: sebutan, unit (OPD), sumber berita, dan penerima pemberitahuan"
TRIAL: Final = 'agencies: [{id: "33.99", name: Kabupaten Sagara}]\n'  # a whole configuration, but for the line that is judged
QUOTES: Final = ' "\u201c\u201d\u201e\u2018\u2019'  # come along from Word or a chat, and are no part of a name
FORMS = '"Kabupaten X", "Kota X", "Provinsi X", "Kementerian X", atau singkatan seperti "BGN"'


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the flags; each answers one question of the wizard."""
    parser.epilog = 'Contoh untuk skrip: ./kentongan init --yes --name "Kabupaten Sagara" --code 33.99'
    parser.add_argument("--name", metavar="NAMA", help=f"nama instansi: {FORMS}")
    parser.add_argument("--code", metavar="KODE", help="kode wilayah Kemendagri (33.99) atau singkatan resmi (KEMENKES)")
    parser.add_argument("--province", metavar="KODE", help="kode provinsi untuk sumber daerah (bawaan: dua angka pertama kode)")
    parser.add_argument("--webhook", metavar="URL", help="kirim pemberitahuan juga ke alamat ini")
    parser.add_argument("--contact", metavar="EMAIL", help="alamat email humas, dicantumkan saat mengambil berita")
    parser.add_argument("--out", metavar="FILE", default=USUAL_FILE, help="file yang ditulis (bawaan: %(default)s)")
    parser.add_argument("--force", action="store_true", help="timpa file yang sudah ada")
    parser.add_argument("-y", "--yes", action="store_true", help="jangan bertanya; pakai pilihan di atas dan nilai bawaan")


def run(args: argparse.Namespace) -> int:
    """Ask what is not said yet, write the file, say what to do next."""
    file = Path(args.out)
    if file.exists() and not args.force:
        raise Trouble(f"{file} sudah ada", "pakai --force untuk menimpanya, atau --out FILE untuk nama lain")
    if not args.yes and not sys.stdin.isatty():
        raise Trouble("tanya jawab memerlukan terminal", "untuk skrip pakai --yes dan --name", BAD_USAGE)
    subject = settle(args)
    text = draft(subject)
    _verify(text, file)
    write_text(args.out, text)
    _report(subject, file)
    return OK


def settle(args: argparse.Namespace) -> Subject:
    """What is to be watched, from the flags and the answers."""
    for key, judge in (("webhook", _fit_webhook), ("contact", _fit_contact)):  # before anybody has typed anything
        if (given := getattr(args, key)) and (reason := judge(given)):
            raise Trouble(f"--{key}: {reason}")
    name = (args.name or _ask(args, "Nama instansi", FORMS)).strip(QUOTES)
    name = name.title() if name.islower() else name
    if args.province and not re.fullmatch(r"\d\d", args.province):
        raise Trouble(f"{args.province!r} bukan kode provinsi", "pakai dua angka, misalnya 33 untuk Jawa Tengah", BAD_USAGE)
    office = find_office(name, load_offices()) if split_name(name)[0] is None else None
    if office:
        return _national(args, args.code or office.id, office.name, office.names)
    name = region_part(name)
    kind, bare = split_name(name)
    regions = find_regions(name)
    if kind is None and not regions and not REGION_CODE.fullmatch(args.code or ""):
        code = _abbreviation(args, bare)
        if not code:
            return _again(args)
        return _national(args, code, bare, office_names(bare, code))
    region = _choose(args, regions) if regions else _unlisted(args, name)
    return _regional(args, region) if region else _again(args)


def _again(args: argparse.Namespace) -> Subject:
    """Ask for the name once more."""
    args.name = None
    return settle(args)


def _ask(
    args: argparse.Namespace,
    question: str,
    hint: str,
    flag: str = "--name",
    default: str | None = None,
    judge: Callable[[str], str] = lambda _: "",
) -> str:
    """One answer from the terminal; with --yes the default, or Trouble that names the flag.

    `judge` says why an answer cannot be used (empty: it can), and the question is asked again.
    """
    if args.yes:
        if default is None:
            raise Trouble(f"{question.lower()} belum diisi", f"tambahkan {flag} ({hint})", BAD_USAGE)
        return default
    while True:
        print(f"\n{paint(question, 'bold')} {paint(f'({hint})', 'dim')}")
        try:
            answer = input("> ").strip()
        except EOFError as error:
            raise Trouble("tanya jawab terhenti", "jalankan lagi: ./kentongan init") from error
        except UnicodeDecodeError:
            print(paint("ada huruf yang tidak terbaca; ketik ulang", "yellow"))
            continue
        if not answer and default is not None:
            return default
        reason = judge(answer) if answer else "perlu diisi; Ctrl-C untuk berhenti"
        if not reason:
            return answer
        print(paint(reason, "yellow"))


def _abbreviation(args: argparse.Namespace, bare: str) -> str:
    """The official abbreviation of an institution that the list does not have; empty: the name is asked for again."""
    hint = "2 sampai 16 huruf dan angka tanpa spasi, misalnya KEMENKES"

    def judge(answer: str) -> str:
        return "" if ABBREVIATION.fullmatch(answer.upper()) else f"{answer!r} bukan singkatan: {hint}"

    back = None if args.yes else ""
    shown = _meant(bare) + (hint if args.yes else f"{hint}; untuk pemda, Enter: tulis ulang sebagai Kabupaten X atau Kota X")
    return str(args.code or _ask(args, f"Singkatan resmi {bare}", shown, "--code", back, judge)).upper()


def _meant(name: str) -> str:
    """The regions that may have been meant, to stand before a hint; empty where none is like this name."""
    near = ", ".join(f"{region.name} ({region.code})" for region in similar_regions(name))
    return f"mungkin maksudnya {near}; " if near else ""


def _choose(args: argparse.Namespace, regions: list[Region]) -> Region:
    """One of the regions of that name: by code, or by asking."""
    by_code = [region for region in regions if region.code == args.code]
    other = [] if by_code else [region.name for region in all_regions() if region.code == args.code]
    if other:
        raise Trouble(f"kode {args.code} milik {other[0]}, bukan {regions[0].name}", f"pakai --code {regions[0].code}", BAD_USAGE)
    if len(regions) == 1 or by_code:
        return (by_code or regions)[0]._replace(code=args.code or regions[0].code)
    listed = ", ".join(f"{region.code} {region.name}" for region in regions)
    if args.yes:
        raise Trouble(f"ada beberapa wilayah bernama {regions[0].bare}", f"tambahkan --code: {listed}", BAD_USAGE)
    chosen = {word.casefold(): region for region in regions for word in (region.name, region.code)}

    def judge(answer: str) -> str:
        return "" if answer.casefold() in chosen else f"{answer!r} bukan salah satunya; tulis kodenya, misalnya {regions[0].code}"

    return chosen[_ask(args, "Wilayah yang mana? Tulis kodenya", listed, "--code", judge=judge).casefold()]


def _unlisted(args: argparse.Namespace, name: str) -> Region | None:
    """A region that the list does not have (yet), by its code, or the one that was meant; None: the name is asked for again."""
    kind, bare = split_name(name)
    hint = 'kode Kemendagri, misalnya "33.99"; ada di Kepmendagri tentang kode wilayah'
    meant = _meant(name) + hint

    def judge(answer: str) -> str:
        return "" if REGION_CODE.fullmatch(answer) else f"{answer!r} bukan kode wilayah: dua angka, titik, dua angka"

    back = None if args.yes else ""
    shown = meant if args.yes else f"{meant}; Enter: tulis ulang namanya"
    code = args.code or _ask(args, f"Kode wilayah {bare}", shown, "--code", back, judge)
    if not code:
        return None
    if not REGION_CODE.fullmatch(code):
        raise Trouble(f"{code!r} bukan kode wilayah", hint, BAD_USAGE)
    known = next((region for region in all_regions() if region.code == code), None)
    if known and args.code:
        raise Trouble(f"kode {code} milik {known.name}, bukan {name}", f'pakai --name "{known.name}"', BAD_USAGE)
    return known or Region(code, kind or kind_of(code), bare)


def _regional(args: argparse.Namespace, region: Region) -> Subject:
    return Subject(
        id=region.code,
        name=region.name,
        kind=region.kind,
        place=region.bare,
        province=args.province or region.province,
        zone=zone_of(region.code),
        names=region_names(region),
        webhook=_webhook(args),
        contact=_contact(args),
    )


def _national(args: argparse.Namespace, id: str, name: str, names: Names) -> Subject:
    if not ABBREVIATION.fullmatch(id):
        raise Trouble(f"{id!r} bukan singkatan resmi", "pakai 2 sampai 16 huruf besar atau angka, misalnya KEMENKES", BAD_USAGE)
    return Subject(
        id=id,
        name=name,
        kind=None,
        place="",
        province=args.province or "",
        zone=USUAL_ZONE,
        names=names,
        webhook=_webhook(args),
        contact=_contact(args),
    )


def _webhook(args: argparse.Namespace) -> str:
    hint = "https://..., atau Enter: cukup tampil di layar dahulu"
    return args.webhook or _ask(args, "Alamat webhook untuk pemberitahuan", hint, "--webhook", "", _fit_webhook)


def _contact(args: argparse.Namespace) -> str:
    hint = "dicantumkan saat mengambil berita; boleh dilewati dengan Enter"
    return args.contact or _ask(args, "Email humas", hint, "--contact", "", _fit_contact)


def _fit_webhook(value: str) -> str:
    return _fit(f"receivers: [{{id: w, kind: webhook, url: {quoted(value)}}}]")


def _fit_contact(value: str) -> str:
    return _fit(f"contact: {quoted(value)}")


def _fit(line: str) -> str:
    """Why a line cannot stand in kentongan.yaml, by the rules of the file itself; empty where it can."""
    from shared.config.reading import ConfigError, read_config

    try:
        read_config(TRIAL + line)
    except ConfigError as error:
        return f"{error.problems[0].what}; {error.problems[0].remedy}"
    return ""


def _verify(text: str, file: Path) -> None:
    """What was answered may not fit (an address, a province): say so before anything is written."""
    from shared.config.reading import ConfigError, read_config, render

    try:
        read_config(text)
    except ConfigError as error:
        shown = re.sub(r"^", "  ", render(error.problems, str(file)), flags=re.MULTILINE)
        raise Trouble(f"jawaban ini belum dapat dipakai, {file} tidak ditulis:\n{shown}") from error


def _report(subject: Subject, file: Path) -> None:
    names = subject.names
    print(f"\n{paint('Ditulis:', 'green')} {file} untuk {paint(subject.name, 'bold')} ({subject.id})")
    print(f"  dicari sebagai: {', '.join((*names.short_names, *names.aliases)[:6])}, ...")
    for caution in names.cautions:
        print(f"  {paint('perhatian:', 'yellow')} {caution}")
    if subject.webhook:
        print("  simpan kunci webhook sebagai SECRET_WEBHOOK=whsec_... di kentongan.env (docs/local.md)")
    print("\nBerikutnya:")
    print(f"  1. Baca dan lengkapi {file}: unit (OPD), media setempat, frasa yang dikecualikan.")
    usual = str(file) == USUAL_FILE
    config = "" if usual else f" --config {file}"
    print(f"  2. ./kentongan config check{'' if usual else f' {file}'}")
    print(f"  3. ./kentongan run{config} --once     satu putaran percobaan")
    print(f"  4. ./kentongan backfill{config}       ajari angka biasanya dari berita sebulan terakhir, sekali saja")
    print(f"  5. ./kentongan run{config}            pantau terus; dasbor di http://127.0.0.1:8080")
