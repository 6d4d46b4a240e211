"""`kentongan config check|push|show|changes`: the configuration in a file, the one that holds, and officers' changes of it."""

from __future__ import annotations

import argparse
import re
import time
from datetime import datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from shared.cli.configfile import USUAL_FILE, load, logo, read_text
from shared.cli.terminal import BAD_INPUT, OK, Trouble, paint, print_json
from shared.config.schema import Config, ReceiverConfig, SourceConfig
from shared.indonesian import local, stamp
from shared.model import Seconds
from shared.ports import Conflict

if TYPE_CHECKING:
    from shared.config.active import Active
    from shared.settings import Settings

HELP = "periksa (check), berlakukan (push), atau tampilkan (show, changes) konfigurasi"

EPILOG = """\
contoh:
  ./kentongan config check                  periksa kentongan.yaml, semua kesalahan sekaligus
  ./kentongan config check --language en    the same in English
  ./kentongan config push                   berlakukan pada putaran berikutnya, tanpa menyalakan ulang
  ./kentongan config show                   yang sedang berlaku, versi berapa, dan sejak kapan
  ./kentongan config changes                perubahan kecil oleh petugas lewat ponsel
  ./kentongan config changes --yaml         yang berlaku, sebagai YAML untuk dipindahkan ke file
"""
NO_RECEIVERS: Final = (
    "belum ada penerima, peringatan hanya tampak di dasbor; cara menambah: docs/receivers.md",
    "there are no receivers, alerts show on the dashboard only; how to add one: docs/receivers.md",
)
UNTENDED: Final = (
    "bila sebuah penerima rusak, tidak ada yang dikabari; tambahkan health: true pada dua penerima, selain layar",
    "where a receiver breaks nobody is told; add health: true to two receivers, besides the screen",
)
TENDED_BY_ONE: Final = (
    "bila penerima {id} sendiri rusak, tidak ada yang dikabari; tambahkan health: true pada satu penerima lagi, selain layar",
    "where receiver {id} itself breaks nobody is told; add health: true to one more receiver, besides the screen",
)
UNSET: Final = (
    "{variable} untuk {id} belum ada di komputer ini; simpan di kentongan.env (docs/local.md), di cloud: Terraform",
    "{variable} for {id} is not on this computer; keep it in kentongan.env (docs/local.md), in the cloud: Terraform",
)
BROKEN: Final = (
    "isi {variable} bukan yang diperlukan {id} ({kind}), jadi tidak ada yang sampai; salin lagi seluruhnya ke kentongan.env",
    "the value of {variable} is not what {id} ({kind}) needs, so nothing will arrive; copy all of it to kentongan.env again",
)
WEAK: Final = (
    "LINK_KEY lebih pendek dari {least} huruf: yang menebaknya membuka meja kerja; ganti dengan isi `openssl rand -hex 32`",
    "LINK_KEY is shorter than {least} characters: whoever guesses it opens the desk; replace it by `openssl rand -hex 32`",
)
LOOPBACK: Final = (
    "alamat {id} ada di komputer ini sendiri, yang hanya dibuka dengan ALLOW_LOOPBACK=1 (untuk percobaan)",
    "the address of {id} is on this very computer, opened only with ALLOW_LOOPBACK=1 (for trials)",
)
WEST: Final = (
    "zone {zone}, padahal {name} lebih ke barat: laporan hariannya terlambat sehari; tulis zone: {west}",
    "zone is {zone}, yet {name} is further west: its daily report comes a day late; write zone: {west}",
)


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the three actions."""
    parser.epilog = EPILOG
    actions = parser.add_subparsers(dest="action", required=True, metavar="TINDAKAN", title="Tindakan")
    check = actions.add_parser("check", help="periksa file: semua kesalahan sekaligus, dengan baris dan perbaikannya")
    check.add_argument("--language", choices=("id", "en"), default="id", help="bahasa pesan (bawaan: %(default)s)")
    push = actions.add_parser("push", help="periksa, lalu berlakukan mulai putaran berikutnya; tidak perlu deploy ulang")
    for action in (check, push):
        action.add_argument("file", nargs="?", default=USUAL_FILE, metavar="FILE", help="(bawaan: %(default)s)")
    show = actions.add_parser("show", help="tampilkan konfigurasi yang sedang berlaku dan sejak kapan")
    changes = actions.add_parser("changes", help="perubahan lewat ponsel: nama, pengecualian, kata kunci, piket")
    changes.add_argument("--yaml", action="store_true", help="yang berlaku, sebagai YAML untuk dipindahkan ke file")
    for action in (check, push, show, changes):
        action.add_argument("--json", action="store_true", help="hasil sebagai satu baris JSON")


def run(args: argparse.Namespace) -> int:
    """Do the chosen action."""
    if args.action == "check":
        return _check(args.file, args.language, args.json)
    if args.action == "changes":
        return _changes(args.yaml, args.json)
    return _push(args.file, args.json) if args.action == "push" else _show(args.json)


def _check(path: str, language: str, as_json: bool) -> int:
    from shared.config.reading import ConfigError, read_config, render

    try:
        config = read_config(read_text(path), "en" if language == "en" else "id")
    except ConfigError as error:
        if as_json:
            rows = [
                {key: getattr(problem, key) for key in ("line", "column", "path", "what", "remedy")} for problem in error.problems
            ]
            print_json({"file": path, "ok": False, "problems": rows})
        else:
            print("\n".join(map(_emphasised, render(error.problems, path).splitlines())))
            count = len(error.problems)
            sentence = f"{count} kesalahan" if language == "id" else f"{count} mistake{'s' if count > 1 else ''}"
            print(f"\n{paint(sentence, 'red')}")
        return BAD_INPUT
    logo(config, path)
    remarks = _remarks(config, 0 if language == "id" else 1, int(time.time()))
    if as_json:
        print_json({"file": path, "ok": True, "problems": [], "remarks": remarks})
        return OK
    print(f"{paint('Benar:' if language == 'id' else 'Valid:', 'green')} {path}: {_summary(config)}")
    for remark in remarks:
        print(f"{paint('perhatian:' if language == 'id' else 'note:', 'yellow')} {remark}")
    return OK


def _remarks(config: Config, language: int, now: Seconds) -> list[str]:
    """What is no mistake in the file, and still keeps alarms or reports from arriving; `language` 0 is Indonesian, 1 English."""
    from shared.http.addresses import is_loopback
    from shared.settings import read_settings

    settings = read_settings()
    found = _untended(config, language) if config.receivers else [NO_RECEIVERS[language]]
    named: list[ReceiverConfig | SourceConfig] = [*config.receivers, *config.sources]
    if not settings.allow_loopback:
        here = (one.id for one in named if is_loopback(urlsplit(one.url).hostname or ""))
        found += [LOOPBACK[language].format(id=id) for id in here]
    if settings.backend == "local":  # the secrets of the cloud are not here
        found += _secrets(config, settings, language)
    west = min(config.agencies, key=lambda one: _clock(one.zone or config.zone, now))
    if west.zone and _clock(west.zone, now) < _clock(config.zone, now):
        found.append(WEST[language].format(zone=config.zone, name=west.name, west=west.zone))
    return found


def _secrets(config: Config, settings: Settings, language: int) -> list[str]:
    """What is wrong with the secrets on this computer: those that lack, those that cannot be right, and a key to be guessed."""
    from shared.config.secrets import unset
    from shared.receivers import unfit
    from shared.settings import SHORTEST_KEY

    lacking = unset([*config.receivers, *config.sources], settings.secrets)
    found = [UNSET[language].format(id=id, variable=variable) for id, variable in lacking]
    for one in unfit(config.receivers, settings.secrets):
        found.append(BROKEN[language].format(id=one.id, kind=one.kind, variable=f"SECRET_{one.secret}"))
    if any(len(key) < SHORTEST_KEY for key in settings.link_key.split()):
        found.append(WEAK[language].format(least=SHORTEST_KEY))
    return found


def _clock(zone: str, now: Seconds) -> datetime:
    """What clocks in a zone show: the earlier, the further west."""
    return local(now, zone).replace(tzinfo=None)


def _untended(config: Config, language: int) -> list[str]:
    """That nobody hears of a receiver that cannot be told: it takes two, for one of them may be it. A screen always can be."""
    people = [one for one in config.receivers if one.kind != "console"]
    told = [one.id for one in people if one.health]
    if not people or len(told) > 1:
        return []
    return [TENDED_BY_ONE[language].format(id=told[0]) if told else UNTENDED[language]]


def _emphasised(line: str) -> str:
    """A line of render: the sentence bold, the remedy green, the user's own line as it is."""
    if line.lstrip().startswith("->"):
        return paint(line, "green")
    return line if re.match(r" +\d+ \|", line) else paint(line, "bold")


def _summary(config: Config) -> str:
    units = sum(len(agency.units) for agency in config.agencies)
    return f"{len(config.agencies)} instansi, {units} unit, {len(config.sources)} sumber, {len(config.receivers)} penerima"


def _push(path: str, as_json: bool) -> int:
    from shared.cli.changes import after_push
    from shared.config.active import activate, load_active
    from shared.config.changes import holding
    from shared.config.logo import keep_logo
    from shared.settings import read_settings
    from shared.wiring import connect

    config = load(path)
    store = connect(read_settings()).store  # made on purpose where it is not there: this is how a folder begins
    picture, before = logo(config, path), load_active(store)
    keep_logo(store, picture)
    try:
        active = activate(store, config, int(time.time()))
    except Conflict as error:
        raise Trouble(
            "orang lain baru saja memberlakukan konfigurasi lain", "lihat dengan: ./kentongan config show, lalu ulangi"
        ) from error
    changed = before is None or before.version != active.version
    since = stamp(active.since, active.config.zone)
    kept = [one.id for one in holding(active.changes)]
    if as_json:
        print_json({"version": active.version, "since": active.since, "changed": changed, "changes": kept})
        return OK
    if changed:
        print(f"{paint('Berlaku:', 'green')} versi {active.version} sejak {since}; {_summary(config)}")
        print("Dipakai mulai putaran berikutnya.")
    else:
        print(f"Tidak ada yang berubah: versi {active.version} berlaku sejak {since}.")
    for line in after_push(before, active):
        print(line)
    return OK


def _changes(as_yaml: bool, as_json: bool) -> int:
    import msgspec

    from shared.cli.changes import as_yaml as yaml_of
    from shared.cli.changes import listed

    active = _active()
    if as_json:
        for change in active.changes:
            print_json(msgspec.to_builtins(change))
    else:
        print(yaml_of(active) if as_yaml else listed(active), end="" if as_yaml else "\n")
    return OK


def _show(as_json: bool) -> int:
    import msgspec

    active = _active()
    if as_json:
        print_json({"version": active.version, "since": active.since, "config": msgspec.to_builtins(active.config)})
        return OK
    from shared.config.writing import to_yaml

    print(f"# versi {active.version}, berlaku sejak {stamp(active.since, active.config.zone)}; {_summary(active.config)}")
    print(to_yaml(active.config), end="")
    return OK


def _active() -> Active:
    from shared.cli.ready import existing
    from shared.config.active import load_active
    from shared.wiring import connect

    active = load_active(connect(existing()).store)
    if active is None:
        raise Trouble("belum ada konfigurasi yang berlaku", "berlakukan dengan: ./kentongan config push")
    return active
