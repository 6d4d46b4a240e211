"""`python -m training.teacher`: soft labels for the student, written to training/teacher.bin.

Three encoders, each fine-tuned on two thirds of the government headlines, and beside each a linear model on words and characters.
A labelled headline gets the labels of the pair that has not seen it (out of fold); an unlabelled one the mean of all
three pairs. An hour on two cores.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from shared.tone.pieces import clean
from training import pretrained
from training.data import Row, Split, split
from training.examples import GOVERNMENT, example, headlines, key, pieces_of, topic, used, votes
from training.fit import fit, logits
from training.network import LABELS, TOPIC, Network, begin
from training.vocabulary import Vocabulary, prune

PATH: Final = Path(__file__).with_name("teacher.bin")
FOLDS: Final = 3
EPOCHS: Final = 3
LINEAR_SHARE: Final = 0.3
STEPS: Final = 255  # a share is stored in a byte

Floats = NDArray[np.float64]


class SoftLabels(msgspec.Struct, frozen=True, array_like=True):
    """Keys (5 bytes a text), tones (3 bytes a text) and topics (14 bytes a text), side by side."""

    keys: bytes
    tones: bytes
    topics: bytes


@dataclass(frozen=True)
class Opinion:
    """Shares of tones (rows, 3) and of topics (rows, 14)."""

    tones: Floats
    topics: Floats


def corpus(found: Split) -> list[str]:
    """All texts that the vocabulary is made from; the held-out ones are no part of it."""
    labelled = [row.text for row in found.train if used(row)]
    return labelled + headlines(labelled, [row.text for rows in found.held.values() for row in rows])


def softmax(values: NDArray[np.float32]) -> Floats:
    """Shares, row by row."""
    raised = np.exp(values.astype(np.float64) - values.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _encoder(full: pretrained.Pretrained, vocabulary: Vocabulary, rows: Sequence[Row], seed: int, save: Path) -> Network:
    pieces = pieces_of(vocabulary)
    examples = [example(pieces, row.text, row.domain, votes(row), topic(row.topic)) for row in rows]
    return fit(begin(full, vocabulary.rows), examples, EPOCHS, seed, save)


def _linear(rows: Sequence[Row]) -> Pipeline:
    """Logistic regression on words and characters; each vote is a row."""
    by_word = TfidfVectorizer(preprocessor=clean, ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    by_character = TfidfVectorizer(preprocessor=clean, analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True)
    model = make_pipeline(make_union(by_word, by_character), LogisticRegression(C=4.0, max_iter=300, class_weight="balanced"))
    pairs = [(row.text, LABELS.index(vote)) for row in rows for vote in row.votes]
    weights = np.array([1 / len(row.votes) for row in rows for _ in row.votes])
    model.fit([text for text, _ in pairs], [label for _, label in pairs], logisticregression__sample_weight=weights)
    return model


def _opinion(encoder: Network, linear: Pipeline, vocabulary: Vocabulary, texts: Sequence[str]) -> Opinion:
    pieces = pieces_of(vocabulary)
    found = logits(encoder, [pieces.ids(clean(text), "news") for text in texts])
    tones = (1 - LINEAR_SHARE) * softmax(found[:, : len(LABELS)]) + LINEAR_SHARE * linear.predict_proba(list(texts))
    return Opinion(tones, softmax(found[:, TOPIC]))


def main(folder: Path) -> None:
    """Train the pairs and write the soft labels; checkpoints go to `folder`."""
    found = split()
    rows = [row for row in found.train if row.group in GOVERNMENT and used(row)]
    loose = headlines([row.text for row in found.train], [row.text for held in found.held.values() for row in held])
    full, vocabulary = (
        pretrained.read(pretrained.weights_file()),
        prune(pretrained.read(pretrained.weights_file()), corpus(found)),
    )
    labels: dict[bytes, tuple[Floats, Floats]] = {}
    loose_tones, loose_topics = np.zeros((len(loose), len(LABELS))), np.zeros((len(loose), TOPIC.stop - TOPIC.start))
    for fold in range(FOLDS):
        inside = [row for row in rows if key(row.text)[1] % FOLDS != fold]
        outside = [row for row in rows if key(row.text)[1] % FOLDS == fold]
        print(
            f"fold {fold + 1}/{FOLDS}: {len(inside)} rows, {len(outside)} out of fold, {len(loose)} unlabelled", file=sys.stderr
        )
        encoder, linear = _encoder(full, vocabulary, inside, fold, folder / f"teacher{fold}.pt"), _linear(inside)
        own = _opinion(encoder, linear, vocabulary, [row.text for row in outside])
        labels |= {key(row.text): (own.tones[n], own.topics[n]) for n, row in enumerate(outside)}
        other = _opinion(encoder, linear, vocabulary, loose)
        loose_tones += other.tones / FOLDS
        loose_topics += other.topics / FOLDS
    labels |= {key(text): (loose_tones[n], loose_topics[n]) for n, text in enumerate(loose)}
    write(labels)


def write(labels: dict[bytes, tuple[Floats, Floats]]) -> None:
    """Store the soft labels, sorted by key."""
    ordered = sorted(labels.items())
    tones = np.rint(STEPS * np.array([tone for _, (tone, _) in ordered])).astype(np.uint8)
    topics = np.rint(STEPS * np.array([topics for _, (_, topics) in ordered])).astype(np.uint8)
    stored = SoftLabels(b"".join(name for name, _ in ordered), tones.tobytes(), topics.tobytes())
    PATH.write_bytes(zlib.compress(msgspec.msgpack.encode(stored), 9))


def read() -> dict[bytes, tuple[tuple[float, ...], tuple[float, ...]]]:
    """Tones and topics by key, each summing to 1."""
    stored = msgspec.msgpack.decode(zlib.decompress(PATH.read_bytes()), type=SoftLabels)
    tones = np.frombuffer(stored.tones, np.uint8).reshape(-1, len(LABELS)).astype(float)
    topics = np.frombuffer(stored.topics, np.uint8).reshape(len(tones), -1).astype(float)
    tones, topics = tones / tones.sum(1, keepdims=True), topics / topics.sum(1, keepdims=True)
    keys = [stored.keys[at : at + 5] for at in range(0, len(stored.keys), 5)]
    return {name: (tuple(tones[n]), tuple(topics[n])) for n, name in enumerate(keys)}


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
