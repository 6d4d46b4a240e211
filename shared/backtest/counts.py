"""A file of plain volumes, as social monitoring tools export them: a time and a count at even steps; every mistake at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from shared.backtest.past import LARGEST, unpacked
from shared.clippings import COLUMNS, cell, date_of, is_day, records_of
from shared.indonesian import number
from shared.model import DAY, HOUR, Seconds
from shared.sources.contract import FUTURE
from shared.text import one_line

MINUTE: Final[Seconds] = 60
MOST_STEPS: Final = 600_000  # a year of minutes is 527,040 at most
HEAD: Final = 20_000  # bytes in which the names of the columns are looked for
LEAST_SPAN: Final[Seconds] = 7 * DAY
TIME: Final = (
    "waktu",
    "time",
    "timestamp",
    "datetime",
    "date time",
    "tanggal dan jam",
    "tanggal jam",
    "periode",
    *COLUMNS["date"],
)
CLOCK: Final = ("jam", "pukul", "hour")  # beside a column of dates
COUNT: Final = (
    *("jumlah", "count", "value", "volume", "jumlah sebutan", "jumlah percakapan", "jumlah unggahan", "jumlah posting"),
    *("sebutan", "percakapan", "unggahan", "mentions", "posts", "total", "total mentions", "results", "buzz"),
)
_CLOCK: Final = re.compile(r"(\d{1,2})(?:[.:](\d\d)(?:[.:]\d\d)?)?(?: ?(?:-|–|s/d|sampai) ?[\d.:]+)?")  # 14, 14.05, 14:00 - 14:59
_EPOCH: Final = re.compile(r"(\d{10})(?:\d{3})?")  # seconds or milliseconds, as programs write them
_SUM: Final = ("total", "jumlah", "grand total", "total keseluruhan")  # in the last row
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3}){1,3}")
_FRACTION: Final = re.compile(r"\d+[.,]\d+")
_WHOLE: Final = re.compile(r"(\d{1,12})(?:[.,]0+)?")


class Counts(NamedTuple):
    """What was read, in time order, and everything that is wrong."""

    times: Sequence[Seconds]  # starts of the steps; those that the file leaves out are unknown
    counts: Sequence[int]
    step: Seconds
    problems: Sequence[str]

    @property
    def missing(self) -> int:
        """Steps between the first and the last that the file leaves out."""
        return (self.times[-1] - self.times[0]) // self.step + 1 - len(self.times)


class _Row(NamedTuple):
    at: Seconds
    line: int
    amount: int


def is_counts(data: bytes) -> bool:
    """Whether this is a file of counts: it has a column of them, and none with titles or texts."""
    try:
        records, _ = records_of(unpacked(data)[:HEAD], LARGEST, MOST_STEPS)
    except EOFError:
        return False
    names = set(records[0][1]) if records else set()
    return bool(names & set(COUNT)) and not names & {*COLUMNS["title"], *COLUMNS["text"]}


def read_counts(data: bytes, zone: str, now: Seconds) -> Counts:
    """The steps of a CSV or JSON Lines file, perhaps gzipped; times without a zone are in `zone`."""
    records, problems = records_of(unpacked(data), LARGEST, MOST_STEPS)
    if not records:
        return Counts([], [], 0, problems)
    if not any(name in TIME for name in records[0][1]):
        return Counts([], [], 0, [*problems, f"tidak ada kolom waktu; beri nama waktu, misalnya: {', '.join(TIME[:3])}"])
    records = records[:-1] if _is_sum(records[-1][1]) else records
    fractions = any(_is_fraction(cell(record, COUNT)) for _, record in records)
    rows: list[_Row] = []
    for line, record in records:
        row = _row(line, record, fractions, zone, now)
        if isinstance(row, _Row):
            rows.append(row)
        else:
            problems += row
    rows.sort()
    step = _step(rows)
    problems += _uneven(rows, step)
    return Counts([row.at for row in rows], [row.amount for row in rows], step, problems)


def _row(line: int, record: Mapping[str, str], fractions: bool, zone: str, now: Seconds) -> _Row | list[str]:
    """A step, or what is wrong with it; with `fractions` the separators in counts are decimal marks, as 3.25 shows."""
    when, amount = _when(record), cell(record, COUNT)
    epoch = _EPOCH.fullmatch(when)
    at = int(epoch[1]) if epoch else date_of(when, zone, now)
    count = _count(amount, fractions)
    wrong = [
        "" if at else f"waktu {one_line(when, 40)!r} tidak terbaca; contoh: 2026-11-25 14:05",
        "waktu di masa depan; periksa tahun dan zona waktunya" if at > now + FUTURE else "",
        "jumlah kosong; isi 0 bila tidak ada sebutan, hapus barisnya bila tidak diketahui" if not amount else "",
        f"jumlah {one_line(amount, 40)!r} bukan bilangan bulat dari 0; contoh: 12 atau 1.250" if amount and count < 0 else "",
    ]
    return [f"baris {line}: {problem}" for problem in wrong if problem] or _Row(at, line, count)


def _when(record: Mapping[str, str]) -> str:
    """The time that a record says; a clock may stand in a column of its own, and counts from its first minute on."""
    said = [text for name in (*TIME, *CLOCK) if (text := record.get(name, "").strip())]
    if (hour := cell(record, CLOCK)) and not _CLOCK.fullmatch(hour):
        return " ".join(said)  # no time at all, and told as such: without it the row would be midnight's
    clocks = [clock for text in said if (clock := _CLOCK.fullmatch(text))]
    date = next((text for text in said if not _CLOCK.fullmatch(text)), "")
    if not clocks or not date or not is_day(date):
        return date or " ".join(said)
    return f"{date} {int(clocks[0][1]):02}:{clocks[0][2] or '00'}"


def _is_sum(record: Mapping[str, str]) -> bool:
    """Whether a row adds up those above."""
    return any(text.strip().casefold() in _SUM for text in record.values())


def _is_fraction(text: str) -> bool:
    """Whether the separator in a count is a decimal mark for sure: 0.500, 3.25, 12.0, not 1.250."""
    return bool(_FRACTION.fullmatch(text)) and not _THOUSANDS.fullmatch(text)


def _count(text: str, fractions: bool) -> int:
    """A count as people and programs write it, 1250, 1.250, 1,250 or 12.0; -1 where it is none."""
    if _THOUSANDS.fullmatch(text) and not fractions:
        return int(text.replace(".", "").replace(",", ""))
    whole = _WHOLE.fullmatch(text)
    return int(whole[1]) if whole else -1


def _step(rows: Sequence[_Row]) -> Seconds:
    """The most frequent distance; the shortest of several."""
    found = Counter(after.at - before.at for before, after in pairwise(rows) if after.at > before.at)
    return min(found, key=lambda one: (-found[one], one), default=0)


def _uneven(rows: Sequence[_Row], step: Seconds) -> Iterator[str]:
    """What is wrong with the distances between the steps."""
    if not rows or (step and not MINUTE <= step <= HOUR):
        yield (
            f"satu langkah {spell(step)}; perlu 1 menit sampai 1 jam: ekspor menurut menit atau jam"
            if rows
            else "tidak ada langkah"
        )
        return
    for before, after in pairwise(rows):
        apart = after.at - before.at
        if not apart:
            yield f"baris {after.line}: waktunya sama dengan baris {before.line}; jumlahkan keduanya menjadi satu baris"
        elif apart % step:
            yield f"baris {after.line}: {spell(apart)} sesudah yang sebelumnya, bukan kelipatan {spell(step)}; samakan langkahnya"
    if rows[-1].at - rows[0].at < LEAST_SPAN:
        yield f"hanya {number((rows[-1].at - rows[0].at) / DAY)} hari; perlu paling sedikit {LEAST_SPAN // DAY} hari"


def spell(seconds: Seconds) -> str:
    """A step: "5 menit", "1 jam", "1 hari", "90 detik"."""
    for unit, name in ((DAY, "hari"), (HOUR, "jam"), (MINUTE, "menit")):
        if seconds and seconds % unit == 0:
            return f"{number(seconds // unit)} {name}"
    return f"{number(seconds)} detik"
