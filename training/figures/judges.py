"""Who can be measured: the shipped model, and the two baselines that need no training."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shared.model import Tone
from shared.ports import Classifier
from shared.tone.features import features, words
from training.data import Row
from training.figures.measure import LABELS


@dataclass(frozen=True)
class Judge:
    """Gives one tone a row, for the rows of one set."""

    name: str
    tones: Callable[[Sequence[Row]], list[Tone]]
    calibrated: bool = True  # whether its probabilities mean something


def shipped(model: Classifier) -> Judge:
    """The classifier, each row in its own domain."""
    return Judge(model.name, lambda rows: model.tones([row.text for row in rows], rows[0].domain))


def majority() -> Judge:
    """Always the most frequent label of the very set that is judged: the best that a constant can do."""

    def judge(rows: Sequence[Row]) -> list[Tone]:
        often = Counter(row.label for row in rows if row.label)
        best = max(LABELS, key=lambda label: often[label])
        return [certain(best, "majority")] * len(rows)

    return Judge("majority", judge, calibrated=False)


def by_lexicon(tones: Mapping[str, int]) -> Judge:
    """The sign of the summed lexicon values, a negated word turned round."""

    def judge(row: Row) -> Tone:
        given = features(words(row.text))
        total = sum(-tones.get(feature[1:], 0) if feature[0] == "!" else tones.get(feature, 0) for feature in given)
        return certain("negative" if total < 0 else "positive" if total > 0 else "neutral", "lexicon")

    return Judge("lexicon", lambda rows: [judge(row) for row in rows], calibrated=False)


def certain(label: str, name: str) -> Tone:
    """A tone with all its weight on one label."""
    negative, neutral, positive = (float(label == each) for each in LABELS)
    return Tone(negative, neutral, positive, False, name)
