"""`python -m training.figures`: held-out figures of the shipped models beside two baselines, as Markdown tables.

Needs nothing but the run time. The texts are the held-out ones of training.data, never those the model has learnt from. Labels of
the government groups (general, general-hard, mbg) were made by language-model annotators under a written guideline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from shared.model import Tone, ToneLabel
from shared.ports import Classifier
from shared.tone import load
from shared.tone.features import features, words
from shared.tone.linear import LABELS
from shared.topics import topic_of
from training.data import Row, lexicon, split

Judge = Callable[[Row], Tone]


@dataclass(frozen=True)
class Figures:
    """How well a judge did on one group."""

    rows: int
    macro_f1: float
    negative_f1: float
    negative_recall: float
    calibration_error: float  # ECE over ten equal bins of the first label's probability
    confident_accuracy: float  # on the 80 % most confident
    unsure: float  # share


def measure(rows: Sequence[Row], judge: Judge) -> Figures:
    """Figures over the labelled rows of a group."""
    pairs = [(row.label, judge(row)) for row in rows if row.label]
    pairs.sort(key=lambda pair: -_confidence(pair[1]))
    right = [label == tone.label for label, tone in pairs]
    counts = Counter((label, tone.label) for label, tone in pairs)
    scores = {label: _f1(counts, label) for label in LABELS}
    negative = sum(count for (label, _), count in counts.items() if label == "negative")
    most = right[: len(right) * 4 // 5]
    return Figures(
        rows=len(pairs),
        macro_f1=sum(scores.values()) / len(scores),
        negative_f1=scores["negative"],
        negative_recall=counts["negative", "negative"] / max(1, negative),
        calibration_error=_calibration_error([_confidence(tone) for _, tone in pairs], right),
        confident_accuracy=sum(most) / len(most),
        unsure=sum(tone.unsure for _, tone in pairs) / len(pairs),
    )


def _confidence(tone: Tone) -> float:
    return max(tone.negative, tone.neutral, tone.positive)


def _f1(counts: Counter[tuple[str, ToneLabel]], label: str) -> float:
    """2 * hits / (true + said); 0 where the label never occurs."""
    true = sum(count for (real, _), count in counts.items() if real == label)
    said = sum(count for (_, given), count in counts.items() if given == label)
    hits = sum(count for (real, given), count in counts.items() if real == given == label)
    return 2 * hits / (true + said) if true + said else 0.0


def _calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, hit in zip(confidences, right, strict=True):
        bins.setdefault(min(9, int(confidence * 10)), []).append((confidence, hit))
    gaps = (abs(sum(confidence for confidence, _ in pairs) - sum(hit for _, hit in pairs)) for pairs in bins.values())
    return sum(gaps) / len(confidences)


def judged_by(classifier: Classifier) -> Judge:
    """The classifier's tone of a row, in the row's own domain."""
    return lambda row: classifier.tones([row.text], row.domain)[0]


def majority(rows: Iterable[Row]) -> Judge:
    """Always the most frequent label of these rows."""
    counts = Counter(row.label for row in rows if row.label)
    best = max(LABELS, key=lambda label: counts[label])
    shares = {label: float(label == best) for label in LABELS}
    tone = Tone(shares["negative"], shares["neutral"], shares["positive"], False, "majority")
    return lambda row: tone


def by_lexicon(tones: dict[str, int]) -> Judge:
    """The sign of the summed lexicon values, a negated word turned round."""

    def judge(row: Row) -> Tone:
        given = features(words(row.text))
        total = sum(-tones.get(feature[1:], 0) if feature[0] == "!" else tones.get(feature, 0) for feature in given)
        return Tone(float(total < 0), float(total == 0), float(total > 0), False, "lexicon")

    return judge


def _line(group: str, name: str, own: Figures, calibrated: bool) -> str:
    """A line of the table; what needs probabilities is left out for a baseline that has none."""
    first = f"| {group} | {own.rows} | {name} | {own.macro_f1:.3f} | {own.negative_f1:.3f} | {own.negative_recall:.2f} |"
    if not calibrated:
        return f"{first} - | - | - |"
    return f"{first} {own.calibration_error:.3f} | {own.confident_accuracy:.3f} | {own.unsure:.1%} |"


def _print_tones(held: dict[str, list[Row]]) -> None:
    model, tones = load(), lexicon()
    print("| held-out group | rows | judge | macro-F1 | negative F1 | negative recall | ECE | accuracy at 80 % | unsure |")
    print("|---|---|---|---|---|---|---|---|---|")
    for group, rows in held.items():
        judges = {"majority": majority(rows), "lexicon": by_lexicon(tones), model.name: judged_by(model)}
        for name, judge in judges.items():
            print(_line(group, name, measure(rows, judge), name == model.name))


def _print_topics(held: dict[str, list[Row]]) -> None:
    print("\n| held-out group | rows | topic accuracy | of the most frequent topic |")
    print("|---|---|---|---|")
    for group, rows in held.items():
        known = [row for row in rows if row.topic]
        if known:
            right = sum(topic_of(row.text, "") == row.topic for row in known) / len(known)
            most = Counter(row.topic for row in known).most_common(1)[0][1] / len(known)
            print(f"| {group} | {len(known)} | {right:.3f} | {most:.3f} |")


def main() -> None:
    """Print both tables."""
    held = split().held
    _print_tones(held)
    _print_topics(held)


if __name__ == "__main__":
    main()
