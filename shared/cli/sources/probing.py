"""`kentongan sources probe`: asks every configured source once and says like a doctor how it is and what to change."""

from __future__ import annotations

import argparse
import shutil
import textwrap
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, cast
from urllib.parse import urlsplit

import msgspec

from shared.cli.configfile import USUAL_FILE, load
from shared.cli.sources.checkup import Finding, Watched, examine
from shared.cli.terminal import OK, OUTSIDE_FAILED, Progress, Trouble, paint, print_json, table
from shared.config.schema import Config, SourceConfig
from shared.http import client_for
from shared.indonesian import number, short_moment
from shared.model import Seconds
from shared.settings import read_settings

AT_ONCE: Final = 16
NAME: Final = 26  # characters of a name in the table: it fits into 80 columns
WIDEST: Final = 100


def run(args: argparse.Namespace) -> int:
    """Ask all, show the table, then what to change; the exit code is 3 if any failed."""
    config = load(args.config or USUAL_FILE)
    if not config.sources:
        raise Trouble("belum ada sumber", "tambahkan dengan: ./kentongan sources add https://situs.media")
    findings = examine_all(config, int(time.time()))
    if args.json:
        for finding in findings:
            print_json(msgspec.to_builtins(finding))
    else:
        _show(findings, config.zone)
    return OK if all(finding.ok for finding in findings) else OUTSIDE_FAILED


def examine_all(config: Config, now: Seconds) -> list[Finding]:
    """Every source once, in the order of the file; hosts at once, each by one."""
    settings = read_settings()
    lanes: dict[str, list[SourceConfig]] = {}
    for source in config.sources:
        lanes.setdefault(urlsplit(source.url).netloc.lower(), []).append(source)
    done: dict[str, Finding] = {}
    with client_for(config, settings, Watched) as client, ThreadPoolExecutor(AT_ONCE) as pool, Progress("memeriksa") as progress:
        watched = cast("Watched", client)

        def lane(sources: Sequence[SourceConfig]) -> None:
            for source in sources:
                done[source.id] = examine(watched, source, settings.secrets.get(source.secret, ""), now)
                progress.show(f"{len(done)} dari {len(config.sources)} sumber")

        list(pool.map(lane, lanes.values()))
    return [done[source.id] for source in config.sources]


def _show(findings: Sequence[Finding], zone: str) -> None:
    rows = [["", "SUMBER", "HTTP", "BERITA", "TERBARU", "DETIK"]]
    rows += [_row(finding, zone) for finding in findings]
    print(table(rows))
    troubled = [finding for finding in findings if finding.problem]
    if len(findings) > 1 and not any(finding.status for finding in findings):  # what is wrong is no single address
        print(f"\nTidak satu pun terhubung ({findings[0].problem}).\nPeriksa dahulu sambungan internet komputer ini.")
        return
    for finding in sorted(troubled, key=lambda one: one.ok):
        print("\n" + "\n".join(_advice(finding)))
    working = sum(finding.ok for finding in findings)
    print(f"\n{working} dari {len(findings)} sumber menjawab." + (" Semua sehat." if not troubled else ""))


def _row(finding: Finding, zone: str) -> list[str]:
    mark = "GAGAL" if not finding.ok else "periksa" if finding.advice else "baik"
    name = finding.name if len(finding.name) <= NAME else finding.name[: NAME - 1] + "…"
    newest = short_moment(finding.newest_at, zone) if finding.newest_at else "-"
    return [mark, name, str(finding.status or "-"), str(finding.items), newest, number(finding.seconds)]


def _advice(finding: Finding) -> Iterable[str]:
    width = min(WIDEST, shutil.get_terminal_size((80, 24)).columns)
    word = paint("GAGAL", "red") if not finding.ok else paint("periksa", "yellow")
    yield f"{word} {finding.name} ({finding.id})"
    yield from textwrap.wrap(finding.problem, width, initial_indent="  ", subsequent_indent="  ", break_long_words=False)
    if finding.advice:
        lines = textwrap.wrap(finding.advice, width - 5, break_long_words=False, break_on_hyphens=False)
        yield "  -> " + "\n     ".join(lines)
