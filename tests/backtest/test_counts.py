"""Files of plain volumes: columns as tools name them, and every mistake at once."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.backtest import counts as reading
from shared.backtest.counts import MOST_STEPS, is_counts, read_counts, spell
from shared.model import DAY, HOUR, Seconds

ZONE = "Asia/Jakarta"
NOW: Seconds = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp())
START = datetime(2026, 9, 1)  # of a clock on the wall
STARTED: Seconds = int(datetime(2026, 8, 31, 17, tzinfo=UTC).timestamp())


def steps(days: int = 8, minutes: int = 60) -> list[str]:
    """Rows of a day and a clock."""
    number = days * 24 * 60 // minutes
    return [f"{START + timedelta(minutes=minutes * place):%Y-%m-%d %H:%M},{place % 7}" for place in range(number)]


def file(rows: list[str], header: str = "time,count") -> bytes:
    return "\n".join([header, *rows, ""]).encode()


@pytest.mark.parametrize("header", ["time,count", "Timestamp,Value", "Waktu,Jumlah", "Tanggal,Jumlah Sebutan"])
def test_columns_of_tools(header: str) -> None:
    data = file(steps(), header)
    assert is_counts(data)
    counts = read_counts(data, ZONE, NOW)
    assert counts.problems == []
    assert (counts.times[0], counts.step, counts.missing) == (STARTED, HOUR, 0)
    assert counts.counts[:8] == [0, 1, 2, 3, 4, 5, 6, 0]
    assert read_counts(gzip.compress(data), ZONE, NOW) == counts


def test_a_day_and_a_clock_in_two_columns_the_newest_first() -> None:
    rows = [f"{row[8:10]}/{row[5:7]}/{row[:4]};{row[11:13]}.{row[14:16]};{row[17:]}" for row in steps()]
    counts = read_counts(file(rows[::-1], "Tanggal;Jam;Jumlah"), ZONE, NOW)
    assert counts == read_counts(file(steps()), ZONE, NOW)


@dataclass(frozen=True)
class Export:
    """How a tool writes the hours of a day: its header, and a row as a format of time and count."""

    header: str
    row: str


@pytest.mark.parametrize(
    "export",
    [
        Export("tanggal,jam,jumlah", "{0:%Y-%m-%d},{0.hour},{1}"),
        Export("tanggal,jam,jumlah", "{0:%d/%m/%Y},{0:%H},{1}"),
        Export("tanggal,jam,jumlah", "{0:%d/%m/%Y},{0:%H}:00 - {0:%H}:59,{1}"),
        Export("tanggal,jam,jumlah", "{0:%d.%m.%Y},{0:%H.%M},{1}"),
        Export("tanggal,waktu,jumlah", "{0:%Y-%m-%d},{0:%H:%M},{1}"),
        Export("Date,Time,Count", "{0:%Y-%m-%d},{0:%H:%M:%S},{1}"),
        Export("waktu,tanggal,jumlah", ",{0:%Y-%m-%d %H:%M},{1}"),
        Export("tanggal,jam,jumlah", "{0:%Y-%m-%dT%H:%M},,{1}"),
    ],
)
def test_a_clock_in_a_column_of_its_own(export: Export) -> None:
    rows = [export.row.format(START + timedelta(hours=place), place % 7) for place in range(8 * 24)]
    assert read_counts(file(rows, export.header), ZONE, NOW) == read_counts(file(steps()), ZONE, NOW)


@pytest.mark.parametrize("unit", ["", "000"])
def test_seconds_since_1970(unit: str) -> None:
    rows = [f"{STARTED + place * HOUR}{unit},{place % 7}" for place in range(8 * 24)]
    assert read_counts(file(rows), ZONE, NOW) == read_counts(file(steps()), ZONE, NOW)


def test_numbers_of_json_are_whole_where_they_say_so() -> None:
    lines = [f'{{"time": "{row[:16]}", "count": {int(row[17:])}.0}}' for row in steps()]
    assert read_counts("\n".join(lines).encode(), ZONE, NOW) == read_counts(file(steps()), ZONE, NOW)
    lines[3] = lines[3].replace(".0}", ".5}")
    [told] = read_counts("\n".join(lines).encode(), ZONE, NOW).problems
    assert "'3.5' bukan bilangan bulat" in told


@pytest.mark.parametrize("last", ["Total,573", "Jumlah,573", ",total"])
def test_a_last_row_with_the_sum_is_no_step(last: str) -> None:
    assert read_counts(file([*steps(), last]), ZONE, NOW) == read_counts(file(steps()), ZONE, NOW)
    assert read_counts(file([last]), ZONE, NOW).problems == ["tidak ada langkah"]


def test_both_cells_of_a_time_that_cannot_be_read_are_told() -> None:
    [told] = read_counts(file(["2026-09-01,27,3"], "tanggal,jam,jumlah"), ZONE, NOW).problems[:1]
    assert "2026-09-01 27:00" in told


@pytest.mark.parametrize("header", ["judul,tanggal,total", "title,time,count", "judul,tanggal"])
def test_news_are_no_counts(header: str) -> None:
    assert not is_counts(file(["a,2026-09-01,1"], header))
    assert not is_counts(b"")
    assert not is_counts(gzip.compress(file(steps()))[:-9])


@pytest.mark.parametrize(("text", "count"), [("1250", 1250), ("1.250", 1250), ("1,250", 1250), ("12.0", 12), ("0", 0)])
def test_counts_as_people_write_them(text: str, count: int) -> None:
    rows = steps()
    rows[3] = f'{rows[3][:16]},"{text}"'
    assert read_counts(file(rows), ZONE, NOW).counts[3] == count


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("0.000", "3.000", [0, 3]),  # programs write means with so many places
        ("12.0", "3.000", [12, 3]),
        ("1.250", "3.000", [1250, 3000]),
    ],
)
def test_a_column_with_decimals_has_no_thousands(first: str, second: str, expected: list[int]) -> None:
    rows = steps()
    rows[3:5] = [f"{row[:16]},{amount}" for row, amount in zip(rows[3:5], (first, second), strict=True)]
    counts = read_counts(file(rows), ZONE, NOW)
    assert (counts.problems, list(counts.counts[3:5])) == ([], expected)


@pytest.mark.parametrize(("first", "second", "wrong"), [("0.500", "2", 1), ("3.25", "3.000", 1), ("12.0", "1.250", 1)])
def test_fractions_are_told_and_never_taken_for_thousands(first: str, second: str, wrong: int) -> None:
    rows = steps()
    rows[3:5] = [f"{row[:16]},{amount}" for row, amount in zip(rows[3:5], (first, second), strict=True)]
    told = read_counts(file(rows), ZONE, NOW).problems
    assert ["bukan bilangan bulat" in problem for problem in told] == [True] * wrong


def test_a_clock_that_is_none_does_not_become_midnight() -> None:
    rows = [f"{row[:10]},{row[11:13]},1" for row in steps()]
    rows[3] = "2026-09-01,siang,1"
    assert read_counts(file(rows, "tanggal,jam,jumlah"), ZONE, NOW).problems == [
        "baris 5: waktu '2026-09-01 siang' tidak terbaca; contoh: 2026-11-25 14:05"
    ]


def test_every_mistake_has_its_line_and_remedy() -> None:
    rows = steps(8, 15)
    rows[0] = "kemarin,3"
    rows[1] = f"{rows[1][:16]},-3"
    rows[2] = f"{rows[2][:16]},"
    rows[4] = rows[5]
    rows[8] = "2026-09-01 02:07,4"
    rows[20] = "2036-09-01 02:00,4"
    told = read_counts(file(rows), ZONE, NOW).problems
    assert [problem.split(":")[0] for problem in told] == [f"baris {line}" for line in (2, 3, 4, 22, 7, 10, 11)]
    assert "contoh: 2026-11-25 14:05" in told[0]
    assert "bilangan bulat" in told[1]
    assert "isi 0" in told[2]
    assert "masa depan" in told[3]
    assert "sama dengan baris 6" in told[4]
    assert "bukan kelipatan 15 menit" in told[5]


@pytest.mark.parametrize(
    ("rows", "header", "word"),
    [
        (steps(), "apa,count", "tidak ada kolom waktu"),
        (steps(6), "time,count", "paling sedikit 7 hari"),
        ([f"2026-09-{day:02},3" for day in range(1, 30)], "time,count", "satu langkah 1 hari"),
        (["2026-09-01 00:00,3"], "time,count", "hanya 0 hari"),
    ],
)
def test_files_that_cannot_be_judged(rows: list[str], header: str, word: str) -> None:
    [told] = read_counts(file(rows, header), ZONE, NOW).problems
    assert word in told


def test_steps_that_are_left_out_are_counted() -> None:
    rows = steps()
    counts = read_counts(file(rows[:50] + rows[53:]), ZONE, NOW)
    assert (counts.missing, list(counts.problems)) == (3, [])
    assert counts.times[50] - counts.times[49] == 4 * HOUR


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_read_or_told(when: str, amount: str) -> None:
    data = file([*steps(), f"{when},{amount}"])
    if is_counts(data):
        counts = read_counts(data, ZONE, NOW)
        assert len(counts.times) == len(counts.counts)


@pytest.mark.parametrize("digits", [13, 400, 5000])
def test_counts_that_nobody_has_are_told(digits: int) -> None:
    [told] = read_counts(file([*steps(), f"2026-09-20 00:00,{'9' * digits}"]), ZONE, NOW).problems
    assert "bukan bilangan bulat" in told


def test_a_year_of_minutes_is_not_too_long_and_what_is_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_STEPS >= 366 * 24 * 60
    data = file(steps())
    monkeypatch.setattr(reading, "MOST_STEPS", 100)
    assert read_counts(data, ZONE, NOW) == ([], [], 0, ["lebih dari 100 baris; bagi menjadi beberapa file"])
    monkeypatch.setattr(reading, "LARGEST", 1_000)
    assert read_counts(data, ZONE, NOW).problems == ["file lebih besar dari 0 MB; bagi menjadi beberapa file"]


def test_steps_are_spelt() -> None:
    assert [spell(one) for one in (60, 900, HOUR, DAY, 90)] == ["1 menit", "15 menit", "1 jam", "1 hari", "90 detik"]
