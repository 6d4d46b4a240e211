"""Files of past news: every mistake at once, and labels."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from shared.backtest import past
from shared.backtest.past import gaps_of, known_between, known_until, read_crises, read_past
from shared.model import DAY, HOUR, Seconds

ZONE = "Asia/Jakarta"
NOW: Seconds = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp())
DAY_ONE: Seconds = int(datetime(2026, 1, 1, 17, tzinfo=UTC).timestamp())  # 2 January in Jakarta
REPLAYED = "published_at,precision,outlet,url,title\n2026-01-02,day,Warta,https://a.example/1,satu\n"
CLIPPED = "Judul;Isi;Tanggal;Nama Media;Krisis\nDua;Teks;02/01/2026 14.05;Warta;Pasar\nTiga;;03/01/2026;Warta;Pasar\n"
JSON_LINES = '{"title": "empat", "tanggal": "2026-01-02T07:05:00Z", "media": "Warta"}\n'


def test_columns_of_replays_and_of_imports() -> None:
    [replayed] = read_past(REPLAYED.encode(), ZONE, NOW).rows
    assert DAY_ONE <= replayed.at < DAY_ONE + DAY
    first, second = read_past(CLIPPED.encode(), ZONE, NOW).rows
    assert (first.title, first.body, first.outlet, first.at) == ("Dua", "Teks", "Warta", DAY_ONE + 14 * HOUR + 300)
    assert DAY_ONE + DAY <= second.at < DAY_ONE + 2 * DAY
    [lined] = read_past(JSON_LINES.encode(), ZONE, NOW).rows
    assert lined.at == first.at


def test_a_row_with_a_wrong_date_leaves_a_gap() -> None:
    rows = read_past(CLIPPED.encode(), ZONE, NOW).rows
    stray = rows[0]._replace(at=rows[0].at - 900 * DAY)
    assert gaps_of(rows, 0, NOW) == ()
    assert gaps_of([stray, *rows], 0, NOW) == ((stray.at, rows[0].at),)
    assert gaps_of([stray, *rows], stray.at + 1, NOW) == ()


def test_time_without_a_row_is_no_time() -> None:
    gaps = ((100, 300), (400, 450))
    assert known_between(0, 500, ()) == 500
    assert known_between(0, 500, gaps) == 250
    assert known_between(200, 420, gaps) == 100
    assert known_between(500, 400, gaps) == 0
    assert [known_until(0, length, gaps) for length in (50, 101, 199, 201, 300)] == [50, 301, 399, 451, 550]


def test_gzip_and_its_faults() -> None:
    packed = gzip.compress(REPLAYED.encode())
    assert read_past(packed, ZONE, NOW) == read_past(REPLAYED.encode(), ZONE, NOW)
    assert read_past(packed[:-9], ZONE, NOW).problems == ["kompresi gzip rusak atau terpotong"]
    assert read_past(packed[:12] + b"\xff" * 20, ZONE, NOW).problems == ["kompresi gzip rusak atau terpotong"]


def test_a_gzip_file_of_several_members_is_read_to_its_end() -> None:
    first, second = CLIPPED[:40].encode(), CLIPPED[40:].encode()
    packed = gzip.compress(first) + gzip.compress(second)
    assert read_past(packed, ZONE, NOW) == read_past(CLIPPED.encode(), ZONE, NOW)
    for broken in (packed[:-9], packed + b"rubbish"):
        assert read_past(broken, ZONE, NOW).problems == ["kompresi gzip rusak atau terpotong"]


def test_a_gzip_file_that_grows_too_large_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "LARGEST", 1_000_000)
    [told] = read_past(gzip.compress(b"a" * 3_000_000), ZONE, NOW).problems
    assert told == "file lebih besar dari 1 MB; bagi menjadi beberapa file"


def test_every_mistake_is_told_with_its_line() -> None:
    bad = "judul,tanggal\nsatu,kemarin\n,02/01/2026\ntiga,02/01/2026\nempat,02/01/2031\n"
    problems = read_past(bad.encode(), ZONE, NOW).problems
    assert [problem.split(":")[0] for problem in problems] == ["baris 2", "baris 3", "baris 5"]


def test_labels_in_the_file_make_crises() -> None:
    [span] = read_past(CLIPPED.encode(), ZONE, NOW).crises
    assert (span.name, span.start, span.end) == ("Pasar", DAY_ONE + 14 * HOUR + 300, DAY_ONE + 2 * DAY - 1)


def test_a_crisis_of_a_day_ends_with_it_although_its_row_has_a_time() -> None:
    text = "title,published_at,precision,label\nsatu,2026-01-02 14:05,day,Pasar\n"
    [span] = read_past(text.encode(), ZONE, NOW).crises
    assert (span.start, span.end) == (DAY_ONE, DAY_ONE + DAY - 1)


def test_crises_in_a_file_of_their_own() -> None:
    text = "nama,mulai,selesai\nPasar,2026-01-02,2026-01-03\n,02/01/2026 08.00,02/01/2026 09.00\n"
    spans, problems = read_crises(text.encode(), ZONE, NOW)
    assert problems == []
    assert [(span.name, span.start, span.end) for span in spans] == [
        ("Pasar", DAY_ONE, DAY_ONE + 2 * DAY - 1),
        ("", DAY_ONE + 8 * HOUR, DAY_ONE + 9 * HOUR),
    ]


@pytest.mark.parametrize("end", ["3 Januari 2026", "Sabtu, 3 Jan 2026", "2026-01-03", "03/01/2026", "3.1.2026"])
def test_an_end_without_an_hour_is_the_end_of_its_day(end: str) -> None:
    [span], _ = read_crises(f'mulai,selesai\n2 Januari 2026 10.00,"{end}"\n'.encode(), ZONE, NOW)
    assert (span.start, span.end) == (DAY_ONE + 10 * HOUR, DAY_ONE + 2 * DAY - 1)


def test_crises_as_spreadsheets_write_them() -> None:
    text = "Nama;Mulai;Selesai\nPasar;02/01/2026;03/01/2026\n"
    expected = read_crises(text.replace(";", ",").encode(), ZONE, NOW)
    assert expected[0]
    for data in (text.encode(), f"sep=;\n{text}".encode(), text.encode("utf-16"), text.replace(";", "\t").encode()):
        assert read_crises(data, ZONE, NOW) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nama,mulai\nA,2026-01-02\n", ["kolom selesai tidak ada"]),
        ("nama\nA\n", ["kolom mulai dan selesai tidak ada"]),
        ("", ["tidak ada satu krisis pun di dalamnya"]),
        (f"mulai,selesai\n{'x' * 100},2026-01-02\n", [f"baris 2: {'x' * 39 + '…'!r} bukan tanggal"]),
        (f"mulai,selesai\n{'x' * 200_000},\n", ["baris 2: bukan CSV yang benar (field larger than field limit (131072))"]),
        ("nama,dari\nA,besok\n", ["kolom selesai tidak ada"]),
        ("mulai,selesai\n", ["tidak ada satu krisis pun di dalamnya"]),
        (
            "mulai,selesai\nA,2026-01-02\n2026-01-03,2026-01-02\n",
            ["baris 2: 'A' bukan tanggal", "baris 3: selesai sebelum mulai"],
        ),
    ],
)
def test_mistakes_in_it_are_told(text: str, said: list[str]) -> None:
    assert read_crises(text.encode(), ZONE, NOW) == ([], said)
