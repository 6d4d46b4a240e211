from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.sources.dates import read_date

AT = int(datetime(2025, 10, 6, 3, 5, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 06 Oct 2025 10:05:00 +0700",
        "06 Oct 2025 03:05:00 GMT",
        "Mon, 06 Oct 2025 10:05 WIB",
        "Mon, 06 Oct 25 03:05:00 Z",
        "Sunday, 05-Oct-25 23:05:00 EDT",
        "Senin, 06 Oktober 2025 10:05 WIB",
        "Senin, 6 Oktober 2025 - 11.05 WITA",
        "Senin, 6 Okt 2025 | 12:05 WIT",
        "Senin 6 Oktober 2025 pukul 10.05 (WIB)",
        "6 OKTOBER 2025 10:05",
        "  Jum'at,  6 Oktober 2025\n10:05:00 ",
        "2025-10-06T10:05:00+07:00",
        "2025-10-06T03:05:00.123456Z",
        "2025-10-06T03:05Z",
        "2025-10-06 10:05:00 +0700",
        "2025-10-06 10:05:00+07",
        "2025-10-06 10:05:00 WIB",
        "2025-10-06 10:05:00",
        "2025/10/06 10.05",
        "Mon,06 Oct 2025 10:05:00 +0700 (WIB)",
        "Mon, 06 Oct 2025 10:05:00 GMT+7",
        "Mon, 06 Oct 2025 10:05:00 GMT+0700",
        "2025-10-06 11:05:00 utc+08:00",
        "Sun, 05 Oct 2025 21:05:00 MDT",
        "Senin,6 Okt 2025 pkl. 10.05 WIB",
        "06 Oct 2025 11:05 SGT",
    ],
)
def test_forms(text: str) -> None:
    assert read_date(text) == AT


MONTHS = """
Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember
Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
jan peb mar apr mei jun jul agt sept okt nop des
Jan Feb Mar Apr Mei Jun Jul Ags Sep Okt Nov Des
Jan Feb Mar Apr Mei Jun Jul Agst Sep Okt Nov Des
"""


@pytest.mark.parametrize(
    ("name", "month"), [(name, number) for line in MONTHS.strip().splitlines() for number, name in enumerate(line.split(), 1)]
)
def test_months(name: str, month: int) -> None:
    assert read_date(f"1 {name} 2025 12:00 UTC") == int(datetime(2025, month, 1, 12, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    "text",
    ["", "kemarin sore", "31 Feb 2025 10:00:00 +0700", "2025-13-01", "2025-10-06T25:00:00Z", "Mon, 06 Xyz 2025 10:00:00 +0700",
     "Mon, 06 Oct 2025 10:05:00 +99:99", "Mon, 06 Oct 2025 10:05:00 ABCD", "0000-00-00 00:00:00", "0001-01-01T00:00:00Z",
     "9999-12-31T23:59:59-12:00", "1 " * 1_000_000],
)  # fmt: skip
def test_nonsense_is_no_date(text: str) -> None:
    assert read_date(text) == 0


def test_a_day_starts_at_midnight_in_jakarta() -> None:
    assert read_date("2025-10-06") == int(datetime(2025, 10, 5, 17, tzinfo=UTC).timestamp())


@given(st.one_of(st.text(), st.from_regex(r"(\w{3}, )?\d{1,3} \w{3,9} \d{2,5} \d\d:\d\d(:\d\d)? ?([+-]\d{4}|\w{1,5})?")))
def test_never_raises(text: str) -> None:
    assert read_date(text) >= 0


@given(st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC)))
def test_reads_what_iso_writes(at: datetime) -> None:
    assert read_date(at.isoformat()) == int(at.timestamp())
