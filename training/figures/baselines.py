"""The baselines that have to be trained: words with logistic regression, and the encoder without fine-tuning.

Needs requirements-bench.txt. All learn from the labels of the rows that the shipped model may learn from too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-not-found,import-untyped,unused-ignore]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found,import-untyped,unused-ignore]

from shared.model import Tone
from training.data import Row, lexicon
from training.figures.frozen import FrozenEncoder
from training.figures.judges import Judge, by_lexicon, majority
from training.figures.measure import LABELS

STRENGTH: Final = 4.0  # C of the regressions
VECTOR_ROWS: Final = 8_000  # at most so many rows are behind the frozen encoder's regression: all would take minutes

Numbers = Callable[[Sequence[Row]], Any]  # rows to a matrix


def trained(rows: Sequence[Row]) -> list[Judge]:
    """All five baselines, the weakest first."""
    labelled = [row for row in rows if row.label]
    smsa = [row for row in labelled if row.group == "smsa"]
    return [
        majority(),
        by_lexicon(lexicon()),
        by_words("TF-IDF, SmSA only", smsa),
        by_words("TF-IDF, all data", labelled),
        by_vectors("frozen encoder", labelled[:: -(-len(labelled) // VECTOR_ROWS)]),
    ]


def by_words(name: str, rows: Sequence[Row]) -> Judge:
    """TF-IDF of words and word pairs."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    words.fit([row.text for row in rows])
    return _regression(name, rows, lambda some: words.transform([row.text for row in some]))


def by_vectors(name: str, rows: Sequence[Row]) -> Judge:
    """The mean vector of the encoder as it was published."""
    encoder = FrozenEncoder(row.text for row in rows)
    return _regression(name, rows, lambda some: encoder.vectors([row.text for row in some]))


def _regression(name: str, rows: Sequence[Row], numbers: Numbers) -> Judge:
    """Logistic regression, all labels weighing alike."""
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=100, tol=1e-3)
    model.fit(numbers(rows), [row.label for row in rows])
    order = [list(model.classes_).index(label) for label in LABELS]

    def judge(some: Sequence[Row]) -> list[Tone]:
        shares = model.predict_proba(numbers(some))[:, order]
        return [Tone(float(row[0]), float(row[1]), float(row[2]), False, name) for row in shares]

    return Judge(name, judge)
