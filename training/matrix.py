"""Texts as rows of a sparse matrix: the features that the run time knows, plus lexicon marks that are folded away afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse  # type: ignore[import-untyped]

from shared.tone.features import features, words

LEAST_TEXTS: Final = 2  # a feature in fewer texts is not learnt
LEXICON_WEIGHT: Final = 1.0
MARK: Final = "@"  # starts the name of a lexicon mark; no word holds it

Matrix = Any  # scipy ships no types
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


def mark(feature: str, lexicon: Mapping[str, int]) -> str:
    """The lexicon mark of a feature: its value, its kind, and whether a negation turns it; empty where the lexicon is silent."""
    value = lexicon.get(feature.removeprefix("!"))
    if not value:
        return ""
    kind = "turned" if feature.startswith("!") else "pair" if " " in feature else "word"
    return f"{MARK}{kind}{value:+d}"


def counted(text: str, lexicon: Mapping[str, int]) -> tuple[float, Counter[str]]:
    """The root of the number of words, and how often each feature and each mark occurs."""
    found = words(text)
    given = features(found)
    marks = (mark(feature, lexicon) for feature in given)
    return sqrt(max(1, len(found))), Counter(given) + Counter(filter(None, marks))


@dataclass(frozen=True)
class Vocabulary:
    """The learnt features, sorted, and what an occurrence of each is worth (rare ones more)."""

    columns: dict[str, int]
    worth: Floats

    @classmethod
    def of(cls, rows: Sequence[Counter[str]]) -> Vocabulary:
        """The features of at least LEAST_TEXTS rows."""
        texts = Counter(feature for row in rows for feature in row)
        names = sorted(feature for feature, count in texts.items() if count >= LEAST_TEXTS)
        worth = [LEXICON_WEIGHT if name.startswith(MARK) else 1.0 for name in names]
        rarity = [log(len(rows) / (texts[name] + 1)) / 4 for name in names]
        return cls({name: column for column, name in enumerate(names)}, np.array(worth) * np.array(rarity))

    def matrix(self, rows: Sequence[tuple[float, Counter[str]]]) -> Matrix:
        """One row a text: count * worth / root of the number of words."""
        starts, columns, values = [0], [], []
        for root, row in rows:
            for name, count in row.items():
                column = self.columns.get(name)
                if column is not None:
                    columns.append(column)
                    values.append(count / root)
            starts.append(len(columns))
        return sparse.csr_matrix((values, columns, starts), shape=(len(rows), len(self.columns))) @ sparse.diags(self.worth)
