"""Peaks, alerts against them, and the figures that follow."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.backtest.drawing import timeline
from shared.backtest.judging import alerts_of, figures_of, judged
from shared.backtest.past import Span
from shared.backtest.peaks import found_peaks, labelled_peaks
from shared.backtest.result import Alert, Hour, Peak
from shared.model import DAY, HOUR, AlertKind, Change, Level, Seconds, Transition

START: Seconds = 1_760_000_400 - 1_760_000_400 % DAY
LEARNT = START + 14 * DAY


def hours(counts: list[float]) -> list[Hour]:
    return [Hour(START + place * HOUR, int(count), count, 0.5) for place, count in enumerate(counts)]


def quiet(days: int) -> list[float]:
    """Two negative items a day."""
    return ([1.0] + [0.0] * 11) * 2 * days


def crisis(counts: list[float], day: int, size: float = 3.0) -> list[float]:
    """The counts with eight hours of a rise from that day's 09.00."""
    first = day * 24 + 9
    return [count + size * (first <= place < first + 8) for place, count in enumerate(counts)]


def change(at: Seconds, to: Level, before: Level, number: int, alert: str = "a", kind: AlertKind = "issue") -> Transition:
    said: Change = "opened" if number == 1 else "raised" if to > before else "lowered" if to else "resolved"
    return Transition(
        f"{alert}{number}", alert, number, kind, "33.99", "Kabupaten Sagara", "i1", "Keracunan di Lembah Angin", at, said,
        before, to, ("6 media independen",), 2.0, 6.0, 0.4, 3, 6, 9, 0, 6, "Warta Sagara", at, "https://a.example/1",
    )  # fmt: skip


def life(alert: str, opened: Seconds, alarm: Seconds = 0, ended: Seconds = 0, kind: AlertKind = "issue") -> list[Transition]:
    steps = [change(opened, Level.NORMAL if kind == "watchword" else Level.WASPADA, Level.NORMAL, 1, alert, kind)]
    if alarm:
        steps.append(change(alarm, Level.SIAGA, Level.WASPADA, 2, alert))
    if ended:
        steps.append(change(ended, Level.NORMAL, steps[-1].to_level, 3, alert))
    return steps


def test_a_rise_is_a_peak_and_the_quiet_around_it_is_none() -> None:
    [peak] = found_peaks(hours(crisis(quiet(40), 20)), LEARNT)
    day = START + 20 * DAY
    assert day + 9 * HOUR <= peak.start < peak.at < day + 18 * HOUR <= peak.end
    assert (peak.observed, peak.usual, peak.learning) == (26.0, 2.0, False)


def test_two_items_more_are_no_peak_and_neither_is_a_louder_month() -> None:
    assert found_peaks(hours(crisis(quiet(40), 20, 0.25)), LEARNT) == []
    assert found_peaks(hours([3 * count for count in quiet(40)]), LEARNT) == []


def test_rises_less_than_a_day_apart_are_one() -> None:
    days = [crisis(crisis(quiet(40), 20), last) for last in (21, 24)]
    assert [len(found_peaks(hours(one), LEARNT)) for one in days] == [1, 2]


def test_labels_say_where_the_peaks_are() -> None:
    spans = [Span("Pasar", START + 19 * DAY, START + 22 * DAY), Span("Lain tahun", 1, 2)]
    [peak] = labelled_peaks(spans, hours(crisis(quiet(40), 20)), LEARNT)
    assert (peak.name, peak.start, peak.end) == ("Pasar", START + 19 * DAY, START + 22 * DAY)
    assert START + 20 * DAY + 9 * HOUR < peak.at < START + 20 * DAY + 17 * HOUR


def test_no_height_lies_before_its_label_or_behind_it() -> None:
    first = START + 20 * DAY + 9 * HOUR  # the rise
    spans = [Span("awal", first, first + HOUR), Span("sesudahnya", first + 30 * HOUR, first + 31 * HOUR)]
    for peak in labelled_peaks(spans, hours(crisis(quiet(40), 20)), LEARNT):
        assert peak.start <= peak.at <= peak.end


@given(st.lists(st.sampled_from([0.0, 0.0, 1.0, 4.0]), min_size=1, max_size=400))
def test_peaks_lie_within_the_file_in_order_and_apart(counts: list[float]) -> None:
    peaks = found_peaks(hours(counts), LEARNT)
    assert all(START <= peak.at <= START + len(counts) * HOUR for peak in peaks)
    assert all(left.end + 22 * HOUR <= right.start for left, right in pairwise(peaks))


def results(*lives: list[Transition], days: int = 44) -> tuple[list[Alert], list[Peak]]:
    """Alerts and peaks of a file with one crisis on its 21st day."""
    peaks = found_peaks(hours(crisis(quiet(days), 20)), LEARNT)
    transitions = sorted((one for steps in lives for one in steps), key=lambda one: one.at)
    return judged(alerts_of(transitions, START + days * DAY), peaks, LEARNT)


DAY_20 = START + 20 * DAY
TRUE = life("a", DAY_20 + 9 * HOUR, DAY_20 + 10 * HOUR, DAY_20 + 30 * HOUR)
FALSE = life("b", START + 35 * DAY, START + 35 * DAY + HOUR)
YOUNG = life("c", START + 2 * DAY, START + 2 * DAY + HOUR, START + 3 * DAY)
WATCHWORD = life("d", DAY_20 + 8 * HOUR, kind="watchword")
WARNING = life("e", START + 30 * DAY, ended=START + 31 * DAY)


def test_an_alarm_at_a_peak_is_true_and_one_elsewhere_is_false() -> None:
    alerts, [peak] = results(TRUE, FALSE, YOUNG, WATCHWORD, WARNING)
    assert [alert.verdict for alert in alerts] == ["learning", "watchword", "peak", "false", "false"]
    assert [alert.number for alert in alerts] == [1, 2, 3, 4, 5]
    assert (peak.alert, peak.lead) == (3, peak.at - (DAY_20 + 10 * HOUR))
    assert not alerts[4].ended
    assert alerts[4].ended_at == START + 44 * DAY


def test_the_figures_count_what_came_after_the_days_of_learning() -> None:
    figures = figures_of(*results(TRUE, FALSE, YOUNG, WATCHWORD, WARNING), 30 * DAY)
    assert (figures.days, figures.alarms, figures.false_alarms, figures.false_a_month) == (30.0, 2, 1, 1.01)
    assert (figures.warnings, figures.false_warnings, figures.watchwords) == (1, 1, 1)
    assert (figures.peaks, figures.peaks_found, figures.peaks_before) == (1, 1, 1)


def test_a_short_file_says_nothing_about_a_month() -> None:
    figures = figures_of([], [], 3 * DAY)
    assert figures.false_a_month is None
    assert figures.median_lead is None


def test_a_long_crisis_has_many_alerts_that_belong_to_it() -> None:
    again = life("f", DAY_20 + 40 * HOUR, DAY_20 + 41 * HOUR, DAY_20 + 44 * HOUR)
    alerts, [peak] = results(TRUE, again)
    assert [alert.verdict for alert in alerts] == ["peak", "peak"]
    assert peak.alert == 1
    late = alerts[1].lead
    assert late is not None and late < 0  # noqa: PT018 - one statement about one number


def test_an_alert_that_ended_in_another_does_so_when_that_is_told() -> None:
    heir = life("h", START + 35 * DAY, START + 36 * DAY, START + 37 * DAY)
    heir[1:] = [replace(one, took=("b",)) for one in heir[1:]]
    taken = alerts_of([*FALSE, *heir], START + 44 * DAY)[0]
    assert (taken.ended, taken.ended_at) == (True, START + 36 * DAY)


def test_the_band_shows_the_highest_level_of_all_alerts() -> None:
    alerts = alerts_of([*TRUE, *life("g", DAY_20 + 20 * HOUR, ended=DAY_20 + 40 * HOUR), *WATCHWORD], START + 44 * DAY)
    stretches = [((start - DAY_20) // HOUR, (end - DAY_20) // HOUR, level) for start, end, level in timeline(alerts)]
    assert stretches == [(9, 10, "waspada"), (10, 30, "siaga"), (30, 40, "waspada")]
