"""The band of what is usual, as curves draw it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.baselines import Baselines
from shared.baselines.series import Series
from shared.model import HOUR


@given(st.floats(0, 1_000), st.floats(0, 1_000))
def test_the_edge_lies_above_the_mean_and_grows_with_it(one: float, other: float) -> None:
    series = Series()
    low, high = sorted((one, other))
    assert low <= series.most(low) <= series.most(high)


def test_few_hours_lie_beyond_the_edge_of_a_steady_series() -> None:
    baselines = Baselines()
    counts = [float((at * 7919) % 5) for at in range(28 * 24)]
    beyond = 0
    for at, count in enumerate(counts):
        beyond += at >= 14 * 24 and count > baselines.band("33.99", at % 24, at // 24 % 7)[1]
        baselines.step(at * HOUR, at % 24, at // 24 % 7, {"33.99": count}, True)
    assert beyond <= 14 * 24 * 0.1


def test_a_series_that_nobody_knows_has_an_edge_too() -> None:
    expected, most = Baselines().band("33.99", 0, 0)
    assert most > expected == Baselines().expected("33.99", 0, 0)
