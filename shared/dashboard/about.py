"""How well the shipped model judges tone, as measured on texts that it had not learnt from.

accuracy.json is written by `python -m training.card` together with docs/figures/tone.json: the same figures, without what only
readers of the model card need.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

FILE: Final = Path(__file__).with_name("accuracy.json")
SHOWN: Final[tuple[str, ...]] = ("mbg", "general", "smsa")  # sets that about.html names


class ToneSet(Struct, frozen=True):
    """Figures on one set of texts. Confusion: a row for each true label, negative, neutral, positive, and in it how many were
    given each, in the same order."""

    rows: int
    accuracy: float
    negative_recall: float
    confusion: tuple[tuple[int, int, int], tuple[int, int, int], tuple[int, int, int]]
    unsure: float | None = None  # share that is left to a person

    @property
    def negative_precision(self) -> float:
        """Of what was called negative, the share that was."""
        called = sum(row[0] for row in self.confusion)
        return self.confusion[0][0] / called if called else 0.0


class Accuracy(Struct, frozen=True):
    """The model's name, and its figures by set."""

    model: str
    sets: dict[str, ToneSet]


class _Model(Struct, frozen=True):
    name: str


class _Figures(Struct, frozen=True):
    """docs/figures/tone.json, as far as the page needs it."""

    model: _Model
    tones: dict[str, ToneSet]


def packed(figures: str) -> str:
    """accuracy.json, out of the text of docs/figures/tone.json."""
    found = msgspec.json.decode(figures, type=_Figures)
    kept = {name: found.tones[name] for name in SHOWN if name in found.tones}
    return msgspec.json.encode(Accuracy(found.model.name, kept)).decode() + "\n"


@cache
def accuracy() -> Accuracy:
    """The packed figures."""
    return msgspec.json.decode(FILE.read_bytes(), type=Accuracy)
