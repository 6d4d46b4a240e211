"""Temperature, mixture and the unsure band, from predictions for rows that the predicting model had not seen."""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]

from training.matrix import Floats, Ints

UNSURE_SHARE: Final = 0.12  # of rows like those trained on; on later and other headlines it becomes 13 to 17 %


def softmax(logits: Floats) -> Floats:
    """Probabilities, row by row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


def temperature(logits: Floats, labels: Ints, weights: Floats) -> float:
    """The divisor of the logits with the least weighted log loss (golden-section search; the loss has one valley)."""

    def loss(value: float) -> float:
        chosen = softmax(logits / value)[np.arange(len(labels)), labels]
        return float(-(weights * np.log(chosen + 1e-12)).sum())

    low, high, ratio = 0.3, 5.0, (5**0.5 - 1) / 2
    while high - low > 1e-4:
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, right) if loss(left) < loss(right) else (left, high)
    return (low + high) / 2


def mixture(encoder: Floats, linear: Floats, labels: Ints, weights: Floats) -> tuple[float, float]:
    """What the encoder's logits and the linear model's are multiplied by before they are added: least weighted log loss.

    A stacked logistic regression of two columns without bias (Wolpert, "Stacked generalization", 1992); it calibrates too, as the
    temperature is part of both factors.
    """

    def loss(factors: Floats) -> float:
        chosen = softmax(factors[0] * encoder + factors[1] * linear)[np.arange(len(labels)), labels]
        return float(-(weights * np.log(chosen + 1e-12)).sum() / weights.sum())

    first, second = minimize(loss, np.array([0.7, 0.3]), method="Nelder-Mead").x
    return float(first), float(second)


def least_sure(logits: Floats) -> float:
    """The probability of the first label under which UNSURE_SHARE of these rows fall."""
    return float(np.quantile(softmax(logits).max(axis=1), UNSURE_SHARE))
