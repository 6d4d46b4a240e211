"""Geometry of the hourly curve, and the bars of tones."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from shared.dashboard.curve import HEIGHT, plot
from shared.dashboard.tones import parts
from shared.model import HOUR
from shared.views import HourPoint, Tones
from tests.dashboard.samples import NOW, ZONE

START = NOW - NOW % HOUR


def points(*totals: int, gaps: tuple[int, ...] = (), expected: float = 0.5) -> list[HourPoint]:
    """Consecutive hours with these totals, half of them negative."""
    return [HourPoint(START + i * HOUR, n, n // 2, expected, i not in gaps) for i, n in enumerate(totals)]


def test_bars_stand_on_the_axis_and_fit_below_the_top() -> None:
    curve = plot(points(0, 2, 9), ZONE)
    assert curve.top == 10
    assert [(bar.x, bar.width, bar.total, bar.negative) for bar in curve.bars] == [
        (36.67, 26.67, 30.0, 15.0),
        (70.0, 26.67, 135.0, 60.0),
    ]
    assert curve.bars[1].words == "Rab 25 Nov 17.00: 9 berita, 4 negatif (biasanya 0,5)"


def test_hours_without_coverage_are_gaps_and_say_nothing() -> None:
    curve = plot(points(5, 5, 5, 5, gaps=(1, 2)), ZONE)
    assert curve.gaps == ((25.0, 50.0),)
    assert len(curve.bars) == 2
    assert curve.summary == (
        "4 jam: 20 berita, 8 negatif (biasanya 1); puncak 5 berita pada Rab 25 Nov 15.00; data 2 jam tidak lengkap."
    )  # as many as the day's tones count


def test_separate_gaps_stay_separate() -> None:
    assert plot(points(0, 0, 0, 0, gaps=(0, 2, 3)), ZONE).gaps == ((0.0, 25.0), (50.0, 50.0))


def test_nothing_known_is_said_so() -> None:
    assert plot(points(1, gaps=(0,)), ZONE).summary == "1 jam: 1 berita, 0 negatif; data 1 jam tidak lengkap."
    assert plot(points(0, gaps=(0,)), ZONE).summary == "Tidak ada jam yang datanya lengkap."
    assert plot([], ZONE).bars == ()


def test_days_are_named_at_local_midnight() -> None:
    ticks = plot(points(*[0] * 24), ZONE).ticks
    assert [(tick.hour, tick.day) for tick in ticks] == [(18, ""), (0, "Kam 26 Nov"), (6, ""), (12, "")]
    assert plot(points(*[0] * 24), "Asia/Jayapura").ticks[1].x < ticks[1].x


def test_a_day_near_the_right_edge_goes_without_its_month() -> None:
    ticks = plot(points(*[0] * 12), ZONE).ticks
    assert [(tick.x, tick.day) for tick in ticks if tick.hour == 0] == [(75.0, "Kam 26")]


def test_the_expected_line_is_steps() -> None:
    assert plot(points(4, 4, expected=2.0), ZONE).expected == "M0 75.0H1L1 75.0H2"


def test_the_band_is_the_area_below_its_edge() -> None:
    hours = [HourPoint(START, 1, 0, 1.0, True, 2.0), HourPoint(START + HOUR, 1, 0, 1.0, True, 4.0)]
    assert plot(hours, ZONE).band == "M0 75.0H1L1 0.0H2V150H0Z"
    assert plot(points(1, 2), ZONE).band == ""


@given(st.lists(st.tuples(st.integers(0, 5_000), st.floats(0, 2_000), st.booleans()), max_size=48))
def test_everything_stays_inside_the_drawing(values: list[tuple[int, float, bool]]) -> None:
    curve = plot([HourPoint(START + i * HOUR, n, n, e, c) for i, (n, e, c) in enumerate(values)], ZONE)
    assert all(bar.x >= 0 and bar.x + bar.width <= 100.02 and 0 < bar.total <= HEIGHT for bar in curve.bars)
    assert all(x + width <= 100.02 for x, width in curve.gaps)
    assert all(0 <= float(y) <= HEIGHT for y in re.findall(r"[ML]\d+ (-?[\d.]+)", curve.expected))


@given(*(st.integers(0, 1_000),) * 5)
def test_the_parts_of_a_bar_fill_it(negative: int, neutral: int, positive: int, unsure: int, unscored: int) -> None:
    tones = Tones(negative, neutral, positive, unsure + unscored, unscored)
    bar = parts(tones)
    assert sum(part.count for part in bar) == tones.total
    assert abs(sum(part.width for part in bar) - (100 if tones.total else 0)) < 0.05
    assert [part.key for part in bar] == ["negative", "neutral", "positive", "unsure", "unscored"]
