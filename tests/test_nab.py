"""NAB's score, by hand: windows, probation, false alarms, and which threshold a left-out series gets."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from benchmarks import nab
from benchmarks.nab import Series, left_out, normalised, points_of, scaled, tuned

TIMES = [300 * place for place in range(1000)]  # 150 of them are probation
SERIES = Series(TIMES, [0.0] * 1000, [(400, 499), (800, 899)])


def test_the_sigmoid_is_that_of_nab() -> None:
    assert scaled(-1) == pytest.approx(2 / (1 + math.exp(-5)) - 1) == pytest.approx(0.98661, abs=1e-5)
    assert scaled(-0.5) == pytest.approx(0.84828, abs=1e-5)
    assert scaled(0) == 0
    assert scaled(1) == pytest.approx(-0.98661, abs=1e-5)
    assert scaled(3) == pytest.approx(-1, abs=1e-6)
    assert scaled(3.01) == -1


def test_silence_is_nought_and_the_first_row_of_every_window_a_hundred() -> None:
    assert points_of(SERIES, []) == -2
    assert points_of(SERIES, [400, 800]) == 2
    assert (normalised(-2, 2), normalised(2, 2)) == (0, 100)


def test_only_the_earliest_alarm_of_a_window_counts() -> None:
    middle = scaled(-0.5) / scaled(-1)  # 50 of 100 rows are left
    assert points_of(SERIES, [450]) == pytest.approx(middle - 1)
    assert points_of(SERIES, [450, 460, 499]) == pytest.approx(middle - 1)
    assert points_of(SERIES, [499]) == pytest.approx(scaled(-0.01) / scaled(-1) - 1)


def test_false_alarms_cost_more_the_further_behind_a_window_they_are() -> None:
    assert points_of(SERIES, [149]) == -2  # probation
    assert points_of(SERIES, [150]) == pytest.approx(-2 - 0.11)  # no window before it
    assert points_of(SERIES, [598]) == pytest.approx(-2 + 0.11 * scaled(1))  # 99 rows behind one that is 99 long
    assert points_of(SERIES, [799]) == pytest.approx(-2 - 0.11)  # more than three widths
    assert points_of(SERIES, [900]) == pytest.approx(-2 + 0.11 * scaled(1 / 99))


def test_probation_ends_at_750_rows() -> None:
    long = Series(list(range(0, 3_000_000, 300)), [], [(5000, 5099)])
    assert points_of(long, [749]) == -1
    assert points_of(long, [750]) == pytest.approx(-1.11)


def test_a_left_out_series_has_no_say_in_its_threshold() -> None:
    series = {name: Series(TIMES, [], [(400, 499)]) for name in ("a", "b", "c")}
    found = {0.1: [400], 0.2: [450], 0.3: []}
    alarms = {"a": found, "b": found, "c": {0.1: [], 0.2: [400], 0.3: []}}
    middle = scaled(-0.5) / scaled(-1)
    assert tuned(series, alarms) == pytest.approx(normalised(2 * middle + 1, 3))  # 0.2
    assert left_out(series, alarms) == pytest.approx(normalised(2 * middle - 1, 3))  # 0.1 for c, which it does not suit


def test_without_the_series_there_are_no_figures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(nab, "DATA", tmp_path / "nowhere")
    monkeypatch.setattr(nab, "CHECKOUT", tmp_path / "nowhere")
    assert nab.run() == {}


def test_a_checkout_has_the_series_that_were_held_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stamps = [f"2015-02-26 {place // 12:02}:{place % 12 * 5:02}:53" for place in range(200)]
    windows = {}
    for name in ("AAPL", "CRM", "KO", "UPS"):
        file = tmp_path / "data" / "realTweets" / f"Twitter_volume_{name}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("timestamp,value\n" + "".join(f"{stamp},3\n" for stamp in stamps))
        windows[f"realTweets/{file.name}"] = [[f"{stamps[100]}.000000", f"{stamps[120]}.000000"]] * (1 + (name == "KO"))
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "combined_windows.json").write_text(json.dumps(windows))
    monkeypatch.setattr(nab, "CHECKOUT", tmp_path)
    monkeypatch.setattr(nab, "RESULTS", tmp_path / "results")
    assert nab.read()["KO"].windows == [(100, 120), (100, 120)]
    figures = nab.run()
    assert (figures["windows"], figures["held_out_windows"]) == (2, 3)
    assert (figures["fixed"], figures["held_out"], figures["held_out_chosen"], figures["all_left_out"]) == (0, 0, 0, 0)
