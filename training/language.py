"""Makes shared/tone/language.txt: what letter triples and common words say about a text's language.

Our side is counted in the training texts, the other in training/foreign.txt. weight = ln(share here / share there), within 3; the
commonest words of both sides say more. Texts of our side that a first table takes for another language are left out of a second.
Usage: python -m training.language
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import log, sqrt
from pathlib import Path
from typing import Final

from shared.tone.language import FOREIGN, PATH, STEP, UNKNOWN, triples
from training.data import Row, split

LISTS: Final = Path(__file__).with_name("foreign.txt")
WEIGHTS: Final = {
    "smsa": 0.2,
    "nusax-ind": 4.0,
    "nusax-jav": 4.0,
    "nusax-sun": 4.0,
    "nusax-min": 4.0,
}  # of a group's word; else 1
OTHERS: Final = frozenset({"nusax-other"})  # languages that are not read
ENGLISH: Final = 1.0  # weight of a word of English, the likeliest other language ...
REST: Final = 0.35  # ... and of one of all others
LEAST_USES: Final = 3  # of a word in our texts
LOAN: Final = 400  # uses from which a word of both sides is ours, too
COMMON_OURS: Final = 200
COMMON_THEIRS: Final = 110  # of the first line of English
OURS_SAY: Final = 8.0  # what a common word of ours adds ...
THEIRS_SAY: Final = 5.0  # ... and one of theirs takes away: headlines borrow English words, English ones none of ours
MOST: Final = 3.0  # what a triple says at most
TRIPLES: Final = 6000  # that there may be; for smoothing
SMOOTH_OURS: Final = 1.0
SMOOTH_THEIRS: Final = 0.3

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


def foreign() -> tuple[dict[str, float], list[str]]:
    """Words of other languages with their weights, and the commonest English ones."""
    weights: dict[str, float] = defaultdict(float)
    common: list[str] = []
    for line in LISTS.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        language, *words = line.split()
        common = common or words[:COMMON_THEIRS]
        for word in words:
            weights[word] += ENGLISH if language == "en" else REST
    return dict(weights), common


def table(rows: Iterable[Row]) -> dict[str, float]:
    """Weights of triples and of common words, from our texts and the lists of the others."""
    theirs, their_common = foreign()
    ours: dict[str, float] = defaultdict(float)
    for row in rows:
        for word in _words(row.text):
            ours[word] += WEIGHTS.get(row.group, 1.0)
    kept = {word: sqrt(uses) for word, uses in ours.items() if uses >= (LOAN if word in theirs else LEAST_USES)}
    weights = _contrast(_counts(kept), _counts(theirs))
    ranked = sorted(ours, key=lambda word: (-ours[word], word))
    our_common = [word for word in ranked if word not in theirs and len(word) > 1][:COMMON_OURS]
    weights |= {f" {word} ": OURS_SAY for word in our_common}
    return weights | {f" {word} ": -THEIRS_SAY for word in their_common if len(word) > 1}


def _counts(words: Mapping[str, float]) -> Mapping[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for word, weight in sorted(words.items()):
        for triple in triples(word):
            counts[triple] += weight
    return counts


def _contrast(ours: Mapping[str, float], theirs: Mapping[str, float]) -> dict[str, float]:
    """ln of the ratio of the smoothed shares of each triple."""
    here = sum(ours.values()) + SMOOTH_OURS * TRIPLES
    there = sum(theirs.values()) + SMOOTH_THEIRS * TRIPLES
    both = sorted({*ours, *theirs})
    said = {t: log((ours.get(t, 0.0) + SMOOTH_OURS) / here) - log((theirs.get(t, 0.0) + SMOOTH_THEIRS) / there) for t in both}
    return {triple: max(-MOST, min(MOST, weight)) for triple, weight in said.items()}


def is_foreign(text: str, weights: Mapping[str, float]) -> bool:
    """Whether a table takes a text for another language."""
    return sum(weights.get(triple, UNKNOWN) for word in _words(text) for triple in triples(word)) < FOREIGN


def written(weights: Mapping[str, float]) -> str:
    """The table as text: a line for each weight in steps, then its triples and words, with _ for a space."""
    lines: dict[int, list[str]] = defaultdict(list)
    for gram, weight in sorted(weights.items()):
        lines[round(weight / STEP)].append(gram.replace(" ", "_"))
    return "".join(f"{steps} {' '.join(grams)}\n" for steps, grams in sorted(lines.items()))


def built() -> str:
    """The whole file, from the training texts."""
    rows = [row for row in split().train if row.group not in OTHERS]
    first = table(rows)
    return written(table(row for row in rows if not is_foreign(row.text, first)))


if __name__ == "__main__":
    PATH.write_text(built(), encoding="utf-8")
