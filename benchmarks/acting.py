"""Who acts against whom: precision and recall of the rule in shared/relevance/roles.py, on headlines drawn after it stood.

Labels: benchmarks/data/acting.tsv, texts: ../shared/data/sentiment; without those there are no figures. Each label weighs as many
headlines as it was drawn from.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from pathlib import Path
from typing import Final

from shared.matching import matcher_of
from training.data import DATA
from training.pairs import agencies

LABELS: Final = Path(__file__).parent / "data" / "acting.tsv"
DRAWN_FROM: Final = {"acts": 219 / 50, "rest": 456 / 60}  # headlines that one label stands for


def acting() -> dict[str, float]:
    """Figures by name."""
    if not DATA.is_dir():
        return {}
    with gzip.open(DATA / "gov_headlines.jsonl.gz", "rt", encoding="utf-8") as lines:
        headlines = [json.loads(line)["text"] for line in lines]
    texts = {hashlib.sha256(text.encode()).hexdigest()[:12]: text for text in headlines}
    matcher = matcher_of(agencies())
    with LABELS.open(encoding="utf-8") as lines:
        labels = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    right = wrong = missed = 0.0
    for label in labels:
        (one,) = matcher.explain(texts[label["id"]], "", (label["agency"],))
        weight = DRAWN_FROM[label["drawn"]]
        right += weight * (one.acts and label["acts"] == "yes")
        wrong += weight * (one.acts and label["acts"] == "no")
        missed += weight * (not one.acts and label["acts"] == "yes")
    return {
        "acting_precision": right / (right + wrong),
        "acting_recall": right / (right + missed),
        "acting_headlines": len(labels),
    }
