"""The labelled texts, and the split that keeps the reported figures honest.

Only sources whose licence allows shipped weights are read: the project's own labels, SmSA, NusaX and CNBC. Held out and never
trained on: the later months of the programme MBG, a tenth of all other government headlines (chosen by a hash of the words: these
rows have no outlet and no date), and `valid.jsonl.gz`. Training rows that nearly repeat a held-out text are dropped.

Most government headlines carry one vote. `votes.txt` beside this file adds a second one to the held-out ones of `mbg` and
`general`, so that the rows on which annotators agree can be measured; it changes no label, and holds keys instead of texts.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from shared.tone.features import words
from shared.tone.pieces import clean

DATA: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "sentiment"
SOURCES: Final = frozenset({"smsa", "nusax", "cnbc"})
NUSAX: Final = {language: f"nusax-{language}" for language in ("ind", "jav", "sun", "min")}
SECOND_PART: Final = 14_621  # government rows from here on were chosen because a first model was unsure about them
HELD_FROM: Final = "2025-06"  # month from which headlines about MBG are held out
HELD_TENTH: Final = 10
VOTES: Final = Path(__file__).with_name("votes.txt")  # a line a text: its key, then the first letter of a tone
TONES: Final = {"n": "negative", "o": "neutral", "p": "positive"}
NEAR: Final = 0.5  # share of common word triples from which two texts are nearly the same


@dataclass(frozen=True)
class Row:
    """A labelled text."""

    text: str
    group: str  # where it comes from: mbg, general, general-hard, smsa, nusax-<language or other>, cnbc
    domain: str  # news or social
    votes: tuple[str, ...]
    label: str | None  # None where the votes differ
    topic: str | None = None


@dataclass(frozen=True)
class Split:
    """Rows to learn from, and held-out rows by group."""

    train: list[Row]
    held: dict[str, list[Row]] = field(default_factory=dict)


def _lines(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def key(text: str) -> str:
    """Stands for a text as the model sees it: ten hexadecimal digits."""
    return hashlib.sha256(clean(text).encode()).hexdigest()[:10]


def second_votes() -> dict[str, tuple[str]]:
    """A tone by key of a held-out text, by annotators who did not know the first vote."""
    lines = (line.split() for line in VOTES.read_text(encoding="utf-8").splitlines())
    return {text: (TONES[letter],) for text, letter in lines}


def _government() -> Iterator[tuple[Row, bool]]:
    """Every government headline, and whether it is held out."""
    second = second_votes()
    for number, line in enumerate(_lines("gov_headlines.jsonl.gz")):
        text, programme = line["text"], line["set"] == "mbg"
        group = "mbg" if programme else "general" if number < SECOND_PART else "general-hard"
        held = line["date"] >= HELD_FROM if programme else _hash(text) % HELD_TENTH == 0
        votes = (*line["votes"], *second.get(key(text), ()))
        yield Row(text, group, "news", votes, line["label"], line["topic"]), held


def _public(name: str) -> Iterator[Row]:
    """The rows of the public sets that may shape shipped weights."""
    for line in _lines(name):
        if line["source"] in SOURCES:
            group = NUSAX.get(line["lang"], "nusax-other") if line["source"] == "nusax" else line["source"]
            yield Row(line["text"], group, line["domain"], (line["label"],), line["label"])


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(" ".join(words(text)).encode()).digest()[:4], "big")


def _triples(text: str) -> set[str]:
    found = words(text)
    size = min(3, len(found))
    return {" ".join(found[start : start + size]) for start in range(len(found) - size + 1)}


class NearTexts:
    """Finds texts that nearly repeat one of a given few."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Index the texts by their word triples."""
        self._sizes: list[int] = []
        self._holders: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            triples = _triples(text)
            self._sizes.append(len(triples))
            for triple in triples:
                self._holders[triple].append(number)

    def has(self, text: str) -> bool:
        """Whether a text shares at least NEAR of its triples (or of the other's, if that is shorter) with an indexed one."""
        triples = _triples(text)
        shared = Counter(number for triple in triples for number in self._holders.get(triple, ()))
        return any(count >= NEAR * min(len(triples), self._sizes[number]) for number, count in shared.items())


def calibrates(row: Row) -> bool:
    """Whether a held-out row may set temperatures and limits: half of them, by a hash. ECE is measured on the other half."""
    return hashlib.sha256(clean(row.text).encode()).digest()[2] % 2 == 0


def split() -> Split:
    """All rows, split; the same every time."""
    government = list(_government())
    held = [row for row, out in government if out] + list(_public("valid.jsonl.gz"))
    near = NearTexts(row.text for row in held)
    train = [row for row, out in government if not out] + list(_public("train.jsonl.gz"))
    by_group: dict[str, list[Row]] = defaultdict(list)
    for row in held:
        by_group[row.group].append(row)
    return Split([row for row in train if not near.has(row.text)], dict(sorted(by_group.items())))


def lexicon() -> dict[str, int]:
    """The project's own words and two-word phrases with the tone that each adds: -2, -1, 1 or 2."""
    lines: Sequence[str] = (DATA / "lexicon.tsv").read_text(encoding="utf-8").splitlines()
    return {word: int(tone) for word, tone in (line.split("\t") for line in lines)}
