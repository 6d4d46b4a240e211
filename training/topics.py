"""`python -m training.topics`: the topic table, from the `topic` field of the government headlines to shared/tone/topics.bin."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from shared.tone.table import write
from shared.topics import PATH, TOPICS
from training.data import split
from training.matrix import Vocabulary, counted
from training.quantise import table

NAME: Final = "topics-1"
SEED: Final = 20250
STRENGTH: Final = 4.0
BALANCE: Final = 0.5
MOST_FEATURES: Final = 16_000


def main() -> None:
    """Train and write."""
    rows = [row for row in split().train if row.topic]
    texts = [counted(row.text, {}) for row in rows]
    vocabulary = Vocabulary.of([counts for _, counts in texts])
    labels = [row.topic for row in rows]
    often = Counter(labels)
    weights = np.array([(len(rows) / len(often) / often[label]) ** BALANCE for label in labels])
    model = LogisticRegression(C=STRENGTH, max_iter=50, tol=1e-2, random_state=SEED)
    model.fit(vocabulary.matrix(texts), labels, weights)
    order = [list(model.classes_).index(letter) for letter in TOPICS]
    columns = (model.coef_[order] * vocabulary.worth).T
    learnt = {feature: columns[column] for feature, column in vocabulary.columns.items()}
    write(PATH, table(NAME, list(TOPICS), learnt, [float(value) for value in model.intercept_[order]], {}, MOST_FEATURES))
    sys.stdout.write(f"{PATH}: {PATH.stat().st_size} bytes, {len(rows)} rows\n")


if __name__ == "__main__":
    main()
