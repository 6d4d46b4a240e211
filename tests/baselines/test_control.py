"""The common movement: measured against others, never against oneself."""

from __future__ import annotations

import random

import pytest

from shared.baselines import Baselines
from tests.baselines.rhythm import close, poisson

OTHERS = [f"other-{number:02}" for number in range(30)]
HOURS = 12 * 24


def learnt(keys: list[str], seed: int = 1, rate: float = 2.0) -> Baselines:
    """Twelve days of about two an hour for every key."""
    baselines, chance = Baselines(), random.Random(seed)
    for hour in range(HOURS):
        close(baselines, hour, {key: poisson(chance, rate) for key in keys})
    return baselines


def test_a_backlog_in_all_series_alarms_nobody() -> None:
    baselines = learnt(OTHERS)
    for passed in range(3):
        close(baselines, HOURS + passed, dict.fromkeys(OTHERS, 0.0))
    evidence = close(baselines, HOURS + 3, dict.fromkeys(OTHERS, 8.0))
    assert max(found.e for found in evidence.values()) < 1.1


def test_an_outage_of_all_teaches_nothing() -> None:
    baselines = learnt(OTHERS, rate=8.0)
    before = [baselines.expected(key, 12, 2) for key in OTHERS]
    for passed in range(5):
        close(baselines, HOURS + passed, dict.fromkeys(OTHERS, 0.0))
    assert [baselines.expected(key, 12, 2) for key in OTHERS] == pytest.approx(before, rel=0.02)


def test_a_crisis_of_one_agency_among_others_is_its_own() -> None:
    baselines = learnt(OTHERS)
    counts = {**dict.fromkeys(OTHERS, 2.0), "other-07": 20.0}
    evidence = close(baselines, HOURS, counts)
    assert evidence["other-07"].e >= 1.5
    assert max(found.e for key, found in evidence.items() if key != "other-07") < 1.1


def test_the_many_series_of_one_agency_are_no_control_for_it() -> None:
    topics = [f"33.99|{number:02}" for number in range(30)]
    baselines = learnt(topics)
    evidence = close(baselines, HOURS, dict.fromkeys(topics, 16.0))
    assert min(found.e for found in evidence.values()) >= 1.5


def test_fewer_than_twenty_foreign_series_are_no_control() -> None:
    few = OTHERS[:20]
    evidence = close(learnt(few), HOURS, dict.fromkeys(few, 16.0))
    assert min(found.e for found in evidence.values()) >= 1.5


def test_series_without_history_are_no_control() -> None:
    baselines = learnt(["33.99"])
    counts = dict.fromkeys(OTHERS, 8.0)
    close(baselines, HOURS, {**counts, "33.99": 2.0})
    assert close(baselines, HOURS + 1, {**counts, "33.99": 12.0})["33.99"].e >= 1.5


def test_a_common_drift_moves_the_expectation_of_all() -> None:
    usual, drifted = learnt(OTHERS), learnt(OTHERS)
    ordinary = close(usual, HOURS, dict.fromkeys(OTHERS, 2.0))
    evidence = close(drifted, HOURS, dict.fromkeys(OTHERS, 4.0))
    assert all(evidence[key].expected > 1.3 * ordinary[key].expected for key in OTHERS)
    assert max(found.e for found in evidence.values()) < 1.1
