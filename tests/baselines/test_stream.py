"""Baselines as their callers see them."""

from __future__ import annotations

import random
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.baselines import Baselines
from shared.baselines.stream import LARGEST_PART
from shared.model import HOUR
from tests.baselines.rhythm import AGENCY, close, poisson, quiet, usual

SIAGA = 1.5


def hours_until_siaga(seed: int) -> int:
    """Hours from the start of a crisis of two more an hour, after two quiet weeks; 9 where eight were not enough."""
    chance, baselines = random.Random(seed), Baselines()
    start = 14 * 24 + 9 + seed % 8
    quiet(baselines, chance, start)
    for passed in range(8):
        count = usual(chance, start + passed, 4.5) + poisson(chance, 2.0)
        if close(baselines, start + passed, {AGENCY: count})[AGENCY].e >= SIAGA:
            return passed + 1
    return 9


def test_a_small_agency_is_warned_within_about_three_hours() -> None:
    delays = [hours_until_siaga(seed) for seed in range(25)]
    assert statistics.median(delays) <= 3
    assert sum(delay <= 8 for delay in delays) >= 24


def test_quiet_months_give_little_evidence_even_before_any_gate() -> None:
    alarms = 0
    for seed in range(20):
        last = -24
        for hour, evidence in enumerate(quiet(Baselines(), random.Random(seed), 30 * 24)):
            alarms += evidence >= SIAGA and hour - last >= 24
            last = hour if evidence >= SIAGA else last
    assert alarms / 20 < 1


def test_six_items_within_one_hour_reach_siaga_in_a_small_agency() -> None:
    baselines = Baselines()
    quiet(baselines, random.Random(3), 14 * 24 + 10, a_day=4.0)
    assert close(baselines, 14 * 24 + 10, {AGENCY: 6})[AGENCY].e >= SIAGA


def test_a_series_without_a_day_of_history_may_warn_but_not_alarm() -> None:
    baselines = Baselines()
    evidence = [close(baselines, hour, {AGENCY: 9})[AGENCY].e for hour in range(3)]
    assert 1.1 <= max(evidence) < SIAGA


def test_an_uncovered_hour_changes_nothing_but_the_clock() -> None:
    baselines = Baselines()
    quiet(baselines, random.Random(1), 100)
    before = close(baselines, 100, {AGENCY: 4})[AGENCY]
    expected = baselines.expected(AGENCY, 11, 4)
    silent = close(baselines, 101, {AGENCY: 0}, covered=False)[AGENCY]
    assert (silent.e, silent.hours_known, silent.observed) == (before.e, before.hours_known, 0)
    assert baselines.expected(AGENCY, 11, 4) == expected


def test_evidence_outlasts_a_long_silence_of_the_collector_but_not_six_empty_hours() -> None:
    baselines = Baselines()
    quiet(baselines, random.Random(1), 100)
    crisis = close(baselines, 100, {AGENCY: 9})[AGENCY].e
    for hour in range(101, 120):
        assert close(baselines, hour, {}, covered=False)[AGENCY].e == crisis
    for hour in range(120, 126):
        last = close(baselines, hour, {})[AGENCY].e
    assert last == 0


def test_silence_of_the_collector_is_not_learnt_as_quiet() -> None:
    seen, blind = Baselines(), Baselines()
    for baselines in (seen, blind):
        quiet(baselines, random.Random(1), 10 * 24, a_day=24)
    for hour in range(10 * 24, 12 * 24):
        close(seen, hour, {AGENCY: 0})
        close(blind, hour, {AGENCY: 0}, covered=False)
    assert seen.expected(AGENCY, 10, 0) < 0.8 * blind.expected(AGENCY, 10, 0)


def test_peek_raises_early_and_changes_nothing() -> None:
    baselines = Baselines()
    quiet(baselines, random.Random(5), 14 * 24 + 9)
    before, at = baselines.pack(), (14 * 24 + 9) * HOUR
    one = baselines.peek(at, 9, 0, {AGENCY: 1}, 0.01)[AGENCY]
    six = baselines.peek(at, 9, 0, {AGENCY: 6}, 0.5)[AGENCY]
    assert one.e < 1.1 < SIAGA <= six.e
    assert six.observed == 6
    assert six.expected == pytest.approx(0.5 * baselines.expected(AGENCY, 9, 0))
    assert baselines.pack() == before


def test_an_open_hour_without_items_does_not_lower() -> None:
    baselines = Baselines()
    quiet(baselines, random.Random(5), 14 * 24)
    closed = close(baselines, 14 * 24, {AGENCY: 5})[AGENCY]
    assert baselines.peek((14 * 24 + 1) * HOUR, 1, 0, {AGENCY: 0}, 0.1)[AGENCY].e == closed.e


def test_the_window_covers_the_present_rise() -> None:
    baselines = Baselines()
    for hour in range(60):
        close(baselines, hour, {AGENCY: 0})
    for hour in (60, 61):
        evidence = close(baselines, hour, {AGENCY: 3})[AGENCY]
    assert (evidence.window_hours, evidence.observed_recent) == (2, 6)
    assert 0 < evidence.expected_recent < 2
    peeked, whole = (baselines.peek(62 * HOUR, 14, 2, {AGENCY: 2}, elapsed)[AGENCY] for elapsed in (0.25, 1.0))
    assert (peeked.window_hours, peeked.observed_recent) == (3, 8)
    assert peeked.expected == pytest.approx(whole.expected / 4)
    assert peeked.expected_recent == pytest.approx(whole.expected_recent), "three hours are named, so three are told"
    for hour in range(62, 70):
        evidence = close(baselines, hour, {AGENCY: 3})[AGENCY]
    assert (evidence.window_hours, evidence.observed_recent) == (6, 18)


def test_late_items_only_raise() -> None:
    baselines, punctual = Baselines(), Baselines()
    for each in (baselines, punctual):
        quiet(each, random.Random(2), 14 * 24 + 12)
    now = 14 * 24 + 12
    close(baselines, now, {AGENCY: 1})
    before = close(baselines, now + 1, {AGENCY: 1})[AGENCY].e
    baselines.add_late(now * HOUR, {AGENCY: 4, "unknown": 1})
    close(punctual, now, {AGENCY: 5})
    close(punctual, now + 1, {AGENCY: 1})
    late = baselines.peek((now + 2) * HOUR, 14, 0, {}, 0.1)[AGENCY]
    assert late.e > before
    assert late.e == pytest.approx(punctual.peek((now + 2) * HOUR, 14, 0, {}, 0.1)[AGENCY].e, rel=0.1)
    assert late.observed_recent >= 6


@pytest.mark.parametrize("hours_ago", [-1, 6, 500])
def test_items_that_are_too_late_are_left_alone(hours_ago: int) -> None:
    baselines = Baselines()
    quiet(baselines, random.Random(2), 48)
    before = baselines.pack()
    baselines.add_late((47 - hours_ago) * HOUR, {AGENCY: 9})
    assert baselines.pack() == before


def test_late_items_of_an_uncovered_hour_say_nothing() -> None:
    baselines = Baselines()
    quiet(baselines, random.Random(2), 48)
    close(baselines, 48, {}, covered=False)
    before = baselines.pack()
    baselines.add_late(48 * HOUR, {AGENCY: 9})
    assert baselines.pack() == before


def test_a_closed_hour_stays_closed() -> None:
    baselines = Baselines()
    close(baselines, 5, {AGENCY: 1})
    with pytest.raises(ValueError, match="closed already"):
        close(baselines, 5, {AGENCY: 1})
    with pytest.raises(ValueError, match="closed already"):
        baselines.peek(4 * HOUR, 4, 0, {}, 0.5)


def test_an_unknown_series_is_expected_like_a_new_one() -> None:
    baselines = Baselines()
    assert baselines.expected("nobody", 10, 0) > baselines.expected("nobody", 3, 0) > 0


Hours = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(["33.99", "33.99|kesehatan", "BGN", "PU"]), st.integers(0, 40).map(float), max_size=4),
        st.booleans(),
        st.integers(0, 3),
    ),
    max_size=60,
)


@settings(max_examples=40)
@given(hours=Hours)
def test_a_restart_after_every_hour_changes_no_byte(hours: list[tuple[dict[str, float], bool, int]]) -> None:
    steady, restarted = Baselines(), Baselines()
    for hour, (counts, covered, late) in enumerate(hours):
        reordered = dict(reversed(counts.items()))
        assert close(steady, hour, counts, covered) == close(restarted, hour, reordered, covered)
        for baselines in (steady, restarted):
            baselines.add_late((hour - late) * HOUR, {"33.99": float(late)})
        parts = restarted.pack()
        assert parts == steady.pack()
        restarted = Baselines()
        restarted.unpack(parts)


def test_extreme_counts_fit_the_packed_state() -> None:
    baselines = Baselines()
    for hour in range(200):
        close(baselines, hour, {AGENCY: 1e9 if hour % 50 == 7 else 0.0})
    again = Baselines()
    again.unpack(baselines.pack())
    assert again.pack() == baselines.pack()


def test_packing_splits_into_parts_that_fit_a_document() -> None:
    baselines = Baselines()
    close(baselines, 0, {f"{number:05}|topik": float(number % 3) for number in range(9_000)})
    parts = baselines.pack()
    assert len(parts) > 1
    assert max(map(len, parts.values())) <= LARGEST_PART
    again = Baselines()
    again.unpack(parts)
    assert again.pack() == parts
    assert again.closed_at == 0


@pytest.mark.parametrize(
    "data", [b"", b"\x93\x01", b"\x96\x02\x00\x90\x90\x90\xc4\x00", b"\x96\x01\x00\x90\x90\x91\xa1a\xc4\x01x"]
)
def test_foreign_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="baselines-0"):
        Baselines().unpack({"baselines-0": data})


def test_a_new_series_is_heard_in_its_first_hour() -> None:
    baselines = Baselines()
    before = baselines.pack()
    assert (
        baselines.peek(9 * HOUR, 9, 0, {AGENCY: 1}, 0.1)[AGENCY].e
        < 1.1
        < baselines.peek(9 * HOUR, 9, 0, {AGENCY: 8}, 0.1)[AGENCY].e
        < SIAGA
    )
    assert baselines.pack() == before
