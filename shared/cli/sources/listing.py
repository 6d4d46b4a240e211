"""`kentongan sources list`: what is polled and how each source did when it was last asked, or what the catalogue offers."""

from __future__ import annotations

import argparse
from collections import Counter

import msgspec

from shared.cli.configfile import USUAL_FILE, load
from shared.cli.ready import existing
from shared.cli.terminal import OK, Trouble, paint, print_json, table
from shared.config.schema import Config
from shared.indonesian import duration, stamp
from shared.views import SourceLine, SourcesView, unpack
from shared.wiring import connect

TIERS = {"national": "nasional", "regional": "regional", "local": "lokal"}
STATES = {None: "belum diperiksa", "ok": "baik", "unchanged": "baik", "error": "GAGAL"}
CONDITIONS = {"late": "terlambat", "dead": "MATI"}  # by its own rhythm
ELSEWHERE = (
    'cari menurut provinsi: ./kentongan sources list --catalogue "jawa tengah"; '
    "media setempat lewat alamat situsnya: ./kentongan sources add https://situs.media"
)
NAME = 30  # characters of a name or an address in a table: it fits into 80 columns


def run(args: argparse.Namespace) -> int:
    """Print the sources, or the catalogue."""
    if getattr(args, "catalogue", None) is not None:
        return _catalogue(args.catalogue, args.json)
    view = None if args.config else _view()
    lines, zone = (view.sources, view.zone) if view else _planned(load(args.config or USUAL_FILE))
    if args.json:
        for line in lines:
            print_json(msgspec.to_builtins(line))
        return OK
    counts = Counter(line.name for line in lines)  # an outlet may have several feeds
    lines = tuple(
        msgspec.structs.replace(line, name=f"{line.name} ({line.id})") if counts[line.name] > 1 else line for line in lines
    )
    rows = [["SUMBER", "TINGKAT", "KEADAAN", "BERITA TERAKHIR", "24 JAM"]]
    rows += [[_short(line.name), TIERS.get(line.tier, line.tier), *_state(line, zone)] for line in lines]
    print(table(rows))
    for line in lines:
        if line.problem or line.condition in CONDITIONS:
            print(_problem(line, zone))
    print(f"\n{view.coverage.sentence}" if view else "\nKeadaan sumber tampak setelah: ./kentongan run --once")
    return OK


def _state(line: SourceLine, zone: str) -> tuple[str, str, str]:
    return CONDITIONS.get(line.condition, STATES[line.status]), stamp(line.last_item_at, zone), str(line.items_day)


def _problem(line: SourceLine, zone: str) -> str:
    """Why a source brings nothing, or what is odd about one that works."""
    if line.status == "error":
        return f"{paint('GAGAL', 'red')} {line.name} sejak {stamp(line.failing_since, zone)}: {line.problem}"
    if line.condition in CONDITIONS:
        usual = f"jeda terlama biasanya {duration(line.longest)}"
        word = paint(CONDITIONS[line.condition], "red" if line.condition == "dead" else "yellow")
        return f"{word} {line.name}: tidak ada berita baru sejak {stamp(line.last_item_at, zone)}; {usual}"
    return f"{paint('catatan', 'yellow')} {line.name}: {line.problem}"


def _short(text: str) -> str:
    return text if len(text) <= NAME else text[: NAME - 1] + "…"


def _catalogue(words: list[str], as_json: bool) -> int:
    """What can be picked with `add`, all or what has these words."""
    from shared.cli.sources.catalogue import near, search

    found = search(words)
    if not found:
        close = ", ".join(near(" ".join(words)))
        raise Trouble(f"katalog tidak memuat {' '.join(words)!r}", f"mungkin maksudnya: {close}" if close else ELSEWHERE)
    if as_json:
        for offer in found:
            print_json({**offer.fields, "checked": offer.checked})
        return OK
    rows = [["ID", "NAMA", "TINGKAT", "TERAKHIR DIPERIKSA"]]
    for one in found:
        tier = TIERS[one.fields.get("tier", "national")]
        rows.append([str(one.fields["id"]), _short(str(one.fields["name"])), tier, one.checked or "belum"])
    print(table(rows))
    print(f"\n{len(found)} sumber. Tambahkan dengan: ./kentongan sources add ID")
    return OK


def _view() -> SourcesView | None:
    """What detect last wrote about the sources, if it did."""
    [document] = connect(existing()).store.read(["views/sources"])
    return unpack(document, SourcesView)


def _planned(config: Config) -> tuple[tuple[SourceLine, ...], str]:
    lines = [
        SourceLine(
            id=source.id,
            name=source.name,
            tier=source.tier,
            region=source.region,
            url=source.url,
            status=None,
            last_ok_at=0,
            last_item_at=0,
            failing_since=0,
            next_at=0,
            items_day=0,
            problem="",
        )
        for source in config.sources
    ]
    return tuple(lines), config.zone
