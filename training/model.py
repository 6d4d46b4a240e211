"""`python -m training.model [FOLDER]`: fine-tune the student on all domains and write shared/tone/encoder.onnx.

Labelled headlines keep their votes, mixed with the opinion of the teacher that has not seen them; unlabelled ones carry the
teacher's opinion alone. About an hour and a half on two cores. Checkpoints go to FOLDER (by default the one for temporary files).
"""

from __future__ import annotations

import pickle
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from shared.tone.pieces import Pieces
from training import pretrained, teacher
from training.data import Row, Split, split
from training.examples import GOVERNMENT, example, headlines, key, mixed, pieces_of, topic, used, votes
from training.fit import Example, fit
from training.network import begin
from training.vocabulary import prune

EPOCHS: Final = 4
SEED: Final = 7
DOUBT: Final = 0.3  # the teacher's share in a label with one vote ...
TRUST: Final = 0.15  # ... and in one on which two annotators agree
LOOSE: Final = 0.7  # what an unlabelled headline weighs
REGIONAL: Final = 2  # how often a text in a regional language is shown in an epoch: there are few
Opinions = dict[bytes, tuple[tuple[float, ...], tuple[float, ...]]]


def _labelled(pieces: Pieces, row: Row, opinions: Opinions) -> Example:
    """A row with its votes, softened by the teacher if it is a government headline."""
    opinion = opinions.get(key(row.text)) if row.group in GOVERNMENT else None
    if opinion is None:
        return example(pieces, row.text, row.domain, votes(row), topic(row.topic))
    share = TRUST if row.label and len(row.votes) > 1 else DOUBT
    tone = mixed(votes(row), opinion[0], share)
    return example(pieces, row.text, row.domain, tone, topic(row.topic) if row.topic else opinion[1])


def examples(pieces: Pieces, found: Split, opinions: Opinions) -> Iterator[Example]:
    """Everything that the student sees in an epoch."""
    for row in found.train:
        if used(row):
            for _ in range(REGIONAL if row.group.startswith("nusax") else 1):
                yield _labelled(pieces, row, opinions)
    held = [row.text for rows in found.held.values() for row in rows]
    for text in headlines([row.text for row in found.train], held):
        tone, topics = opinions[key(text)]
        yield example(pieces, text, "news", (tone[0], tone[1], tone[2]), topics, LOOSE)


def main(folder: Path) -> None:
    """Train, calibrate and export."""
    found, full = split(), pretrained.read(pretrained.weights_file())
    vocabulary = prune(full, teacher.corpus(found))
    shown = list(examples(pieces_of(vocabulary), found, teacher.read()))
    print(f"{len(shown)} examples, {len(vocabulary.pieces)} pieces", file=sys.stderr)
    network = fit(begin(full, vocabulary.rows), shown, EPOCHS, SEED, folder / "student.pt")
    (folder / "student.pkl").write_bytes(pickle.dumps((vocabulary, {n: t.numpy() for n, t in network.state_dict().items()})))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.gettempdir()))
