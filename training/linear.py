"""`python -m training.linear`: the shipped linear tone model, from the labelled texts to shared/tone/linear.bin.

A logistic regression on words, negated words, word pairs and lexicon marks. News and social media each have a copy of all
features beside the shared one, so that a word may mean different things; afterwards copies, lexicon marks and temperature are
folded into one weight a feature, domain and label. Labels are nearly balanced within each source, and votes that differ are
soft labels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from shared.tone.linear import DOMAINS, LABELS, PATH
from shared.tone.table import write
from training.calibrate import temperature
from training.data import Row, lexicon, split
from training.matrix import MARK, Floats, Ints, Mask, Matrix, Vocabulary, counted, mark
from training.quantise import table

NAME: Final = "linear-1"
SEED: Final = 20250
STRENGTH: Final = 4.0  # C of the regression
BALANCE: Final = 0.8  # 1 would weigh all labels alike, 0 as they occur
MARKET_WEIGHT: Final = 0.2  # of a CNBC row: the tone of the market is not the tone toward the government
MOST_FEATURES: Final = 60_000
FOLDS: Final = 3
BIAS: Final = 3.0  # value of the column that tells the source of a row: larger is regularised less

SOURCES: Final = ("government", "market", "social")


@dataclass(frozen=True)
class Examples:
    """Rows ready to learn from: one for each different vote of a text."""

    texts: list[tuple[float, Counter[str]]]
    labels: Ints  # int array, index in LABELS
    sources: Ints  # int array, index in SOURCES
    weights: Floats  # float array

    def some(self, chosen: Mask) -> Examples:
        """The examples at these positions."""
        texts = [self.texts[position] for position in np.flatnonzero(chosen)]
        return Examples(texts, self.labels[chosen], self.sources[chosen], self.weights[chosen])


def source_of(row: Row) -> int:
    """Index in SOURCES."""
    return 2 if row.domain == "social" else 1 if row.group == "cnbc" else 0


def examples(rows: Sequence[Row], tones: dict[str, int]) -> Examples:
    """Votes as soft labels: a text with two different votes stands twice, with half the weight."""
    texts, labels, sources, weights = [], [], [], []
    for row in rows:
        text, source = counted(row.text, tones), source_of(row)
        for vote, count in sorted(Counter(row.votes).items()):
            texts.append(text)
            labels.append(LABELS.index(vote))
            sources.append(source)
            weights.append(count / len(row.votes) * (MARKET_WEIGHT if source == 1 else 1.0))
    return Examples(texts, np.array(labels), np.array(sources), np.array(weights))


def balanced(given: Examples) -> Floats:
    """The weights, with rare labels of each source raised."""
    weights = given.weights.copy()
    for source in range(len(SOURCES)):
        within = given.sources == source
        for label in range(len(LABELS)):
            chosen = within & (given.labels == label)
            weights[chosen] *= (given.weights[within].sum() / len(LABELS) / given.weights[chosen].sum()) ** BALANCE
    return weights


def widened(matrix: Matrix, sources: Ints) -> Matrix:
    """[shared copy, news copy, social copy, one column a source]."""
    news, social = (sparse.diags(chosen.astype(float)) for chosen in (sources < 2, sources == 2))
    told = sparse.csr_matrix(np.eye(len(SOURCES))[sources] * BIAS)
    return sparse.hstack([matrix, news @ matrix, social @ matrix, told]).tocsr()


def fit(given: Examples) -> tuple[Vocabulary, LogisticRegression]:
    """The vocabulary and the fitted regression."""
    vocabulary = Vocabulary.of([row for _, row in given.texts])
    model = LogisticRegression(C=STRENGTH, max_iter=60, tol=3e-3, random_state=SEED)
    return vocabulary, model.fit(widened(vocabulary.matrix(given.texts), given.sources), given.labels, balanced(given))


def out_of_fold(given: Examples) -> Floats:
    """Logits of every example from a model that has not seen its text."""
    folds = {id(text): number % FOLDS for number, text in enumerate({id(text): text for text in given.texts}.values())}
    fold = np.array([folds[id(text)] for text in given.texts])
    logits = np.zeros((len(given.texts), len(LABELS)))
    for number in range(FOLDS):
        vocabulary, model = fit(given.some(fold != number))
        asked = given.some(fold == number)
        logits[fold == number] = model.decision_function(widened(vocabulary.matrix(asked.texts), asked.sources))
    return logits


def folded(
    vocabulary: Vocabulary, model: LogisticRegression, tones: dict[str, int], heat: dict[str, float]
) -> tuple[dict[str, Floats], list[float]]:
    """Weights by feature (news labels, then social labels) and biases, with copies, marks and temperatures folded in."""
    size = len(vocabulary.columns)
    shared, news, social = (model.coef_[:, size * copy : size * (copy + 1)] for copy in range(3))
    told = model.coef_[:, size * 3 :] * BIAS
    parts = [(shared + own) * vocabulary.worth / heat[domain] for domain, own in zip(DOMAINS, (news, social), strict=True)]
    rows = np.vstack(parts).T
    starts = [(model.intercept_ + told[:, source]) / heat[domain] for domain, source in zip(DOMAINS, (0, 2), strict=True)]
    nothing = np.zeros(rows.shape[1])

    def weight(feature: str) -> Floats:
        own, marked = vocabulary.columns.get(feature), vocabulary.columns.get(mark(feature, tones))
        return (nothing if own is None else rows[own]) + (nothing if marked is None else rows[marked])

    turned = {f"!{word}" for word in tones if " " not in word}
    names = {name for name in vocabulary.columns if not name.startswith(MARK)} | set(tones) | turned
    return {name: weight(name) for name in sorted(names)}, [float(value) for start in starts for value in start]


def main() -> None:
    """Train, calibrate, write."""
    tones = lexicon()
    given = examples(split().train, tones)
    logits = out_of_fold(given)
    heat = {}
    for domain, source in zip(DOMAINS, (0, 2), strict=True):
        chosen = given.sources == source
        heat[domain] = temperature(logits[chosen], given.labels[chosen], given.weights[chosen])
    weights, biases = folded(*fit(given), tones, heat)
    classes = [f"{domain} {label}" for domain in DOMAINS for label in LABELS]
    write(PATH, table(NAME, classes, weights, biases, MOST_FEATURES))
    print(f"{PATH}: {PATH.stat().st_size} bytes, {len(given.texts)} examples, temperature {heat}")


if __name__ == "__main__":
    main()
