"""`make bench`: every measurement as one table and as JSON.

Each benchmark is a module with `run() -> dict[str, float]` and has a process of its own. See docs/measurements.md.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Final

from benchmarks.alone import alone
from benchmarks.table import Row, rows, table

BENCHMARKS: Final = (
    "parse",
    "sources",
    "tone",
    "accuracy",
    "relevance",
    "copies",
    "grouping",
    "matters",
    "detector",
    "regency",
    "scenarios",
    "nab",
    "pages",
    "pipeline",
    "coldstart",
    "startup",
    "meter",
    "delivery",
    "desk",
    "replay",
)


def main(words: list[str] | None = None) -> None:
    """Measure what is asked for and print it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Every measurement as one table and as JSON.")
    parser.add_argument("only", nargs="*", metavar="BENCHMARK", help=f"{', '.join(BENCHMARKS)} (default: all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the JSON there; else it is the last line")
    args = parser.parse_args(words)
    if unknown := sorted(set(args.only) - set(BENCHMARKS)):
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    found: list[Row] = []
    for name in args.only or BENCHMARKS:
        sys.stderr.write(f"{name} ...\n")
        found += rows(name, alone(importlib.import_module(f"benchmarks.{name}").run))
    sys.stdout.write(table(found) + "\n")
    line = json.dumps([row._asdict() for row in found]) + "\n"
    if args.json:
        args.json.write_text(line, encoding="utf-8")
    else:
        sys.stdout.write(line)


if __name__ == "__main__":
    main()
