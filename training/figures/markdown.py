"""The figures as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from shared.topics import TOPICS
from training.figures.agreement import Agreement
from training.figures.languages import LanguageFigures
from training.figures.measure import LABELS, ToneFigures, TopicFigures
from training.figures.report import Report, Tones

NONE: Final = "-"


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are numbers and stand to the right."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *lines))


def tones(found: Tones) -> str:
    """Tone by set; what follows ± is one standard error."""
    head = ("set", "rows", "macro-F1", "negative F1", "negative recall", "accuracy", "ECE (noise)", "accuracy at 80 %", "unsure")
    return table(head, ([name, *_tone(own)] for name, own in found.items()))


def _tone(own: ToneFigures) -> list[str]:
    return [
        str(own.rows),
        f"{own.macro_f1:.3f} ± {own.macro_f1_error:.3f}",
        f"{own.negative_f1:.3f} ± {own.negative_f1_error:.3f}",
        f"{own.negative_recall:.3f}",
        f"{own.accuracy:.3f}",
        NONE if own.calibration_error is None else f"{own.calibration_error:.3f} ({own.calibration_noise:.3f})",
        _optional(own.confident_accuracy, ".3f"),
        _optional(own.unsure, ".1%"),
    ]


def _optional(value: float | None, form: str) -> str:
    return NONE if value is None else format(value, form)


def confusion(found: Tones) -> str:
    """For each true label: how many rows were given each."""
    given = " / ".join(LABELS)
    head = ("set", *(f"truly {label}: {given}" for label in LABELS))
    return table(head, ([name, *(" / ".join(map(str, row)) for row in own.confusion)] for name, own in found.items()))


def beside(report: Report) -> str:
    """Macro-F1 of the model and of each baseline, in brackets negative F1."""
    judges = {report.model.name: report.tones, **report.baselines}
    lines = ([name, *(_pair(own.get(name)) for own in judges.values())] for name in report.tones)
    return table(("set", *judges), lines)


def _pair(own: ToneFigures | None) -> str:
    return f"{own.macro_f1:.3f} ({own.negative_f1:.3f})" if own else NONE


def topics(found: Mapping[str, TopicFigures]) -> str:
    """Topics by set, beside always saying the most frequent one."""
    head = ("set", "rows", "topic accuracy", "macro-F1", "accuracy of the most frequent topic")
    return table(head, ([name, *_topic(own)] for name, own in found.items()))


def _topic(own: TopicFigures) -> list[str]:
    most = max(rows for rows, _ in own.by_topic.values()) / own.rows
    pairs = ((own.accuracy, own.accuracy_error), (own.macro_f1, own.macro_f1_error))
    return [str(own.rows), *(f"{value:.3f} ± {error:.3f}" for value, error in pairs), f"{most:.3f}"]


def each_topic(found: Mapping[str, TopicFigures]) -> str:
    """F1 of each topic by set, in brackets its rows."""
    lines = (
        [f"{letter} {topic.name}", *(_one(own.by_topic.get(letter)) for own in found.values())]
        for letter, topic in TOPICS.items()
    )
    return table(("topic", *found), lines)


def _one(own: tuple[int, float] | None) -> str:
    return f"{own[1]:.2f} ({own[0]})" if own else NONE


def languages(found: Mapping[str, LanguageFigures]) -> str:
    """What became of texts by language."""
    lines = ([name, str(own.rows), str(own.unscored), str(own.unsure)] for name, own in found.items())
    return table(("language", "texts", "unscored", "unsure or unscored"), lines)


def agreements(found: Mapping[str, Agreement]) -> str:
    """How far annotators agree by set."""
    lines = ([name, str(own.rows), f"{own.share:.1%}", f"{own.kappa:.2f}", f"{own.softest:.0%}"] for name, own in found.items())
    return table(("set", "rows", "agree", "kappa", "of the differences neutral against positive"), lines)


def whole(report: Report) -> str:
    """All tables, one after the other."""
    parts = [tones(report.tones), confusion(report.tones), topics(report.topics), each_topic(report.topics)]
    parts += [languages(report.languages), agreements(report.agreements)]
    return "\n\n".join([*parts, *([beside(report)] if report.baselines else [])])
