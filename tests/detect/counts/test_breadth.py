"""How broad an issue is, and what that is worth as evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.detect.counts.breadth import LEAST, YOUNG_HOURS, YOUNG_LIMIT, Breadths, broadest, evidence
from shared.detect.counts.dossiers import Dossier
from shared.detect.counts.outlets import Outlet
from shared.model import DAY, HOUR, Seconds

NOW: Seconds = 500_000 * HOUR


def dossier(*against_at: Seconds, agency: str = "33.99", prefix: str = "Kabar") -> Dossier:
    """A file with one outlet for each time of a last negative text."""
    found = Dossier(NOW, f"{prefix} 0", "https://kabar.example/", NOW, agencies={agency: 1})
    found.outlets = {f"{prefix} {number}": Outlet(at, at, at, at, 1000, False, "news") for number, at in enumerate(against_at)}
    return found


def learnt(hours: int, outlets: int) -> Breadths:
    """Hours in which the broadest issue had so many outlets."""
    breadths = Breadths()
    for _ in range(hours):
        breadths.learn("33.99", {"a": outlets, "": outlets})
    return breadths


def test_the_breadth_of_an_agency_counts_each_outlet_once() -> None:
    found = broadest({"a": dossier(NOW, NOW, NOW), "b": dossier(NOW, NOW)}, NOW)
    assert found == {"33.99": {"a": 3, "b": 2, "": 3}}


def test_only_outlets_of_the_last_day_count() -> None:
    since = NOW - DAY + HOUR
    assert broadest({"a": dossier(since, since - 1, NOW)}, NOW) == {"33.99": {"a": 2, "": 2}}


def test_outlets_of_a_matter_of_two_agencies_count_for_each_as_often_as_it_is_named() -> None:
    both = dossier(*[NOW] * 10)
    both.agencies, both.total.negative = {"33.99": 9, "33.98": 3, "33.97": 0}, 12
    found = broadest({"a": both, "b": dossier(NOW, agency="33.98", prefix="Warta")}, NOW)
    assert found == {"33.99": {"a": 8, "": 8}, "33.98": {"a": 2, "b": 1, "": 3}}


def test_an_outlet_that_says_nothing_negative_does_not_count() -> None:
    assert broadest({"a": dossier(0, 0, 0, 0)}, NOW) == {}


@given(st.integers(0, 200), st.floats(LEAST, 50))
def test_more_outlets_never_say_less(outlets: int, usual: float) -> None:
    assert 0 <= evidence(outlets, usual) <= evidence(outlets + 1, usual)
    assert evidence(outlets + 1, usual + 1) <= evidence(outlets + 1, usual)


def test_nine_outlets_where_three_are_usual_are_siaga_and_six_are_nothing() -> None:
    assert evidence(6, 3.0) < 1.1
    assert 1.5 <= evidence(9, 3.0) < 1.85


def test_seven_outlets_of_a_small_regency_are_siaga() -> None:
    small = learnt(17 * 24, 1)
    assert small.usual("33.99", "a") == LEAST
    said = [small.evidence("33.99", {"a": outlets})["a"] for outlets in (5, 6, 7, 8)]
    assert said[0] < 1.1 <= said[1] < 1.5 <= said[2] < 1.85 <= said[3]


def test_a_young_agency_is_warned_not_alarmed() -> None:
    found = {"a": 30, "": 30}
    assert learnt(YOUNG_HOURS // 2, 0).evidence("33.99", found)["a"] == YOUNG_LIMIT
    assert learnt(2 * YOUNG_HOURS, 0).evidence("33.99", found)["a"] > YOUNG_LIMIT


def test_a_loud_agency_needs_more() -> None:
    found = {"a": 9, "": 9}
    assert learnt(500, 8).evidence("33.99", found)["a"] < 0.2 < learnt(500, 2).evidence("33.99", found)["a"]


def test_one_crisis_does_not_become_what_is_usual() -> None:
    breadths = learnt(1000, 3)
    before = breadths.usual("33.99", "a")
    for _ in range(24):
        breadths.learn("33.99", {"a": 60, "": 60})
    assert breadths.usual("33.99", "a") == pytest.approx(before, rel=0.05)


def test_what_is_told_is_what_was_seen() -> None:
    assert learnt(500, 1).learnt("33.99", "a") == pytest.approx(1)
    assert learnt(500, 8).learnt("33.99", "a") == pytest.approx(8, rel=0.05)
    assert 0 < learnt(500, 0).learnt("33.99", "a") < 0.05, "told as hardly any"
    assert learnt(0, 0).learnt("33.99", "a") == LEAST


def test_what_is_usual_never_falls_below_the_least() -> None:
    assert learnt(5000, 0).usual("33.99", "a") == LEAST
