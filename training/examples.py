"""From labelled rows to examples for the encoder: which rows, what share of each tone, which topic."""

from __future__ import annotations

import gzip
from typing import Final

from shared.tone.pieces import Pieces, clean
from training.data import DATA, NearTexts, Row, Split, key
from training.fit import Example
from training.network import LABELS, TOPICS
from training.vocabulary import Vocabulary

Shares = tuple[float, float, float]
HEADLINES: Final = DATA.parent / "news" / "headlines_general_2025.txt.gz"
OFF_TOPIC: Final = "UX"  # topics (markets, abroad) whose neutral rows of the second part mostly do not concern the government
KEPT_OFF_TOPIC: Final = 35  # percent of those rows that are kept: they would drown the others
SMOOTHING: Final = 0.05


def used(row: Row) -> bool:
    """Whether a row is trained on."""
    if row.group == "nusax-other":
        return False
    if row.group == "general-hard" and row.label == "neutral" and row.topic and row.topic in OFF_TOPIC:
        return int(key(row.text)[:2], 16) * 100 < KEPT_OFF_TOPIC * 256
    return True


def votes(row: Row) -> Shares:
    """The share of the votes that each tone got, smoothed."""
    shares = [row.votes.count(label) / len(row.votes) * (1 - SMOOTHING) + SMOOTHING / len(LABELS) for label in LABELS]
    return shares[0], shares[1], shares[2]


def topic(letter: str | None) -> tuple[float, ...]:
    """All on one topic, or nothing where it is unknown."""
    return tuple(float(letter == each) for each in TOPICS)


def corpus(found: Split) -> list[str]:
    """All texts that the vocabulary is made from, the unlabelled headlines too; the held-out ones are no part of it."""
    near = NearTexts(row.text for rows in found.held.values() for row in rows)
    loose = gzip.decompress(HEADLINES.read_bytes()).decode().splitlines()
    return [row.text for row in found.train if used(row)] + [line for line in loose if not near.has(line)]


def example(pieces: Pieces, row: Row) -> Example:
    """A row as the network sees it."""
    return Example(pieces.ids(clean(row.text), row.domain), row.domain, votes(row), topic(row.topic))


def pieces_of(vocabulary: Vocabulary) -> Pieces:
    """The segmentation that training and service share."""
    return Pieces(vocabulary.pieces, vocabulary.scores)
