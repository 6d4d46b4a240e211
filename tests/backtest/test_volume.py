"""What is told about a plain volume, with and without labelled crises."""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest

from shared.backtest.counts import Counts
from shared.backtest.drawing import axis, panels
from shared.backtest.page import page
from shared.backtest.past import Span
from shared.backtest.result import Backtest
from shared.backtest.telling import told
from shared.backtest.volume import volume_test
from shared.model import DAY, HOUR, Seconds

STEP: Seconds = 900
BURST: Seconds = 12 * DAY + 5 * HOUR
CRISIS = Span("Jembatan", BURST, BURST + 8 * HOUR)


def series(days: int = 20, left_out: range = range(0)) -> Counts:
    """Ten or so a step, and six hours of sixty."""
    chance = random.Random(5)
    amounts = {
        at: chance.randint(7, 13) + 50 * (BURST <= at < BURST + 6 * HOUR)
        for at in range(0, days * DAY, STEP)
        if at not in left_out
    }
    return Counts(list(amounts), list(amounts.values()), STEP, [])


def outcome(counts: Counts, *crises: Span) -> Backtest:
    return volume_test(counts, crises, name="Kabupaten Sagara", file="jumlah.csv", zone="Asia/Jakarta")


def test_a_burst_is_one_alarm_with_its_size() -> None:
    result = outcome(series())
    [alert] = result.alerts
    assert BURST < alert.alarm_at <= BURST + HOUR
    assert (alert.kind, alert.verdict) == ("volume", "unjudged")
    assert "biasanya" in alert.reasons[0]
    assert "tertinggi 2" in alert.reasons[1]  # four steps of sixty
    assert result.peaks == ()
    assert (result.figures.alarms, result.figures.false_a_month) == (1, None)
    assert sum(hour.total for hour in result.hours) == result.about == sum(series().counts)


@dataclass(frozen=True)
class Case:
    """Labelled crises, and what becomes of the alarm."""

    crisis: Span
    verdict: str
    found: int
    false: int


@pytest.mark.parametrize(
    "case",
    [
        Case(CRISIS, "peak", 1, 0),
        Case(CRISIS._replace(start=4 * DAY, end=5 * DAY), "false", 0, 1),
        Case(CRISIS._replace(start=DAY // 2, end=DAY), "false", 0, 1),  # in the days of learning
    ],
)
def test_labelled_crises_judge(case: Case) -> None:
    result = outcome(series(), case.crisis)
    assert [alert.verdict for alert in result.alerts] == [case.verdict]
    assert (result.figures.peaks_found, result.figures.false_alarms) == (case.found, case.false)


def test_a_short_crisis_has_its_height_within_it_and_one_lead() -> None:
    result = outcome(series(), Span("Jembatan", BURST, BURST + HOUR))
    [peak], [alert] = result.peaks, result.alerts
    assert BURST <= peak.at <= BURST + HOUR
    assert alert.lead == peak.lead == peak.at - alert.alarm_at
    assert result.figures.median_lead == 0  # less than an hour, before or after
    assert sum("tepat pada puncaknya" in line for line in told(result)) == 3


def test_what_is_left_out_is_unknown_and_not_quiet() -> None:
    gap = range(13 * DAY, 28 * DAY, STEP)  # half of the fortnights around the burst
    lost = Span("Pasar", 15 * DAY, 16 * DAY - 1)
    result = outcome(series(40, gap), CRISIS, lost)
    [peak] = result.peaks
    assert (peak.name, result.unseen) == ("Jembatan", ("Pasar (Jumat, 16 Januari 1970)",))
    assert peak.usual > 900
    assert sum(not hour.known for hour in result.hours) == 15 * 24
    assert result.figures.days == 40 - 15 - 2
    assert any("tidak dinilai: Pasar" in line for line in told(result))
    drawn = page(result)
    assert drawn.count("<td>–</td><td>–</td>") == 14  # whole days in Jakarta
    assert not outcome(series(), CRISIS).unseen


def test_told_and_drawn() -> None:
    missing = series(left_out=range(3 * DAY, 3 * DAY + 10 * STEP, STEP))
    for result in (outcome(missing), outcome(missing, CRISIS)):
        text = "\n".join(told(result))
        assert "1.910 langkah 15 menit" in text
        assert "10 langkah tidak ada" in text
        assert "LONJAKAN" in text
        drawn = page(result)
        assert "negatif" not in (text + drawn).lower()
        assert ("Puncak (1)" in drawn) == ("Puncak (1)" in text) == result.labelled
        assert sum(len(panel.marks) for panel in panels(result)) == 1
        assert not any(panel.bands for panel in panels(result))


def test_large_counts_fit_beside_their_lines() -> None:
    assert [axis(value) for value in (0, 800, 8_000, 40_000, 300_000, 1_500_000)] == [
        "0",
        "800",
        "8.000",
        "40 rb",
        "300 rb",
        "1,5 jt",
    ]
