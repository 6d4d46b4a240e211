"""A small agency's invented news: seeded counts with the rhythm of a day, and crises on top."""

from __future__ import annotations

import math
import random

from shared.baselines import Baselines, Evidence
from shared.baselines.pool import TYPICAL_DAY
from shared.model import HOUR

AGENCY = "33.99"


def poisson(chance: random.Random, mean: float) -> int:
    """One draw (Knuth's method; means here are small)."""
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def usual(chance: random.Random, hour: int, a_day: float) -> int:
    """Negative mentions of an ordinary hour, counted from a Monday's midnight."""
    return poisson(chance, a_day / 24 * TYPICAL_DAY[hour % 24])


def close(baselines: Baselines, hour: int, counts: dict[str, float], covered: bool = True) -> dict[str, Evidence]:
    """Close the hour-th hour since the start."""
    return baselines.step(hour * HOUR, hour % 24, hour // 24 % 7, counts, covered)


def quiet(baselines: Baselines, chance: random.Random, hours: int, a_day: float = 4.5) -> list[float]:
    """Let ordinary hours pass from the beginning; evidence of each."""
    return [close(baselines, hour, {AGENCY: usual(chance, hour, a_day)})[AGENCY].e for hour in range(hours)]
