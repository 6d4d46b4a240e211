"""`python -m training.card [--baselines]`: measure the shipped model and write its figures where they are published.

docs/figures/tone.json holds them; the plot docs/calibration.svg, what stands between markers in docs/model-card.md and
docs/measurements.md, and what the dashboard's page about itself shows are made from it. Without `--baselines` those of the last
time are kept: they do not depend on the model.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from benchmarks.accuracy import excerpt
from benchmarks.table import rows
from shared.dashboard import about
from shared.tone import load
from training.data import split
from training.figures import markdown, measured, train_baselines
from training.figures.plot import calibration
from training.figures.report import ROOT, Report, Shipped, decoded, encoded

DOCUMENTS: Final = (ROOT / "docs" / "model-card.md", ROOT / "docs" / "measurements.md")
FIGURES: Final = ROOT / "docs" / "figures" / "tone.json"
PLOT: Final = ROOT / "docs" / "calibration.svg"
_BLOCK: Final = re.compile(r"(<!-- ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def blocks(report: Report) -> dict[str, str]:
    """What stands between the documents' markers, by the name of the marker."""
    return {
        "files": _files(report.model),
        "tones": markdown.tones(report.tones),
        "confusion": markdown.confusion(report.tones),
        "baselines": markdown.beside(report),
        "topics": markdown.topics(report.topics),
        "each topic": markdown.each_topic(report.topics),
        "languages": markdown.languages(report.languages),
        "agreements": markdown.agreements(report.agreements),
        "aims": aims(report),
    }


def _files(model: Shipped) -> str:
    lines = ([f"`{each.path}`", f"{each.size / 1e6:.2f}", f"`{each.sha256}`"] for each in model.files)
    return markdown.table((f"`{model.name}`", "MB", "SHA-256"), lines)


def aims(report: Report) -> str:
    """What has an aim, with its floor and beside the baselines."""
    found = [row for row in rows("accuracy", excerpt(report)) if row.aim]
    lines = (
        [row.name, f"{row.value:.3f}", row.aim, str(row.floor), *(_share(row.baselines.get(name)) for name in report.baselines)]
        for row in found
    )
    return markdown.table(("figure", "measured", "aim", "floor", *report.baselines), lines)


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def filled(text: str, found: Mapping[str, str]) -> str:
    """A document with every block between `<!-- name -->` and `<!-- end -->` written anew; KeyError for an unknown name."""
    return _BLOCK.sub(lambda match: f"{match[1]}{found[match[2]]}\n{match[3]}", text)


def main(words: list[str] | None = None) -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m training.card", description="Write the model's figures into docs/.")
    parser.add_argument("--baselines", action="store_true", help="measure the baselines too (needs requirements-bench.txt)")
    args = parser.parse_args(words)
    found = split()
    report = measured(load(), found, train_baselines(found.train) if args.baselines else ())
    if not args.baselines and FIGURES.exists():
        report = replace(report, baselines=decoded(FIGURES.read_text(encoding="utf-8")).baselines)
    publish(report)


def publish(report: Report) -> None:
    """Write JSON, plot and tables."""
    FIGURES.parent.mkdir(exist_ok=True)
    figures = encoded(report)
    FIGURES.write_text(figures, encoding="utf-8")
    about.FILE.write_text(about.packed(figures), encoding="utf-8")
    PLOT.write_text(calibration(report.tones), encoding="utf-8")
    found = blocks(report)
    for document in DOCUMENTS:
        document.write_text(filled(document.read_text(encoding="utf-8"), found), encoding="utf-8")


if __name__ == "__main__":
    main()
