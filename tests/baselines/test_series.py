"""The arithmetic of one series."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.baselines.series import HOURLY_CAP, LEAST_SPREAD, SIZE, Series, log_ratio


def test_state_fits_the_budget() -> None:
    assert len(Series().pack()) == SIZE <= 200


def test_log_ratio_is_a_mixture_of_negative_binomials_of_one_spread() -> None:
    mean, spread, count = 4.0, 2.0, 6
    noise = spread + 0.01 * mean
    deviation = math.sqrt(noise * mean)

    def chance(mean: float) -> float:
        size = mean / (noise - 1)
        ways = math.gamma(count + size) / math.gamma(size) / math.factorial(count)
        return float(ways * (size / (size + mean)) ** size * (mean / (size + mean)) ** count)

    ratio = (2 / 3 * chance(mean + 2 * deviation) + 1 / 3 * chance(mean + 6 * deviation)) / chance(mean)
    assert log_ratio(count, mean, spread) == pytest.approx(0.9 * math.log(ratio))


def test_one_item_is_no_rise_however_little_is_usual() -> None:
    assert 0 < log_ratio(1, 1e-3, LEAST_SPREAD) < 1.1 * math.log(10) < 1.5 * math.log(10) < log_ratio(6, 1e-3, LEAST_SPREAD)


@given(count=st.integers(0, 500), mean=st.floats(1e-3, 2_000), spread=st.floats(LEAST_SPREAD, 20))
def test_more_items_speak_more_for_a_rise(count: int, mean: float, spread: float) -> None:
    assert log_ratio(count + 1, mean, spread) > log_ratio(count, mean, spread)
    assert log_ratio(0, mean, spread) < 0


def test_one_hour_is_capped() -> None:
    assert HOURLY_CAP < log_ratio(100, 1.0, 1.5) < 10 * HOURLY_CAP


def test_a_raised_level_becomes_the_usual_one() -> None:
    series = Series()
    for hour in range(40 * 24):
        count = 1.0 if hour < 20 * 24 else 3.0
        series.close(count, series.shape(hour % 24, hour // 24 % 7, 1.0), 1.0, hour % 24, hour // 24 % 7)
    assert series.shape(12, 3, 1.0).mean == pytest.approx(3.0, rel=0.15)


def test_a_single_burst_hardly_moves_the_baseline() -> None:
    series = Series()
    for hour in range(20 * 24):
        series.close(2.0, series.shape(hour % 24, hour // 24 % 7, 1.0), 1.0, hour % 24, hour // 24 % 7)
    before = series.shape(0, 6, 1.0)
    series.close(60.0, before, 1.0, 0, 6)
    assert series.shape(0, 6, 1.0).level == pytest.approx(before.level, rel=0.05)


def test_a_large_series_keeps_its_own_hours() -> None:
    """Twice as busy at eight in the evening, though all others are not."""
    series = Series()
    for hour in range(30 * 24):
        count = 40.0 if hour % 24 == 20 else 20.0
        series.close(count, series.shape(hour % 24, hour // 24 % 7, 1.0), 1.0, hour % 24, hour // 24 % 7)
    assert series.shape(20, 1, 1.0).mean == pytest.approx(40, rel=0.1)
    assert series.shape(10, 1, 1.0).mean == pytest.approx(20, rel=0.1)
