"""Another officer takes one turn: until its end, over midnight, on holidays, in each zone; then the rotation goes on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.config.duty import Duty, Roster, Swap
from shared.config.schema import Agency, Config, ReceiverConfig
from shared.model import HOUR, Seconds
from shared.routing import route
from shared.routing.rosters import last_day, plan, running, turn_of
from tests.receivers.samples import OPENED

THREE = ("budi", "sari", "wayan")
WEEK = Roster(id="piket", officers=THREE, since="2026-11-09")  # from Monday, 23 November 2026 on: wayan
DAILY = replace(WEEK, turns="daily", hours="21.00-06.00", since="2026-11-26")  # Thursday: budi


def local(text: str, hours: int = 7) -> Seconds:
    """A moment, so many hours before UTC: "2026-11-26 08.00"."""
    return int(datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=UTC).timestamp()) - hours * HOUR


def told(roster: Roster, at: Seconds, zone: str = "Asia/Jakarta") -> str:
    """Who is told of an alert."""
    receivers = tuple(ReceiverConfig(id=id, kind="console") for id in THREE)
    agency = Agency(id=OPENED.agency, name="Kabupaten Sagara")
    config = Config(agencies=(agency,), receivers=receivers, zone=zone, duty=Duty(rosters=(roster,)))
    (one,) = route(replace(OPENED, at=at), config, (), at)
    return one.receiver


def swapped(roster: Roster, date: str, officer: str) -> Roster:
    """The roster with one more exception."""
    return replace(roster, swaps=(*roster.swaps, Swap(date=date, officer=officer)))


@pytest.mark.parametrize(
    ("roster", "at", "before", "after"),
    [
        (swapped(WEEK, "2026-11-26", "budi"), "2026-11-22 23.59", "sari", "sari"),
        (swapped(WEEK, "2026-11-26", "budi"), "2026-11-23 00.00", "wayan", "budi"),
        (swapped(WEEK, "2026-11-26", "budi"), "2026-11-29 23.59", "wayan", "budi"),
        (swapped(WEEK, "2026-11-26", "budi"), "2026-11-30 00.00", "budi", "budi"),  # as before, not once more
        (swapped(WEEK, "2026-11-26", "budi"), "2026-12-07 08.00", "sari", "sari"),
        (swapped(DAILY, "2026-11-26", "wayan"), "2026-11-26 21.00", "budi", "wayan"),
        (swapped(DAILY, "2026-11-26", "wayan"), "2026-11-27 05.59", "budi", "wayan"),  # over midnight: still that night
        (swapped(DAILY, "2026-11-26", "wayan"), "2026-11-27 21.00", "sari", "sari"),
        (swapped(replace(WEEK, turns="none"), "2026-11-26", "sari"), "2026-11-26 08.00", "budi", "sari"),
        (swapped(replace(WEEK, turns="none"), "2026-11-26", "sari"), "2026-11-27 08.00", "budi", "budi"),
        (swapped(swapped(WEEK, "2026-11-26", "budi"), "2026-11-24", "sari"), "2026-11-27 08.00", "wayan", "sari"),
    ],
)
def test_a_swap_holds_for_its_turn_alone(roster: Roster, at: str, before: str, after: str) -> None:
    assert told(replace(roster, swaps=()), local(at)) == before
    assert told(roster, local(at)) == after


@pytest.mark.parametrize(("zone", "hours"), [("Asia/Jakarta", 7), ("Asia/Makassar", 8), ("Asia/Jayapura", 9)])
def test_the_turn_ends_at_midnight_of_the_agency(zone: str, hours: int) -> None:
    roster = swapped(WEEK, "2026-11-26", "sari")
    assert told(roster, local("2026-11-29 23.59", hours), zone) == "sari"
    assert told(roster, local("2026-11-30 00.00", hours), zone) == "budi"


@pytest.mark.parametrize(
    ("roster", "at", "day"),
    [
        (WEEK, "2026-11-26 08.00", "2026-11-26"),
        (DAILY, "2026-11-27 05.59", "2026-11-26"),  # the night that began yesterday
        (DAILY, "2026-11-27 06.00", "2026-11-27"),  # the next one
        (replace(WEEK, hours="07.30-16.00"), "2026-11-26 16.00", "2026-11-27"),
        (replace(WEEK, days=("senin",)), "2026-11-26 08.00", "2026-11-30"),
        (replace(WEEK, days=("libur",)), "2026-11-26 08.00", "2026-12-25"),
        (replace(WEEK, days=("jumat", "senin")), "2026-12-24 08.00", "2026-12-28"),  # the Friday is a holiday
    ],
)
def test_the_duty_that_goes_on_or_comes_next(roster: Roster, at: str, day: str) -> None:
    assert running(roster, ("2026-12-25",), local(at), "Asia/Jakarta") == date.fromisoformat(day)


def test_a_roster_that_is_never_there() -> None:
    assert running(replace(WEEK, days=("libur",)), (), local("2026-11-26 08.00"), "Asia/Jakarta") is None


@given(st.sampled_from(["none", "daily", "weekly"]), st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.sampled_from(THREE))
def test_no_other_turn_changes_and_nobody_is_lost(turns: str, day: date, officer: str) -> None:
    roster = replace(WEEK, turns=turns, since="2026-11-25")
    other = swapped(roster, day.isoformat(), officer)
    agencies = (Agency(id="33.99", name="Kabupaten Sagara"),)
    for number in range(-9, 10):
        near = day + timedelta(days=number)
        ((_, before),) = plan(Config(agencies=agencies, duty=Duty(rosters=(roster,))), near)
        ((_, after),) = plan(Config(agencies=agencies, duty=Duty(rosters=(other,))), near)
        own = turn_of(roster, near) == turn_of(roster, day)
        assert after[0] == (officer if own else before[0])
        assert sorted(after) == sorted(THREE)
        assert [one for one in after if one != officer] == [one for one in before if one != officer] or not own
        assert (near <= last_day(roster, day)) == (turn_of(roster, near) <= turn_of(roster, day))
