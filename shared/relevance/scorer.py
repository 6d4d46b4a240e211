"""A sum of weights, one for each feature that holds: how likely a text that names the place is about its government."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("weights.json")  # written by training/relevance.py


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """The weight of each feature, in natural log odds; "bias" is that of a text without any."""
    found: dict[str, float] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def likely(features: Iterable[str]) -> float:
    """Probability that it is about the government, 0 to 1."""
    known = weights()
    return 1 / (1 + exp(-known["bias"] - sum(known.get(name, 0.0) for name in features)))
