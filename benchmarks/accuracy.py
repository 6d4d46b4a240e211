"""How well the tone model reads held-out texts, beside baselines that are trained in the same run.

Needs ../shared/data; without it there are no figures. The tables that this is an excerpt of: `python -m training.figures`.
"""

from __future__ import annotations

import sys
from typing import Final

from benchmarks.table import OF
from shared.tone import load
from training.data import DATA, split
from training.figures import measured, train_baselines
from training.figures.report import AGREED, Report

FIGURES: Final = ("macro_f1", "calibration_error")  # of every set
GOVERNMENT: Final = ("negative_f1", "negative_recall", "confident_accuracy", "unsure")  # of the sets of government headlines
COMPARED: Final = ("macro_f1", "negative_f1")  # that stand beside those of the baselines
SETS: Final = ("general", "general-hard", "mbg")


def run() -> dict[str, float]:
    """Figures of the held-out sets, by set; those of a baseline are called `figure of baseline`."""
    if not DATA.is_dir():
        sys.stderr.write(f"accuracy: no labelled texts at {DATA}\n")
        return {}
    found = split()
    return excerpt(measured(load(), found, train_baselines(found.train)))


def excerpt(report: Report) -> dict[str, float]:
    """The figures of a report that have aims or serve detection, each followed by the baselines'."""
    found: dict[str, float] = {}
    for name, own in report.tones.items():
        if name.endswith(AGREED):
            continue
        for figure in FIGURES + GOVERNMENT if name in SETS else FIGURES:
            found[f"{name}_{figure}"] = getattr(own, figure)
            if figure in COMPARED:
                others = {judge: getattr(tones[name], figure) for judge, tones in report.baselines.items()}
                found |= {f"{name}_{figure}{OF}{judge}": value for judge, value in others.items()}
    for name, topics in report.topics.items():
        found[f"{name}_topic_accuracy"] = topics.accuracy
        found[f"{name}_topic_macro_f1"] = topics.macro_f1
    return found
