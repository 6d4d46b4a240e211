"""Grouping on public text streams with labelled stories, fetched for measurement: `python -m benchmarks.streams FOLDER`.

FOLDER holds News-T and Tweets-T of github.com/jackyin12/MStream (MStream/data). Their lines have no times: one comes every ten
seconds, as in grouping.py. Not part of `make bench`. Peer: MStreamF (Yin et al., KDD 2018), normalised mutual information.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from math import log, sqrt
from pathlib import Path
from typing import Final

from benchmarks.grouping import APART, START, bcubed, grouped

MSTREAMF: Final = {"News-T": 0.873, "Tweets-T": 0.923}


def main(folder: Path) -> None:
    """Print one line a stream."""
    for name, peer in MSTREAMF.items():
        rows = [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]
        groups, figures = grouped([(START + APART * number, row["textCleaned"]) for number, row in enumerate(rows)])
        truth = [str(row["clusterNo"]) for row in rows]
        spent = sum(value for part, value in figures.items() if part.endswith("_us"))
        print(
            f"{name}: NMI {shared_information(groups, truth):.3f} (MStreamF {peer}), BCubed F1 {bcubed(groups, truth):.3f}, "
            f"{len(set(groups))} issues for {len(set(truth))} stories, {spent:.0f} us a text"
        )


def shared_information(groups: Sequence[str], truth: Sequence[str]) -> float:
    """Mutual information of two groupings, normalised by the geometric mean of their entropies; 0 to 1."""
    group, label, both = Counter(groups), Counter(truth), Counter(zip(groups, truth, strict=True))
    size = len(groups)
    mutual = sum(count / size * log(count * size / (group[key] * label[other])) for (key, other), count in both.items())
    return mutual / sqrt(_entropy(group, size) * _entropy(label, size))


def _entropy(counts: Counter[str], size: int) -> float:
    return -sum(count / size * log(count / size) for count in counts.values())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
