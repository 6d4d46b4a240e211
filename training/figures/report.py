"""All figures of a model together, as they are written to docs/figures/tone.json and read from there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from shared.ports import Classifier
from shared.tone import encoder, language, linear
from training.data import Row, calibrates
from training.figures.agreement import Agreement
from training.figures.judges import Judge
from training.figures.languages import LanguageFigures
from training.figures.measure import ToneFigures, TopicFigures, tone_figures, topic_figures

ROOT: Final = Path(__file__).resolve().parents[2]
FILES: Final = (encoder.PATH, linear.PATH, language.PATH)  # all that decides what the model says
LEAST: Final = 50  # rows of a set; figures on fewer say nothing
OTHER_LANGUAGES: Final = "nusax-other"  # a group that the model is not to score
AGREED: Final = " agreed"  # ends the name of a set that holds only rows on whose tone two annotators agree

NESTED: Final = 3  # levels of mappings that the JSON spreads over lines

Tones = dict[str, ToneFigures]  # by set


class ModelFile(Struct, frozen=True, array_like=True):
    """One of the files that a model consists of."""

    path: str  # relative to the repository
    size: int  # bytes
    sha256: str


class Shipped(Struct, frozen=True):
    """Which model was measured."""

    name: str
    files: tuple[ModelFile, ...]


class Report(Struct, frozen=True):
    """Figures of a model beside those of baselines."""

    model: Shipped
    tones: Tones
    topics: dict[str, TopicFigures]  # by set
    languages: dict[str, LanguageFigures]
    agreements: dict[str, Agreement]  # by held-out group
    baselines: dict[str, Tones] = {}  # by judge


def sets(held: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """The sets that are measured: each held-out group, and of it the rows on whose tone two annotators agree."""
    found: dict[str, list[Row]] = {}
    for group, rows in sorted(held.items()):
        if group == OTHER_LANGUAGES:
            continue
        found[group] = list(rows)
        found[group + AGREED] = [row for row in rows if len(row.votes) > 1 and len(set(row.votes)) == 1]
    return {name: rows for name, rows in found.items() if len(rows) >= LEAST}


def tones_of(judge: Judge, measured: Mapping[str, Sequence[Row]]) -> Tones:
    """A judge's figures by set; rows without a label are left out."""
    found = {}
    for name, rows in measured.items():
        labelled = [row for row in rows if row.label]
        given = judge.tones(labelled)
        calibration = [judge.calibrated and not calibrates(row) for row in labelled]
        found[name] = tone_figures([row.label or "" for row in labelled], given, calibration)
    return found


def topics_of(model: Classifier, measured: Mapping[str, Sequence[Row]]) -> dict[str, TopicFigures]:
    """The model's topics by set, where enough rows have one."""
    found = {}
    for name, rows in measured.items():
        known = [row for row in rows if row.topic]
        if len(known) >= LEAST and not name.endswith(AGREED):
            given = model.topics([row.text for row in known], known[0].domain)
            found[name] = topic_figures([row.topic or "" for row in known], given)
    return found


def identity(name: str) -> Shipped:
    """The model as it stands in the repository."""
    contents = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in FILES}
    return Shipped(name, tuple(ModelFile(path, len(data), hashlib.sha256(data).hexdigest()) for path, data in contents.items()))


def baselines_of(judges: Iterable[Judge], measured: Mapping[str, Sequence[Row]]) -> dict[str, Tones]:
    """The figures of several judges."""
    return {judge.name: tones_of(judge, measured) for judge in judges}


def encoded(report: Report) -> str:
    """As JSON with one line a set, so that a change can be read."""
    return _lines(msgspec.to_builtins(report), "") + "\n"


def _lines(value: object, indent: str) -> str:
    """A mapping of mappings over several lines, anything else on one."""
    if not isinstance(value, dict) or not any(isinstance(each, dict) for each in value.values()) or len(indent) >= NESTED:
        return json.dumps(value)
    inner = indent + " "
    return "{\n" + ",\n".join(f"{inner}{json.dumps(key)}: {_lines(each, inner)}" for key, each in value.items()) + f"\n{indent}}}"


def decoded(text: str) -> Report:
    """From JSON; raises msgspec.ValidationError where a field is missing or of another kind."""
    return msgspec.json.decode(text, type=Report)
