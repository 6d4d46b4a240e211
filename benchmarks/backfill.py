"""How far may the level of a borrowed past lie off? `python -m benchmarks.backfill`, in about two minutes.

One agency with Poisson counts and the usual profile of a day. Its past of 30 days has `scale` times the volume of what is counted
afterwards. Found: a crisis of two more an hour for eight hours on the second day, within 14 hours, at E >= 1.5. False: rises to
that in a first week without a crisis. Seeds 1-100.
"""

from __future__ import annotations

import math
from random import Random
from statistics import mean
from typing import Final

from shared.baselines import Baselines
from shared.baselines.pool import TYPICAL_DAY
from shared.model import HOUR

SEEDS: Final = range(1, 101)
PAST: Final = 30 * 24  # hours
CRISIS: Final = range(PAST + 33, PAST + 41)
PATIENCE: Final = range(PAST + 33, PAST + 47)
WEEK: Final = 7 * 24
ALARM: Final = 1.5
VOLUMES: Final = (2, 5, 15)  # negative mentions a day
SCALES: Final = (None, 1 / 3, 1 / 2, 1, 2, 3)  # None: no past


def main() -> None:
    """Print the table."""
    print("| past | " + " | ".join(f"{volume} a day" for volume in VOLUMES) + " |")
    print("|---|" + "---|" * len(VOLUMES))
    for scale in SCALES:
        cells = []
        for volume in VOLUMES:
            found = mean(bool(set(rises(seed, scale, volume, True)) & set(PATIENCE)) for seed in SEEDS)
            false = mean(len(rises(seed, scale, volume, False)) for seed in SEEDS)
            cells.append(f"{found:.2f} / {false:.2f}")
        print(f"| {'none' if scale is None else f'x {scale:.2g}'} | {' | '.join(cells)} |", flush=True)


def rises(seed: int, scale: float | None, volume: int, crisis: bool) -> list[int]:
    """Hours of the first week in which the evidence reaches ALARM from below."""
    random, baselines = Random(seed), Baselines()
    usual = [volume / 24 * TYPICAL_DAY[hour % 24] for hour in range(24)]
    if scale is not None:
        past = [(hour % 24, hour // 24 % 7, float(poisson(random, scale * usual[hour % 24]))) for hour in range(PAST)]
        baselines.seed("a", past)
    found, before = [], 0.0
    for hour in range(PAST, PAST + WEEK):
        count = poisson(random, usual[hour % 24] + 2.0 * (crisis and hour in CRISIS))
        e = baselines.step(hour * HOUR, hour % 24, hour // 24 % 7, {"a": float(count)}, covered=True)["a"].e
        if e >= ALARM > before:
            found.append(hour)
        before = e
    return found


def poisson(random: Random, mean: float) -> int:
    """A Poisson number by multiplication (Knuth): the means are small."""
    product, count = random.random(), 0
    while product > math.exp(-mean):
        product, count = product * random.random(), count + 1
    return count


if __name__ == "__main__":
    main()
