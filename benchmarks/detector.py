"""Cost of the detector, and its quality on simulated media beside the reference arithmetic.

`run()` gives microseconds an update and bytes a series. Where numpy and the folder ../shared are present it adds MediaSim: the
probability of detecting a crisis (pod), of doing so before its peak (early), and the median delay in hours, at thresholds that
give at most 0.35 and at most 0.15 false alarms a series in 30 days; `reference_*` are the same figures of the reference on the
same data. `outage_alarms_most` is the largest number of series that newly reach siaga within four hours after the collector was
deaf for three hours and the backlog came at once, `outage_alarms_all` those after all outages together;
`outage_alarms_false_most` counts only those without a crisis in that time.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from shared.baselines import Baselines
from shared.baselines.series import SIZE
from shared.model import HOUR

REFERENCE = Path(__file__).parents[2] / "shared" / "reference"
FALSE_ALARMS = (0.35, 0.15)
SIAGA = 1.5
AFTERMATH = 4  # hours
SEEDS = (66, 77)
REPEATS = 6  # 126 series


def run() -> dict[str, float]:
    """Figures by name."""
    return {"us_per_update": round(cost(), 2), "bytes_per_series": SIZE, **quality()}


def cost(series: int = 126, hours: int = 300) -> float:
    """Microseconds of processor time to close one hour of one series, with its control."""
    chance, baselines = random.Random(1), Baselines(group_of=str)
    counts = [{f"s{number:03}": float(chance.randint(0, 6)) for number in range(series)} for _ in range(hours)]
    start = time.process_time()
    for hour, found in enumerate(counts):
        baselines.step(hour * HOUR, hour % 24, hour // 24 % 7, found, covered=True)
    return (time.process_time() - start) / (series * hours) * 1e6


def quality() -> dict[str, float]:
    """MediaSim's figures; none where numpy or the reference is missing."""
    if importlib.util.find_spec("numpy") is None or not REFERENCE.exists():
        return {}
    simulator, reference = load("mediasim"), load("detector")
    figures: dict[str, float] = {}
    outages: dict[str, list[tuple[int, int]]] = {"": [], "reference_": []}
    for seed in SEEDS:
        world = simulator.generate(seed, reps=REPEATS)
        for name, scores in (("", ours(world)), ("reference_", theirs(world, reference))):
            outages[name] += after_outages(scores, world)
            figures |= scored(f"{name}seed{seed}", scores, world, simulator)
    for name, found in outages.items():
        figures[f"{name}outage_alarms_most"] = max(risen for risen, _ in found)
        figures[f"{name}outage_alarms_all"] = sum(risen for risen, _ in found)
        figures[f"{name}outage_alarms_false_most"] = max(false for _, false in found)
    return {**figures, "series": len(scores[0]), "outages": len(outages[""])}


def after_outages(scores: Sequence[Sequence[float]], world: dict[str, Any]) -> list[tuple[int, int]]:
    """For each outage, how many series reach siaga within AFTERMATH hours of its end that were below it before.

    All of them, and those in which no crisis goes on.
    """
    silent = [hour for hour, total in enumerate(world["x"].sum(0)) if not total]
    ends = [hour for hour in silent if hour + 1 not in silent and hour - 2 in silent]
    found = []
    for end in ends:
        risen = [
            number
            for number, before in enumerate(scores[end - 3])
            if before < SIAGA <= max(scores[hour][number] for hour in range(end + 1, end + 1 + AFTERMATH))
        ]
        real = {number for number, first, _, last, *_ in world["crises"] if first <= end + AFTERMATH and last >= end - 3}
        found.append((len(risen), len([number for number in risen if number not in real])))
    return found


def load(name: str) -> ModuleType:
    """A module of the reference folder."""
    spec = importlib.util.spec_from_file_location(f"reference_{name}", REFERENCE / f"{name}.py")
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ours(world: dict[str, Any]) -> list[list[float]]:
    """Evidence by hour and series, each series its own group."""
    columns = world["neg"].T.tolist()
    keys = [f"{number:04}" for number in range(len(columns[0]))]
    baselines = Baselines(group_of=str)
    scores: list[list[float]] = []
    for hour, column in enumerate(columns):
        counts = dict(zip(keys, column, strict=True))
        found = baselines.step(hour * HOUR, int(world["hod"][hour]), int(world["dow"][hour]), counts, covered=True)
        scores.append([found[key].e for key in keys])
    return scores


def theirs(world: dict[str, Any], reference: ModuleType) -> list[list[float]]:
    """The reference's scores on the same data."""
    columns = world["neg"].T.tolist()
    series, pool = [reference.Series() for _ in columns[0]], reference.Pool()
    return [
        reference.step(series, column, int(world["hod"][hour]), int(world["dow"][hour]), pool, hour)
        for hour, column in enumerate(columns)
    ]


def scored(name: str, scores: Sequence[Sequence[float]], world: dict[str, Any], simulator: ModuleType) -> dict[str, float]:
    """Detection at the permitted rates of false alarms."""
    numpy = importlib.import_module("numpy")  # not a dependency of the project
    table = numpy.array(scores).T
    figures: dict[str, float] = {}
    for permitted in FALSE_ALARMS:
        threshold = simulator.calibrate(table, world, permitted)
        _, _, crises = simulator.evaluate(table, world, threshold)
        detected = crises[:, 3] >= 0
        figures |= {
            f"{name}_at_{permitted}_threshold": round(float(threshold), 3),
            f"{name}_at_{permitted}_pod": round(float(detected.mean()), 4),
            f"{name}_at_{permitted}_early": round(float((crises[detected, 4] >= 0).sum() / len(crises)), 4),
            f"{name}_at_{permitted}_delay_hours": float(numpy.median(crises[detected, 3])),
        }
    return figures


if __name__ == "__main__":
    json.dump(run(), sys.stdout, indent=2)
    print()
