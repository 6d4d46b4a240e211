"""The file of a backtest: rows in, every mistake at once, labels of the true crises beside them."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from shared.clippings import Row as Clipping
from shared.clippings import cell, date_of, is_day, read_clippings, records_of
from shared.model import DAY, Seconds
from shared.replay import Row, within_day
from shared.text import one_line

LARGEST: Final = 200_000_000  # bytes, unpacked
MOST_ROWS: Final = 300_000
LEAST_GAP: Final[Seconds] = 60 * DAY  # without a row: a row with a wrong date rather than a quiet time
_START: Final = ("mulai", "start", "awal", "dari")
_END: Final = ("selesai", "end", "akhir", "sampai")
_NAME: Final = ("nama", "name", "krisis", "crisis", "label")

Gap = tuple[Seconds, Seconds]  # from the row before it to the row after it


class Span(NamedTuple):
    """A crisis that somebody has labelled."""

    name: str
    start: Seconds
    end: Seconds


class Past(NamedTuple):
    """What was read: rows in time order, labelled crises, and everything that is wrong."""

    rows: list[Row]
    crises: list[Span]
    problems: list[str]


def read_past(data: bytes, zone: str, now: Seconds) -> Past:
    """The rows of a CSV or JSON Lines file, perhaps gzipped; times without a zone are in `zone`.

    Columns are those of imports (docs/sources.md) and of replays; a day without an hour is spread by the usual profile of a day.
    """
    try:
        data = unpacked(data)
    except EOFError:
        return Past([], [], ["kompresi gzip rusak atau terpotong"])
    clippings = read_clippings(data, zone, now, LARGEST, MOST_ROWS)
    if clippings.problems:
        return Past([], [], clippings.problems)
    rows = sorted(_row(clipping, zone) for clipping in clippings.rows)
    return Past(rows, _labelled(clippings.rows), [])


def gaps_of(rows: Sequence[Row], start: Seconds, end: Seconds) -> tuple[Gap, ...]:
    """Times of LEAST_GAP and more between two rows that follow each other, within start and end; `rows` in time order."""
    pairs = pairwise(row.at for row in rows if start <= row.at <= end)
    return tuple((before, after) for before, after in pairs if after - before >= LEAST_GAP)


def known_between(start: Seconds, end: Seconds, gaps: Iterable[Gap]) -> Seconds:
    """How much time from start to end lies in no gap."""
    return max(0, end - start) - sum(max(0, min(after, end) - max(before, start)) for before, after in gaps)


def known_until(start: Seconds, length: Seconds, gaps: Iterable[Gap]) -> Seconds:
    """When so much time in no gap has passed since start; gaps in time order."""
    until = start + length
    for before, after in gaps:
        until += after - before if before < until else 0
    return until


def read_crises(data: bytes, zone: str, now: Seconds) -> tuple[list[Span], list[str]]:
    """The crises of a file with the columns nama, mulai, selesai, and its mistakes; an end without an hour is that day's."""
    records, problems = records_of(data, LARGEST, MOST_ROWS)
    if not records:
        return [], problems or ["tidak ada satu krisis pun di dalamnya"]
    given = {name for _, record in records for name in record}
    if lacking := [names[0] for names in (_START, _END) if given.isdisjoint(names)]:
        return [], [*problems, f"kolom {' dan '.join(lacking)} tidak ada"]
    spans = [_span(line, record, zone, now, problems) for line, record in records]
    return ([], problems) if problems else (sorted(spans, key=lambda span: (span.start, span.end, span.name)), [])


def _span(line: int, record: Mapping[str, str], zone: str, now: Seconds, problems: list[str]) -> Span:
    """The crisis of a record; what is wrong with it is added to the problems."""
    said = cell(record, _START), cell(record, _END)
    first, last = (date_of(text, zone, now) for text in said)
    last += (DAY - 1) * (last > 0 and is_day(said[1]))
    wrong = [f"{one_line(text, 40)!r} bukan tanggal" for text, at in zip(said, (first, last), strict=True) if not at]
    wrong += ["selesai sebelum mulai"] if first and last and last < first else []
    problems += [f"baris {line}: {problem}" for problem in wrong]
    return Span(cell(record, _NAME), first, last)


def unpacked(data: bytes) -> bytes:
    """The content of a gzip file, of all its members, one byte more than LARGEST at most; any other data as it is.

    Raises EOFError where it is cut off or broken.
    """
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.open(io.BytesIO(data)) as file:
            return file.read(LARGEST + 1)
    except (OSError, zlib.error) as error:
        raise EOFError from error


def _row(clipping: Clipping, zone: str) -> Row:
    key = clipping.url or f"{clipping.outlet} {clipping.title}"
    at = within_day(clipping.at, key, zone) if clipping.day else clipping.at
    return Row(at, clipping.outlet, clipping.url, clipping.title or clipping.text[:120], clipping.text)


def _labelled(rows: Iterable[Clipping]) -> list[Span]:
    """Crises by the label of their rows, from the first row to the last."""
    times: dict[str, list[Seconds]] = {}
    for row in rows:
        if row.crisis:
            times.setdefault(row.crisis, []).extend((row.at, row.at + (DAY - 1 if row.day else 0)))
    spans = (Span(name, min(ats), max(ats)) for name, ats in times.items())
    return sorted(spans, key=lambda span: (span.start, span.end, span.name))
