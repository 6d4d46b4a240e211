"""From labelled rows to examples for the encoder: which rows, what share of each tone, which topic."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

from shared.tone.pieces import Pieces, clean
from training.data import DATA, NearTexts, Row
from training.fit import Example
from training.network import LABELS, TOPICS
from training.vocabulary import Vocabulary

Shares = tuple[float, float, float]
HEADLINES: Final = DATA.parent / "news" / "headlines_general_2025.txt.gz"
GOVERNMENT: Final = frozenset({"mbg", "general", "general-hard"})
LANGUAGES: Final = frozenset({"nusax-ind", "nusax-jav", "nusax-sun", "nusax-min"})
OFF_TOPIC: Final = "UX"  # topics (markets, abroad) whose neutral rows of the second part mostly do not concern the government
KEPT_OFF_TOPIC: Final = 35  # percent of those rows that are kept: they would drown the others
SMOOTHING: Final = 0.05


def key(text: str) -> bytes:
    """Five bytes that stand for a text as the encoder sees it."""
    return hashlib.sha256(clean(text).encode()).digest()[:5]


def used(row: Row) -> bool:
    """Whether a row is trained on."""
    if row.group == "nusax-other":
        return False
    if row.group == "general-hard" and row.label == "neutral" and row.topic and row.topic in OFF_TOPIC:
        return key(row.text)[0] * 100 < KEPT_OFF_TOPIC * 256
    return True


def votes(row: Row) -> Shares:
    """The share of the votes that each tone got, smoothed."""
    shares = [row.votes.count(label) / len(row.votes) * (1 - SMOOTHING) + SMOOTHING / len(LABELS) for label in LABELS]
    return shares[0], shares[1], shares[2]


def topic(letter: str | None) -> tuple[float, ...]:
    """All on one topic, or nothing where it is unknown."""
    return tuple(float(letter == each) for each in TOPICS)


def headlines(known: Iterable[str], held: Iterable[str]) -> list[str]:
    """Unlabelled headlines: each once, none that is labelled, none that nearly repeats a held-out one."""
    seen, near = {key(text) for text in known}, NearTexts(held)
    found: dict[bytes, str] = {}
    for line in gzip.decompress(HEADLINES.read_bytes()).decode().splitlines():
        if key(line) not in seen and not near.has(line):
            found.setdefault(key(line), line)
    return list(found.values())


def example(pieces: Pieces, text: str, domain: str, tone: Shares, topics: tuple[float, ...], weight: float = 1.0) -> Example:
    """An example for the network."""
    return Example(pieces.ids(clean(text), domain), domain, tone, topics, weight)


def pieces_of(vocabulary: Vocabulary) -> Pieces:
    """The segmentation that training and service share."""
    return Pieces(vocabulary.pieces, vocabulary.scores)


def mixed(own: Sequence[float], other: Sequence[float], share: float) -> Shares:
    """`share` of the other, the rest of one's own."""
    a, b, c = ((1 - share) * mine + share * theirs for mine, theirs in zip(own, other, strict=True))
    return a, b, c
