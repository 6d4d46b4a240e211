"""Volumes of tweets from the Numenta Anomaly Benchmark (NAB), scored as NAB scores them, in its standard profile.

Series of counts at steps of five minutes, with the windows in which NAB's people see something unusual: ten where a checkout of
numenta/NAB (ea702d7) lies at build/NAB, else the five of ../shared/data/nab; without both there are no figures. The rule of the
score (`nab/sweeper.py`, `nab/runner.py`): the earliest alarm in a window earns up to 1, the earlier the more; a window without
one costs 1; an alarm elsewhere up to 0.11, the further behind a window the more. Alarms in the first 15 % of a file, 750 rows at
most, are not looked at. 0 is what a detector that never speaks gets, 100 a perfect one.

`held_out` is the honest figure: `shared/baselines/volumes.py` as it stands on the other five, HELD_OUT, which were looked at
once, after everything was chosen. `held_out_chosen` has the threshold that is best on the first five, `held_out_left_out` for
each of them the one that is best on the other four, `all_left_out` for each of the ten the best on the other nine. Figures
without a prefix are of the first five, on which some 170 variants were tried, so they are too good: `left_out`, `tuned` with the
one threshold that is best on all five, as figures are often published, and `fixed` as it stands. Detectors whose results lie in
the checkout stand beside them.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple, TextIO

from benchmarks.table import OF
from shared.baselines.volumes import Volume
from shared.model import Seconds

ROOT: Final = Path(__file__).parents[1]
DATA: Final = ROOT.parent / "shared" / "data" / "nab"
CHECKOUT: Final = ROOT / "build" / "NAB"
RESULTS: Final = CHECKOUT / "results"
PREFIX: Final = "Twitter_volume_"  # of files
HELD_OUT: Final = ("GOOG", "IBM", "KO", "PFE", "UPS")
PEERS: Final = ("numenta", "twitterADVec", "contextOSE", "randomCutForest", "ARTime")  # folders there
FALSE_ALARM: Final = 0.11
PROBATION: Final = 0.15
MOST_PROBATION: Final = 750  # rows
THRESHOLDS: Final = tuple(number / 10 for number in range(-10, 21))
MOST_THRESHOLDS: Final = 400  # of a peer

Times = Sequence[Seconds]
Alarms = Mapping[str, Mapping[float, Sequence[int]]]  # by series and threshold, the places of the alarms
Points = Mapping[str, Mapping[float, float]]


class Series(NamedTuple):
    """A file of NAB."""

    times: Times
    counts: Sequence[float]
    windows: Sequence[tuple[int, int]]  # first and last place


def run() -> dict[str, float]:
    """Figures by name; those of a peer are called `figure of peer`."""
    everything = read()
    if not everything:
        sys.stderr.write(f"nab: no series at {CHECKOUT} or {DATA}\n")
        return {}
    own = {name: {one: alarms(of, one) for one in THRESHOLDS} for name, of in everything.items()}
    series = {name: of for name, of in everything.items() if name not in HELD_OUT}
    held = {name: of for name, of in everything.items() if name in HELD_OUT}
    figures = _by_threshold(series, held, lambda names: own) | _as_it_stands(series, own, "", "fixed")
    figures |= _as_it_stands(held, own, "held_out_", "held_out") if held else {}
    for peer in PEERS:
        if (RESULTS / peer).is_dir():
            theirs = _by_threshold(series, held, partial(results, peer, everything))
            figures |= {f"{name}{OF}{peer}": value for name, value in theirs.items()}
    return {name: round(value, 1) for name, value in figures.items()}


def _as_it_stands(series: Mapping[str, Series], own: Alarms, prefix: str, name: str) -> dict[str, float]:
    """What the detector that people get does on these series."""
    fixed = {one: own[one][0.0] for one in series}
    return {
        name: total(series, fixed),
        f"{prefix}windows": sum(len(of.windows) for of in series.values()),
        f"{prefix}windows_found": sum(_found(of, fixed[one]) for one, of in series.items()),
        f"{prefix}alarms_outside": sum(_outside(of, fixed[one]) for one, of in series.items()),
    }


def _by_threshold(
    series: Mapping[str, Series], held: Mapping[str, Series], alarms_at: Callable[[Collection[str]], Alarms]
) -> dict[str, float]:
    """Scores with thresholds from series that are not scored, and `tuned`; `alarms_at` has those that matter on some of them."""
    alarms = alarms_at(series)
    found = {"left_out": left_out(series, alarms), "tuned": tuned(series, alarms)}
    if not held:
        return found
    best, everything = _best(series, _points(series, alarms)), {**series, **held}
    return found | {
        "held_out_chosen": total(held, {name: alarms[name][best] for name in held}),
        "held_out_left_out": left_out(held, alarms_at(held)),
        "all_left_out": left_out(everything, alarms_at(everything)),
    }


def alarms(series: Series, threshold: float) -> list[int]:
    """Where `Volume` gives an alarm."""
    volume = Volume(min(after - before for before, after in pairwise(series.times)))
    steps = enumerate(zip(series.times, series.counts, strict=True))
    return [place for place, (at, count) in steps if volume.add(at, count, threshold).alarm]


def left_out(series: Mapping[str, Series], alarms: Alarms) -> float:
    """The score, each series with the threshold that is best on all others; the middle one where several are."""
    points = _points(series, alarms)
    chosen = {name: _best([other for other in series if other != name], points) for name in series}
    return _score(series, sum(points[name][chosen[name]] for name in series))


def tuned(series: Mapping[str, Series], alarms: Alarms) -> float:
    """The score with the one threshold that is best on all of them: what is often published."""
    points = _points(series, alarms)
    best = _best(series, points)
    return _score(series, sum(points[name][best] for name in series))


def _points(series: Mapping[str, Series], alarms: Alarms) -> Points:
    return {name: {one: points_of(of, places) for one, places in alarms[name].items()} for name, of in series.items()}


def _best(names: Collection[str], points: Points) -> float:
    """The threshold with the most points on these series."""
    totals = {one: sum(points[name][one] for name in names) for one in points[min(names)]}
    best = [one for one, value in totals.items() if value >= max(totals.values()) - 1e-9]
    return best[len(best) // 2]


def _found(series: Series, places: Sequence[int]) -> int:
    return sum(any(first <= place <= last for place in places) for first, last in series.windows)


def _outside(series: Series, places: Sequence[int]) -> int:
    return sum(not any(first <= place <= last for first, last in series.windows) for place in places)


def total(series: Mapping[str, Series], alarms: Mapping[str, Sequence[int]]) -> float:
    """The score of these alarms."""
    return _score(series, sum(points_of(of, alarms[name]) for name, of in series.items()))


def _score(series: Mapping[str, Series], points: float) -> float:
    return normalised(points, sum(len(of.windows) for of in series.values()))


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


def read() -> dict[str, Series]:
    """The series that are at hand, by the company's short name: all of the checkout, else those of DATA, else none."""
    if (CHECKOUT / "data").is_dir():
        windows = json.loads((CHECKOUT / "labels" / "combined_windows.json").read_text(encoding="utf-8"))
        files = sorted((CHECKOUT / "data" / "realTweets").glob(f"{PREFIX}*.csv"))
        return {
            file.stem.removeprefix(PREFIX): _series(file.open(newline=""), windows[f"realTweets/{file.name}"]) for file in files
        }
    if not DATA.is_dir():
        return {}
    windows = json.loads((DATA / "windows.json").read_text(encoding="utf-8"))
    return {name: _series(gzip.open(DATA / f"{name}.csv.gz", "rt", newline=""), windows[name]) for name in sorted(windows)}


def _series(file: TextIO, windows: Sequence[tuple[str, str]]) -> Series:
    """A file with the columns timestamp and value, and the times of its windows."""
    with file:
        rows = [(_time(row["timestamp"]), float(row["value"])) for row in csv.DictReader(file)]
    places = {at: place for place, (at, _) in enumerate(rows)}
    edges = [(places[_time(start)], places[_time(end)]) for start, end in windows]
    return Series([at for at, _ in rows], [count for _, count in rows], edges)


def _time(text: str) -> Seconds:
    return int(datetime.fromisoformat(text[:19]).replace(tzinfo=UTC).timestamp())


def results(peer: str, names: Collection[str], chosen: Collection[str]) -> Alarms:
    """The alarms of a detector whose results lie in the checkout, at the thresholds that make a difference on `chosen`."""
    scores = {name: _scores(RESULTS / peer / "realTweets" / f"{peer}_{PREFIX}{name}.csv") for name in names}
    high = sorted({score for name in chosen for score in sorted(scores[name])[-MOST_THRESHOLDS:]})
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
