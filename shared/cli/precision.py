"""`kentongan precision`: the weekly share of alerts that officers called useful."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Final

from shared import views
from shared.cli.ready import existing
from shared.cli.terminal import OK, paint, print_json, table
from shared.indonesian import MONTHS, share
from shared.precision import Week, weeks
from shared.wiring import connect

HELP = "ketepatan peringatan tiap minggu, dari penilaian petugas (berguna / tidak perlu)"
BAR: Final = 20  # characters of a whole bar


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="satu baris JSON tiap minggu")


def run(args: argparse.Namespace) -> int:
    """Print one row a week, the oldest first."""
    [document] = connect(existing()).store.read(["views/alerts"])
    view = views.unpack(document, views.AlertsView)
    rows = weeks(view.alerts, view.zone) if view else ()
    if args.json:
        for week in rows:
            print_json(_facts(week))
    elif not any(week.labelled for week in rows):
        print(f"Belum ada peringatan yang dinilai ({sum(week.alerts for week in rows)} peringatan).")
        print(paint("Petugas menilai lewat tautan di tiap pemberitahuan: berguna, atau tidak perlu.", "dim"))
    else:
        _print(rows)
    return OK


def _facts(week: Week) -> dict[str, object]:
    counts = {"alerts": week.alerts, "useful": week.useful, "not_needed": week.not_needed}
    precision = None if week.precision is None else round(week.precision, 4)
    return {"week": week.monday.isoformat(), **counts, "precision": precision}


def _print(rows: Sequence[Week]) -> None:
    heading = ["MINGGU MULAI", "PERINGATAN", "DINILAI", "BERGUNA", "TIDAK PERLU", "KETEPATAN"]
    print(table([heading, *(_row(week) for week in rows)]))
    useful, labelled = sum(week.useful for week in rows), sum(week.labelled for week in rows)
    alerts = sum(week.alerts for week in rows)
    percent = share(useful, labelled)
    print(f"\nSeluruhnya: {useful} dari {labelled} yang dinilai berguna{f' ({percent})' if percent else ''};", end=" ")
    print(f"{alerts - labelled} dari {alerts} belum dinilai.")
    print(paint("Dari seratus peringatan terbaru. Di bawah 20 penilaian tidak ada persentase: terlalu sedikit.", "dim"))


def _row(week: Week) -> list[str]:
    monday = f"{week.monday.day} {MONTHS[week.monday.month - 1]} {week.monday.year}"
    return [monday, str(week.alerts), str(week.labelled), str(week.useful), str(week.not_needed), _bar(week)]


def _bar(week: Week) -> str:
    """The useful ones as full blocks, the others as light ones: it is read without colour. A dash where nobody has judged."""
    if week.precision is None:
        return "-"
    full = round(BAR * week.precision)
    percent = share(week.useful, week.labelled)
    return f"{'█' * full}{'░' * (BAR - full)} {percent or f'{week.useful} dari {week.labelled}'}"
