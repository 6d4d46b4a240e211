"""Is a headline about the agency: precision and recall on agencies that no weight was fitted to, beside plain alias matching.

Also how often the right unit (OPD) comes first, how many decisions a second one process takes with all regions and ministries of
the catalogue configured, how well who acts is told from whom it acts against, and how well tone is read in headlines of
regencies, cities and villages. Needs ../shared/data for the texts; without it there are no figures. Labels and rules:
docs/relevance.md.
"""

from __future__ import annotations

import csv
import hashlib
import itertools
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import process_time
from typing import Final

from benchmarks.acting import acting
from benchmarks.table import OF
from shared.matching import Matcher, matcher_of
from shared.phrases import Phrases, tokens
from shared.ports import Classifier
from shared.tone import load
from shared.words import headline
from training.data import DATA, split
from training.figures.measure import tone_figures
from training.pairs import LABELS, NEWS, Pair, agencies, headlines, pairs

PARTS: Final = ("test", "fresh")
TEXTS: Final = 20_000  # headlines for the rate
REGENCY: Final = re.compile(
    r"\b(bupati|wabup|pemkab|pemkot|pemko|pemda|wali ?kota|wawali|walkot|camat|kecamatan|lurah|kelurahan|desa|kades|kabupaten"
    r"|dprd|sekda|disdik|dinkes|dishub|rsud|satpol pp|bpbd|pdam)\b",
    re.IGNORECASE,
)
OWN_TONES: Final = LABELS.with_name("regency_tone.tsv")
NATIONAL: Final = ("general", "general-hard", "mbg")

Decide = Callable[[Pair], bool]


def run() -> dict[str, float]:
    """All figures; those of plain alias matching are called `figure of plain`."""
    if not NEWS.is_dir():
        sys.stderr.write(f"relevance: no headlines at {NEWS}\n")
        return {}
    matcher, model = matcher_of(agencies()), load()
    return {**_accuracy(matcher), **_routing(matcher, model), **_rate(matcher), **_tone(model), **acting()}


def _accuracy(matcher: Matcher) -> dict[str, float]:
    """Precision and recall of `about us`, of the strict matcher and of plain alias matching."""
    plain = _plain()
    found: dict[str, float] = {}
    for name, rows in (("", pairs("test")), ("hard_", [one for one in pairs("test") if one.hard]), ("fresh_", pairs("fresh"))):
        for judge, decide in (("", _strict(matcher)), (f"{OF}plain", plain)):
            for figure, value in zip(("precision", "recall"), _measured(rows, decide), strict=True):
                found[f"{name}{figure}{judge}"] = value
        found[f"{name}pairs"] = len(rows)
    return found


def _strict(matcher: Matcher) -> Decide:
    """Counted, as collect and classify would have it."""

    def decide(pair: Pair) -> bool:
        named = [id for id in matcher.match(pair.text, "") if id == pair.agency]
        return any(one.about for one in matcher.judge(pair.text, "", named))

    return decide


def _plain() -> Decide:
    """Any of the agency's names stands in the headline, as whole words in any case."""
    names: Phrases[str] = Phrases()
    for agency in agencies():
        names.add((agency.name, *agency.aliases, *agency.short_names), agency.id)
    return lambda pair: any(hit.key == pair.agency for hit in names.find(tokens(headline(pair.text))))


def _measured(rows: Sequence[Pair], decide: Decide) -> tuple[float, float]:
    """Precision and recall."""
    given = [decide(pair) for pair in rows]
    right = sum(one and pair.label == "about" for one, pair in zip(given, rows, strict=True))
    return right / max(1, sum(given)), right / max(1, sum(pair.label == "about" for pair in rows))


def _routing(matcher: Matcher, model: Classifier) -> dict[str, float]:
    """How often the right unit comes first, and first or second, where one of the template's units is right."""
    found: dict[str, float] = {}
    for part, name in zip(PARTS, ("unit", "fresh_unit"), strict=True):
        rows = [pair for pair in pairs(part) if pair.units]
        topics = model.topics([pair.text for pair in rows], "news")
        ranked = [matcher.explain(row.text, "", (row.agency,), topic)[0].units for row, topic in zip(rows, topics, strict=True)]
        for most in (1, 2):
            right = sum(bool(set(units[:most]) & set(row.units)) for row, units in zip(rows, ranked, strict=True))
            found[f"{name}_top{most}"] = right / len(rows)
    return found


def _rate(matcher: Matcher) -> dict[str, float]:
    """Per second of processor time: headlines that are searched for all agencies, and strict decisions with reason and unit."""
    titles = list(itertools.islice(headlines(), TEXTS))
    began = process_time()
    named = [(title, ids) for title in titles if (ids := matcher.match(title, ""))]
    matched = process_time() - began
    began = process_time()
    decisions = sum(len(matcher.explain(title, "", ids)) for title, ids in named)
    decided = process_time() - began
    return {
        "agencies_configured": len(agencies()),
        "headlines_matched_per_second": len(titles) / matched,
        "decisions_per_second": decisions / decided,
    }


def _tone(model: Classifier) -> dict[str, float]:
    """Macro-F1 and negative F1 on held-out headlines that name regencies, cities or villages, and on all others."""
    if not DATA.is_dir():
        return {}
    held = [row for group, rows in split().held.items() if group in NATIONAL for row in rows if row.label]
    regency = [(row.text, row.label or "") for row in held if REGENCY.search(row.text)] + _own(OWN_TONES)
    others = [(row.text, row.label or "") for row in held if not REGENCY.search(row.text)]
    return {**_tones("regency", regency, model), **_tones("national", others, model)}


def _own(file: Path) -> list[tuple[str, str]]:
    """Headlines that were labelled for this benchmark alone."""
    texts = {hashlib.sha256(text.encode()).hexdigest()[:12]: text for text in headlines()}
    with file.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    return [(texts[row["id"]], row["tone"]) for row in rows if row["id"] in texts]


def _tones(name: str, rows: Iterable[tuple[str, str]], model: Classifier) -> dict[str, float]:
    texts, labels = zip(*rows, strict=True)
    given = tone_figures(labels, model.tones(texts, "news"), [False] * len(texts))
    return {f"{name}_macro_f1": given.macro_f1, f"{name}_negative_f1": given.negative_f1, f"{name}_headlines": len(texts)}
