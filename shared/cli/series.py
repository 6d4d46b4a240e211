"""`kentongan series`: how strongly hourly counts speak for a rise, JSON Lines in and out, one line each, in the same order."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from shared.baselines import Baselines
from shared.cli.jsonlines import WIB, Refused, read_time, write
from shared.model import HOUR

HELP: Final = "ukur kekuatan lonjakan deret per jam (JSON Lines masuk dan keluar)"

_EPILOG: Final = """\
contoh:
  echo '{"at": "2025-11-25T14", "counts": {"sagara": 3, "bahari": 0}}' | ./kentongan series

masuk:  satu baris per jam, yang terlama lebih dahulu; deret yang tidak disebut dihitung 0
keluar: {"at": "...", "evidence": {"bahari": 0.0, "sagara": 0.21}}, semua deret yang dikenal, setiap jam
Waktu tanpa selisih UTC adalah WIB. Jam yang dilewati dianggap tidak terpantau. Deret lain menjadi pembanding bila ada paling
sedikit 20. Baris yang salah menjadi {"error": "..."}; baris lain tetap dihitung, dan kode keluar akhirnya 1.
"""

LARGEST_COUNT: Final = 1e9


class Hour(msgspec.Struct, frozen=True):
    """A line of input."""

    at: str
    counts: dict[str, float]


class Told(msgspec.Struct, frozen=True):
    """A line of output."""

    at: str
    evidence: dict[str, float]  # log10 likelihood ratio by series


_decode = msgspec.json.Decoder(Hour).decode


def add(parser: argparse.ArgumentParser) -> None:
    """No arguments: lines come from standard input."""
    parser.epilog = _EPILOG


def run(args: argparse.Namespace) -> int:
    """Answer each line at once; 1 if any line was bad."""
    return write(replies(sys.stdin.buffer))


def replies(lines: Iterable[bytes]) -> Iterator[Told | Refused]:
    """One reply a line, in order. Each series is its own group, so all others are its control."""
    baselines = Baselines(group_of=str)
    for number, line in enumerate(lines, 1):
        try:
            yield _told(baselines, _decode(line))
        except (msgspec.MsgspecError, ValueError) as problem:
            yield Refused(f"baris {number}: {problem}")


def _told(baselines: Baselines, hour: Hour) -> Told:
    """Close one hour; raises ValueError where its time or a count cannot be."""
    moment = read_time(hour.at).astimezone(WIB)
    wrong = sorted(key for key, count in hour.counts.items() if not 0 <= count <= LARGEST_COUNT)
    if wrong:
        raise ValueError(f"hitungan harus 0 sampai {LARGEST_COUNT:.0f}: {', '.join(wrong)}")
    at = int(moment.timestamp())
    evidence = baselines.step(at - at % HOUR, moment.hour, moment.weekday(), hour.counts, covered=True)
    return Told(hour.at, {key: round(found.e, 6) for key, found in evidence.items()})
