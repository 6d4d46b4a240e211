"""The arithmetic of the figures: from true and given labels to F1, calibration error and their standard errors.

Pure Python. Everything is measured set by set; nothing here pools sets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import compress
from random import Random
from statistics import stdev
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from shared.model import Tone

LABELS: Final = ("negative", "neutral", "positive")
BINS: Final = 10
DRAWS: Final = 200  # resamples behind a standard error
SEED: Final = 20250
DIGITS: Final = 4  # that figures are rounded to, so that the committed ones change only when something did

Cells = Mapping[tuple[str, str], int]  # (true, given) -> rows


class Bin(Struct, frozen=True, array_like=True):
    """Rows whose confidence falls into one tenth."""

    rows: int
    confidence: float  # mean
    right: float  # share


class ToneFigures(Struct, frozen=True):
    """How well tones fit the labels of one set. Where a judge gives no probabilities, what needs them is None."""

    rows: int
    macro_f1: float
    macro_f1_error: float  # standard error, bootstrap
    negative_f1: float
    negative_f1_error: float
    negative_recall: float  # at the default decision: the most probable tone, whether unsure or not
    accuracy: float
    confusion: tuple[tuple[int, int, int], ...]  # rows by true label, then by given one, as in LABELS
    calibration_error: float | None = None  # on the rows that did not calibrate
    calibration_noise: float | None = None  # what it would be on so many rows if every probability were true
    confident_accuracy: float | None = None  # on the 80 % most confident
    unsure: float | None = None  # share
    bins: tuple[Bin, ...] = ()


class TopicFigures(Struct, frozen=True):
    """How well topics fit those of one set."""

    rows: int
    accuracy: float
    accuracy_error: float
    macro_f1: float  # over the topics that occur in the set
    macro_f1_error: float
    by_topic: dict[str, tuple[int, float]]  # letter -> rows, F1


def f1(cells: Cells, label: str) -> float:
    """2 * hits / (true + given); 0 where the label neither occurs nor is given."""
    true = sum(count for (real, _), count in cells.items() if real == label)
    given = sum(count for (_, said), count in cells.items() if said == label)
    return 2 * cells.get((label, label), 0) / (true + given) if true + given else 0.0


def macro_f1(cells: Cells, labels: Sequence[str]) -> float:
    """The plain mean of the labels' F1."""
    return sum(f1(cells, label) for label in labels) / len(labels)


def accuracy(cells: Cells) -> float:
    """Share of right rows."""
    return sum(count for (real, given), count in cells.items() if real == given) / sum(cells.values())


def recall(cells: Cells, label: str) -> float:
    """Share of a label's rows that are given it; 0 where there are none."""
    true = sum(count for (real, _), count in cells.items() if real == label)
    return cells.get((label, label), 0) / true if true else 0.0


def standard_errors(cells: Cells, *figures: Callable[[Cells], float]) -> list[float]:
    """Bootstrap: how figures spread when the rows are drawn anew, seeded; rows in one cell are alike, so cells are drawn."""
    order = sorted(cells)
    weights, size = [cells[cell] for cell in order], sum(cells.values())
    random = Random(SEED)  # noqa: S311 -- no secret
    drawn = [Counter(random.choices(order, weights, k=size)) for _ in range(DRAWS)]
    return [rounded(stdev(map(figure, drawn))) for figure in figures]


def bins(confidences: Sequence[float], right: Sequence[bool]) -> tuple[Bin, ...]:
    """Ten equal bins of confidence; empty ones are left out."""
    found: dict[int, list[tuple[float, bool]]] = {}
    for confidence, hit in zip(confidences, right, strict=True):
        found.setdefault(min(BINS - 1, int(confidence * BINS)), []).append((confidence, hit))
    return tuple(
        Bin(len(pairs), sum(each for each, _ in pairs) / len(pairs), sum(hit for _, hit in pairs) / len(pairs))
        for _, pairs in sorted(found.items())
    )


def calibration_error(found: Sequence[Bin]) -> float:
    """ECE: the mean gap between confidence and share of right rows, weighted by rows (Naeini et al., 2015)."""
    return sum(each.rows * abs(each.confidence - each.right) for each in found) / sum(each.rows for each in found)


def confident_accuracy(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Accuracy on the 80 % most confident; of equally confident rows the earlier come first."""
    order = sorted(range(len(right)), key=lambda number: -confidences[number])
    most = order[: max(1, len(order) * 4 // 5)]
    return sum(right[number] for number in most) / len(most)


def calibration_noise(confidences: Sequence[float]) -> float:
    """The mean ECE of rows that are right exactly as often as they say: with few rows it is far from 0."""
    random = Random(SEED)  # noqa: S311 -- no secret
    drawn = (bins(confidences, [random.random() < each for each in confidences]) for _ in range(DRAWS))
    return sum(map(calibration_error, drawn)) / DRAWS


def tone_figures(labels: Sequence[str], tones: Sequence[Tone], calibration: Sequence[bool]) -> ToneFigures:
    """The figures of one set; `calibration` marks the rows that calibration is measured on, none where it means nothing."""
    cells: Counter[tuple[str, str]] = Counter((label, tone.label) for label, tone in zip(labels, tones, strict=True))
    spread, negative_spread = standard_errors(cells, lambda some: macro_f1(some, LABELS), lambda some: f1(some, "negative"))
    plain = ToneFigures(
        rows=len(labels),
        macro_f1=rounded(macro_f1(cells, LABELS)),
        macro_f1_error=spread,
        negative_f1=rounded(f1(cells, "negative")),
        negative_f1_error=negative_spread,
        negative_recall=rounded(recall(cells, "negative")),
        accuracy=rounded(accuracy(cells)),
        confusion=tuple((cells[real, LABELS[0]], cells[real, LABELS[1]], cells[real, LABELS[2]]) for real in LABELS),
    )
    return _with_confidence(plain, labels, tones, calibration) if any(calibration) else plain


def _with_confidence(
    plain: ToneFigures, labels: Sequence[str], tones: Sequence[Tone], calibration: Sequence[bool]
) -> ToneFigures:
    """The same with what needs probabilities."""
    confidences = [max(tone.negative, tone.neutral, tone.positive) for tone in tones]
    right = [label == tone.label for label, tone in zip(labels, tones, strict=True)]
    told = list(compress(confidences, calibration))
    found = bins(told, list(compress(right, calibration)))
    return replace(
        plain,
        calibration_error=rounded(calibration_error(found)),
        calibration_noise=rounded(calibration_noise(told)),
        confident_accuracy=rounded(confident_accuracy(confidences, right)),
        unsure=rounded(sum(tone.unsure for tone in tones) / len(tones)),
        bins=tuple(Bin(each.rows, rounded(each.confidence), rounded(each.right)) for each in found),
    )


def topic_figures(real: Sequence[str], given: Sequence[str]) -> TopicFigures:
    """The figures of one set's topics."""
    cells = Counter(zip(real, given, strict=True))
    often = Counter(real)
    letters = sorted(often)
    spread, macro_spread = standard_errors(cells, accuracy, lambda some: macro_f1(some, letters))
    return TopicFigures(
        rows=len(real),
        accuracy=rounded(accuracy(cells)),
        accuracy_error=spread,
        macro_f1=rounded(macro_f1(cells, letters)),
        macro_f1_error=macro_spread,
        by_topic={letter: (often[letter], rounded(f1(cells, letter))) for letter in letters},
    )


def rounded(value: float) -> float:
    """A figure as it is committed."""
    return round(value, DIGITS)
