"""The calendar of newsrooms: hours and weekdays of a zone, holidays as Sundays, and the silence of Lebaran."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from shared.catalogue.holidays import FILE, rest_of
from shared.catalogue.make_holidays import days
from shared.detect.clock import is_lebaran, local_hour, weekday_of
from shared.model import DAY, HOUR, Seconds
from tests.detect.facts import AGENCY, judged, round_at
from tests.detect.test_fold import Folder

JAKARTA = "Asia/Jakarta"


def at(text: str, zone: str = JAKARTA) -> Seconds:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


@pytest.mark.parametrize(
    ("day", "weekday"),
    [
        ("2025-05-02", 4),  # a Friday
        ("2025-05-01", 6),  # Hari Buruh, a Thursday
        ("2025-04-18", 6),  # Jumat Agung
        ("2025-05-13", 6),  # cuti bersama
        ("2025-04-03", 6),  # in the week of Lebaran
        ("2025-04-09", 2),  # after it
        ("2031-01-01", 2),  # the table ends before
    ],
)
def test_holidays_are_sundays(day: str, weekday: int) -> None:
    assert weekday_of(at(f"{day}T09:00"), JAKARTA) == weekday
    assert local_hour(at(f"{day}T09:00"), JAKARTA) == (9, weekday)


def test_a_day_begins_where_the_agency_is() -> None:
    moment = at("2025-08-16T23:30")  # in Jayapura it is the seventeenth already
    assert (weekday_of(moment, JAKARTA), weekday_of(moment, "Asia/Jayapura")) == (5, 6)
    assert local_hour(moment, "Asia/Jayapura") == (1, 6)


def test_lebaran_is_a_week_and_more() -> None:
    days = [date(2026, month, day) for month in (3, 4) for day in range(1, 31) if rest_of(date(2026, month, day)) == "lebaran"]
    assert (days[0], days[-1], len(days)) == (date(2026, 3, 18), date(2026, 3, 28), 11)
    assert is_lebaran(at("2026-03-21T10:00"), JAKARTA)
    assert not is_lebaran(at("2026-03-17T10:00"), JAKARTA)


def test_the_silence_of_lebaran_does_not_become_what_is_usual() -> None:
    """Three negative items a day, none during the week of Idulfitri: afterwards three are still usual, and raise nothing."""

    def usual(start: Seconds, quiet: range) -> float:
        fold = Folder()
        for number in range(34 * 24):
            now = start + number * HOUR
            fold(now, round_at(now))
            if number % 8 == 3 and number // 24 not in quiet:
                fold(now + 60, judged(f"Pemkab Sagara dikeluhkan soal hal ke-{number}", now, "negative", number % 8))
        return sum(fold.state.baselines.expected(AGENCY, hour, 2) for hour in range(24))

    lebaran = usual(at("2026-02-23T00:00"), range(23, 34))  # ends with 28 March
    plain = usual(at("2026-05-28T00:00") + 14 * DAY, range(23, 34))
    assert lebaran > 2 * plain


def test_the_table_is_what_the_library_says() -> None:
    lines = [line.split("\t")[:2] for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines == [[day.isoformat(), kind] for day, kind, _ in days()]
