"""`python -m training.figures`: held-out figures of the shipped model, set by set and never pooled.

Needs nothing but the run time; `--baselines` measures the baselines too and needs requirements-bench.txt. The texts are the
held-out ones of training.data. Labels of the government sets (general, general-hard, mbg) were made by language-model annotators
under a written guideline.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module

from shared.ports import Classifier
from training.data import Row, Split
from training.figures.agreement import agreements
from training.figures.judges import Judge, shipped
from training.figures.languages import language_figures
from training.figures.report import LEAST, Report, baselines_of, identity, sets, tones_of, topics_of


def train_baselines(rows: Sequence[Row]) -> list[Judge]:
    """All baselines, trained on these rows. Their module is imported here and not above: it needs requirements-bench.txt."""
    judges: list[Judge] = import_module(f"{__name__}.baselines").trained(rows)
    return judges


def measured(model: Classifier, found: Split, judges: Iterable[Judge] = ()) -> Report:
    """The report on a model, beside the given baselines."""
    held = sets(found.held)
    return Report(
        identity(model.name),
        tones_of(shipped(model), held),
        topics_of(model, held),
        language_figures(model, found.held),
        agreements(found.held, LEAST),
        baselines_of(judges, held),
    )
