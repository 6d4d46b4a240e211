"""From real weights to the signed bytes of a word table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from shared.tone.table import SHIFT, TableFile
from training.matrix import Floats

LARGEST: Final = 127
CLIPPED: Final = 0.9995  # share of weights that keep their full size: the few larger ones would cost all others their precision


def table(
    name: str,
    classes: Sequence[str],
    weights: Mapping[str, Floats],
    biases: Sequence[float],
    most: int,
) -> TableFile:
    """The `most` features with the largest weights, as a table file. `weights`: feature -> float array by class."""
    strength = {feature: float(np.abs(row).max()) for feature, row in weights.items()}
    kept = sorted(sorted(strength, key=lambda feature: (-strength[feature], feature))[:most])
    real = np.array([weights[feature] for feature in kept])
    steps = np.quantile(np.abs(real), CLIPPED, axis=0) / LARGEST
    whole = np.clip(np.rint(real / steps), -LARGEST, LARGEST).astype(int) + SHIFT
    packed = whole.astype(np.uint8).tobytes()
    return TableFile(name, tuple(classes), "\n".join(kept), packed, tuple(map(float, steps)), tuple(biases))
