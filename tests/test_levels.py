"""Gates and impact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.config.schema import Thresholds
from shared.levels import Signals, alarming, gate, impact, outlets_needed, target
from shared.model import Level
from tests.signals import REGENCY, STORM

THRESHOLDS = Thresholds()


def test_six_local_outlets_within_an_hour_are_siaga_in_a_regency() -> None:
    assert 50 <= impact(REGENCY) < 80
    assert target(REGENCY, THRESHOLDS, 1) == Level.WASPADA
    assert target(REGENCY, THRESHOLDS, 2) == Level.SIAGA


def test_the_same_is_less_for_a_ministry_that_many_cover() -> None:
    assert impact(replace(REGENCY, outlets_usual=60, usual_reach=40.0)) < THRESHOLDS.siaga_impact


@pytest.mark.parametrize(
    ("signals", "streak", "level"),
    [
        (Signals(), 9, Level.NORMAL),
        (replace(REGENCY, evidence=1.09), 9, Level.NORMAL),
        (replace(REGENCY, evidence=1.1), 9, Level.WASPADA),
        (replace(REGENCY, evidence=1.49), 9, Level.WASPADA),
        (replace(REGENCY, outlets=4, spread=4, outlets_usual=13), 9, Level.NORMAL),
        (replace(REGENCY, outlets=4, spread=4, outlets_usual=8), 2, Level.SIAGA),
        (replace(REGENCY, outlets=40, behind=2), 9, Level.NORMAL),
        (replace(REGENCY, outlets=40, behind=6), 2, Level.SIAGA),
        (replace(REGENCY, negative=1), 2, Level.WASPADA),
        (STORM, 1, Level.AWAS),
        (replace(STORM, evidence=1.84, hours=8.0), 1, Level.SIAGA),
        (replace(STORM, national=False), 2, Level.SIAGA),
        (replace(STORM, national=False, kinds=2), 1, Level.AWAS),
        (replace(STORM, covered=False), 9, Level.NORMAL),
    ],
)
def test_gates(signals: Signals, streak: int, level: Level) -> None:
    assert target(signals, THRESHOLDS, streak) == level


@pytest.mark.parametrize(("usual", "needed"), [(0, 3), (9, 3), (10, 4), (12, 4), (13, 5), (80, 5)])
def test_outlets_are_scaled_to_those_that_usually_cover(usual: int, needed: int) -> None:
    assert outlets_needed(usual, THRESHOLDS) == needed


def test_a_lower_setting_of_outlets_wins() -> None:
    assert outlets_needed(80, Thresholds(outlets=2)) == 2


def test_few_items_prove_little_about_the_share() -> None:
    one = replace(REGENCY, negative=1, total=1)
    assert impact(one) < impact(REGENCY)
    assert impact(replace(REGENCY, negative=0, total=0)) < impact(one)


def test_unsure_items_are_not_in_the_share() -> None:
    assert Signals(negative=3, total=6, unsure=3).negative_share == 1.0
    assert Signals(unsure=2, total=2).negative_share == 0.0


def test_gate_of_normal_is_none() -> None:
    assert [gate(level, THRESHOLDS) for level in Level] == [0.0, 1.1, 1.5, 1.85]


Any = st.builds(
    Signals,
    evidence=st.floats(0, 40),
    negative=st.integers(0, 200),
    total=st.integers(0, 300),
    unsure=st.integers(0, 50),
    outlets=st.integers(0, 200),
    spread=st.integers(0, 200),
    outlets_usual=st.integers(0, 200),
    usual_share=st.floats(0, 1),
    recent=st.integers(0, 500),
    before=st.integers(0, 500),
    reach=st.floats(0, 1e4),
    usual_reach=st.floats(0, 1e4),
    kinds=st.integers(0, 3),
    national=st.booleans(),
    official=st.booleans(),
    hours=st.floats(0, 1e3),
)


@given(signals=Any)
def test_impact_is_a_score(signals: Signals) -> None:
    assert 0 <= impact(signals) <= 100


@given(signals=Any, streak=st.integers(0, 3))
def test_more_evidence_never_lowers(signals: Signals, streak: int) -> None:
    more = replace(signals, evidence=signals.evidence + 1)
    assert target(more, THRESHOLDS, streak) >= target(signals, THRESHOLDS, streak)


@given(signals=Any)
def test_alarming_is_siaga_but_for_the_second_evaluation(signals: Signals) -> None:
    assert alarming(signals, THRESHOLDS) == (target(signals, THRESHOLDS, 2) >= Level.SIAGA)


def test_outlets_that_do_not_stand_behind_it_alarm_nobody() -> None:
    assert not alarming(replace(REGENCY, outlets=40, behind=2), THRESHOLDS)
