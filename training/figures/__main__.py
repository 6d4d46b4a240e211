"""The command line of training.figures."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from shared.tone import load
from training.data import split
from training.figures import measured, train_baselines
from training.figures.markdown import whole
from training.figures.report import encoded


def main(words: list[str] | None = None) -> None:
    """Measure, print Markdown, write JSON where asked to."""
    parser = argparse.ArgumentParser(prog="python -m training.figures", description="Held-out figures of the shipped model.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--baselines", action="store_true", help="measure the baselines too (needs requirements-bench.txt)")
    args = parser.parse_args(words)
    found = split()
    report = measured(load(), found, train_baselines(found.train) if args.baselines else ())
    sys.stdout.write(whole(report) + "\n")
    if args.json:
        args.json.write_text(encoded(report), encoding="utf-8")


if __name__ == "__main__":
    main()
