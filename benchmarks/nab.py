"""Volumes of tweets from the Numenta Anomaly Benchmark (NAB), scored as NAB scores them, in its standard profile.

Five series of counts at steps of five minutes, with the windows in which NAB's people see something unusual: in
../shared/data/nab; without it there are no figures. The rule of the score (numenta/NAB, `nab/sweeper.py`, `nab/runner.py`): the
earliest alarm in a window earns up to 1, the earlier the more; a window without one costs 1; an alarm elsewhere up to 0.11, the
further behind a window the more. Alarms in the first 15 % of a file, 750 rows at most, are not looked at. 0 is what a
detector that never speaks gets, 100 a perfect one.

`left_out` is the honest figure: for each series the threshold that is best on the other four. `tuned` has the one that is best on
all five, as figures are often published; `fixed` is `shared/baselines/volumes.py` as it stands. Detectors whose results lie in a
checkout of numenta/NAB at build/NAB stand beside them.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.table import OF
from shared.baselines.volumes import Volume
from shared.model import Seconds

ROOT: Final = Path(__file__).parents[1]
DATA: Final = ROOT.parent / "shared" / "data" / "nab"
RESULTS: Final = ROOT / "build" / "NAB" / "results"
PEERS: Final = ("numenta", "twitterADVec", "contextOSE", "randomCutForest", "ARTime")  # folders there
FALSE_ALARM: Final = 0.11
PROBATION: Final = 0.15
MOST_PROBATION: Final = 750  # rows
THRESHOLDS: Final = tuple(number / 10 for number in range(-10, 21))
MOST_THRESHOLDS: Final = 400  # of a peer

Times = Sequence[Seconds]
Alarms = Mapping[str, Mapping[float, Sequence[int]]]  # by series and threshold, the places of the alarms


class Series(NamedTuple):
    """A file of NAB."""

    times: Times
    counts: Sequence[float]
    windows: Sequence[tuple[int, int]]  # first and last place


def run() -> dict[str, float]:
    """Figures by name; those of a peer are called `figure of peer`."""
    if not DATA.is_dir():
        sys.stderr.write(f"nab: no series at {DATA}\n")
        return {}
    series = read(DATA)
    own = {name: {one: alarms(of, one) for one in THRESHOLDS} for name, of in series.items()}
    fixed = {name: found[0.0] for name, found in own.items()}
    figures = {
        "left_out": left_out(series, own),
        "tuned": tuned(series, own),
        "fixed": total(series, fixed),
        "windows": sum(len(one.windows) for one in series.values()),
        "windows_found": sum(_found(one, fixed[name]) for name, one in series.items()),
        "alarms_outside": sum(_outside(one, fixed[name]) for name, one in series.items()),
    }
    for peer in PEERS:
        if (RESULTS / peer).is_dir():
            theirs = results(peer, series)
            figures |= {f"left_out{OF}{peer}": left_out(series, theirs), f"tuned{OF}{peer}": tuned(series, theirs)}
    return {name: round(value, 1) for name, value in figures.items()}


def alarms(series: Series, threshold: float) -> list[int]:
    """Where `Volume` gives an alarm."""
    volume = Volume(min(after - before for before, after in pairwise(series.times)))
    steps = enumerate(zip(series.times, series.counts, strict=True))
    return [place for place, (at, count) in steps if volume.add(at, count, threshold).alarm]


def left_out(series: Mapping[str, Series], alarms: Alarms) -> float:
    """The score, each series with the threshold that is best on all others; the middle one where several are."""
    chosen = {name: _best({other: series[other] for other in series if other != name}, alarms) for name in series}
    return total(series, {name: alarms[name][chosen[name]] for name in series})


def tuned(series: Mapping[str, Series], alarms: Alarms) -> float:
    """The score with the one threshold that is best on all of them: what is often published."""
    best = _best(series, alarms)
    return total(series, {name: alarms[name][best] for name in series})


def _best(series: Mapping[str, Series], alarms: Alarms) -> float:
    thresholds = list(alarms[min(series)])
    totals = [total(series, {name: alarms[name][one] for name in series}) for one in thresholds]
    best = [one for one, value in zip(thresholds, totals, strict=True) if value >= max(totals) - 1e-9]
    return best[len(best) // 2]


def _found(series: Series, places: Sequence[int]) -> int:
    return sum(any(first <= place <= last for place in places) for first, last in series.windows)


def _outside(series: Series, places: Sequence[int]) -> int:
    return sum(not any(first <= place <= last for first, last in series.windows) for place in places)


def total(series: Mapping[str, Series], alarms: Mapping[str, Sequence[int]]) -> float:
    """The score of these alarms."""
    points = sum(points_of(one, alarms[name]) for name, one in series.items())
    return normalised(points, sum(len(one.windows) for one in series.values()))


def normalised(points: float, windows: int) -> float:
    """From -windows .. windows to 0 .. 100."""
    return 50 * (points + windows) / windows


def points_of(series: Series, alarms: Sequence[int]) -> float:
    """NAB's points of one series: -1 for each missed window, up to 1 for each found one, -0.11 at worst for a false alarm."""
    rows = len(series.times)
    first = min(math.floor(PROBATION * rows), MOST_PROBATION)
    earned = [-1.0] * len(series.windows)
    cost = 0.0
    for place in alarms:
        if place < first:
            continue
        inside = next((number for number, (start, end) in enumerate(series.windows) if start <= place <= end), None)
        if inside is None:
            cost += FALSE_ALARM * _behind(series.windows, place)
        else:
            start, end = series.windows[inside]
            earned[inside] = max(earned[inside], scaled(-(end - place + 1) / (end - start + 1)) / scaled(-1))
    return sum(earned) + cost


def _behind(windows: Sequence[tuple[int, int]], place: int) -> float:
    """What an alarm outside of all windows is worth: -1 far behind the last window, or where none came before."""
    before = [window for window in windows if window[1] < place]
    if not before:
        return -1.0
    start, end = max(before)
    return scaled((place - end) / (end - start))


def scaled(position: float) -> float:
    """NAB's sigmoid: 0.987 at a window's left edge (-1), 0 at its right one, -1 from three widths behind it on."""
    return -1.0 if position > 3 else 2 / (1 + math.exp(5 * position)) - 1


def read(folder: Path) -> dict[str, Series]:
    """The series of a folder: NAME.csv.gz (timestamp, value) and windows.json, by name."""
    windows = json.loads((folder / "windows.json").read_text(encoding="utf-8"))
    found: dict[str, Series] = {}
    for name in sorted(windows):
        with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as lines:
            rows = [(_time(row["timestamp"]), float(row["value"])) for row in csv.DictReader(lines)]
        places = {at: place for place, (at, _) in enumerate(rows)}
        edges = [(places[_time(start)], places[_time(end)]) for start, end in windows[name]]
        found[name] = Series([at for at, _ in rows], [count for _, count in rows], edges)
    return found


def _time(text: str) -> Seconds:
    return int(datetime.fromisoformat(text[:19]).replace(tzinfo=UTC).timestamp())


def results(peer: str, series: Mapping[str, Series]) -> Alarms:
    """The alarms of a detector whose results lie in the checkout, at the thresholds that make a difference."""
    scores = {name: _scores(RESULTS / peer / "realTweets" / f"{peer}_Twitter_volume_{name}.csv") for name in series}
    high = sorted({score for found in scores.values() for score in sorted(found)[-MOST_THRESHOLDS:]})
    thresholds = high[:: max(1, len(high) // MOST_THRESHOLDS)]
    return {
        name: {one: [place for place, score in enumerate(found) if score >= one] for one in thresholds}
        for name, found in scores.items()
    }


def _scores(file: Path) -> list[float]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [float(row["anomaly_score"]) for row in csv.DictReader(lines)]


if __name__ == "__main__":
    json.dump(run(), sys.stdout, indent=2)
    print()
