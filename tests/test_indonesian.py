"""Numbers, dates and times as Indonesians write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.indonesian import clock, date, date_and_clock, duration, number, percent, share, short_moment, stamp, zone_name

AT = int(datetime(2025, 11, 25, 7, 5, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (9620, 1, "9.620"),
        (1234567.891, 2, "1.234.567,89"),
        (0.4, 1, "0,4"),
        (0.25, 1, "0,3"),
        (3.0, 1, "3"),
        (0.04, 1, "0"),
        (-0.04, 1, "0"),
        (-2.5, 1, "-2,5"),
        (2.5, 0, "3"),
        (100, 0, "100"),
    ],
)
def test_number(value: float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


@given(value=st.integers(-(10**12), 10**12))
def test_whole_numbers_can_be_read_back(value: int) -> None:
    assert int(number(value).replace(".", "")) == value


@pytest.mark.parametrize(
    ("share", "decimals", "text"), [(0.3003, 2, "30,03%"), (0.67, 0, "67%"), (1, 0, "100%"), (0.005, 0, "1%")]
)
def test_percent(share: float, decimals: int, text: str) -> None:
    assert percent(share, decimals) == text


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Jakarta", "pukul 14.05 WIB"),
        ("Asia/Pontianak", "pukul 14.05 WIB"),
        ("Asia/Makassar", "pukul 15.05 WITA"),
        ("Asia/Jayapura", "pukul 16.05 WIT"),
        ("Asia/Singapore", "pukul 15.05 UTC+8"),
        ("Asia/Kolkata", "pukul 12.35 UTC+5.30"),
        ("America/Bogota", "pukul 02.05 UTC-5"),
        ("UTC", "pukul 07.05 UTC"),
    ],
)
def test_clock(zone: str, text: str) -> None:
    assert clock(AT, zone) == text


def test_dates() -> None:
    assert date(AT, "Asia/Jakarta") == "Selasa, 25 November 2025"
    assert date(AT + 10 * 3600, "Asia/Jakarta") == "Rabu, 26 November 2025"
    assert date_and_clock(AT, "Asia/Jayapura") == "Selasa, 25 November 2025, pukul 16.05 WIT"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        *((-5, "0 menit"), (59, "0 menit"), (2700, "45 menit"), (7259, "2 jam"), (8400, "2 jam 20 menit")),
        *((21_599, "5 jam 59 menit"), (22_000, "6 jam"), (172_799, "47 jam"), (172_800, "2 hari"), (3 * 86_400 + 9, "3 hari")),
    ],
)
def test_duration(seconds: int, text: str) -> None:
    assert duration(seconds) == text


def test_short_forms() -> None:
    assert short_moment(AT, "Asia/Jakarta") == "Sel 25 Nov 14.05"
    assert stamp(AT, "Asia/Jayapura") == "25-11-2025 16.05 WIT"
    assert stamp(0, "Asia/Jakarta") == "-"


def test_a_handful_has_no_percentage() -> None:
    assert share(4, 19) == ""
    assert share(4, 20) == "20%"


def test_summer_time_moves_the_offset() -> None:
    assert zone_name("Europe/Amsterdam", AT) == "UTC+1"
    assert zone_name("Europe/Amsterdam", AT - 150 * 86400) == "UTC+2"
