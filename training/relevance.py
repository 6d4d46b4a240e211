"""Fits the weights of shared/relevance to the labelled pairs of the train agencies: `python -m training.relevance`.

Logistic regression drawn to expected weights, by Newton's method, over the texts that no rule decides. Prints how well it does
on train agencies that it has not seen (five folds by agency), which is what the penalty was chosen by.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from shared.matching import matcher_of
from shared.phrases import tokens
from shared.relevance.features import NAMES
from shared.relevance.scorer import FILE
from shared.words import headline
from training.pairs import Pair, agencies, pairs

PENALTY: Final = 2.0
# What one would expect of each feature, in natural log odds: the fit departs from it only as far as the examples say so. The
# headlines are of one year and half of them of one programme; without this, "keracunan" would count only beside its name.
EXPECTED: Final[dict[str, float]] = {
    **dict.fromkeys(("programme", "harm", "disaster", "service", "corruption"), 2.5),
    **dict.fromkeys(("school", "record", "own post", "prosecuted"), 1.5),
    **dict.fromkeys(("public", "office", "formal", "first", "acts"), 1.0),
    "people": 0.5,
    **dict.fromkeys(("trade", "central", "central first", "body first"), -0.5),
    **dict.fromkeys(("from", "force", "force first", "body", "election"), -1.0),
    **dict.fromkeys(("crime", "fraud", "sport", "weather", "business", "leisure", "foreign", "haji"), -1.5),
    "elsewhere first": -1.0,
    **dict.fromkeys(("other post", "others' programme"), -1.5),
}
STEPS: Final = 25
FOLDS: Final = 5

Matrix = NDArray[np.float64]


def main() -> None:
    """Fit, say how well it does across folds, write weights.json."""
    examples = [(pair, found) for pair in pairs("train") if (found := _features(pair)) is not None]
    matrix = np.array([[1.0, *(float(name in found) for name in NAMES)] for _, found in examples])
    wanted = np.array([float(pair.label == "about") for pair, _ in examples])
    folds = np.array([_fold(pair.agency) for pair, _ in examples])
    right = 0
    for fold in range(FOLDS):
        weights = fit(matrix[folds != fold], wanted[folds != fold])
        right += int(((matrix[folds == fold] @ weights > 0) == (wanted[folds == fold] > 0)).sum())
    sys.stdout.write(f"{len(wanted)} examples, {wanted.mean():.2f} about; {right / len(wanted):.3f} right across folds\n")
    fitted = dict(zip(("bias", *NAMES), fit(matrix, wanted), strict=True))
    text = json.dumps({name: round(float(weight), 3) for name, weight in fitted.items()}, indent=1)
    FILE.write_text(text + "\n", encoding="utf-8")


def fit(matrix: Matrix, wanted: Matrix) -> Matrix:
    """Weights of the columns, the first of which is the bias and is not drawn to anything."""
    expected = np.array([0.0, *(EXPECTED.get(name, 0.0) for name in NAMES)])
    weights = expected.copy()
    penalty = np.diag([0.0, *[PENALTY] * (matrix.shape[1] - 1)])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (chance - wanted) + penalty @ (weights - expected)
        bend = matrix.T @ (matrix * (chance * (1 - chance))[:, None]) + penalty
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def _fold(agency: str) -> int:
    return int(hashlib.sha256(agency.encode()).hexdigest(), 16) % FOLDS


def _features(pair: Pair) -> Sequence[str] | None:
    """The features of a pair that is to be weighed; None where a rule decides it."""
    watched = agencies()
    number = next(place for place, agency in enumerate(watched) if agency.id == pair.agency)
    verdict = matcher_of(watched).strict.verdicts(tokens(headline(pair.text)), tokens(""), {number}).get(number)
    return verdict.features if verdict and verdict.likely is not None else None


if __name__ == "__main__":
    main()
