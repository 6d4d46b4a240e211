"""`python -m training.model [FOLDER]`: fine-tune the encoder on all domains and write shared/tone/encoder.onnx.

An hour and a quarter on two cores. Checkpoints go to FOLDER (by default the one for temporary files).
"""

from __future__ import annotations

import pickle
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from training import pretrained
from training.data import Row, split
from training.examples import corpus, example, pieces_of, used
from training.fit import Example, fit
from training.network import begin
from training.vocabulary import prune

EPOCHS: Final = 6
SEED: Final = 7
REGIONAL: Final = 2  # how often a text of NusaX is shown in an epoch: there are few of each language
RESTING: Final = 3  # a text from social media rests in one of so many epochs: these are long, and learnt sooner


def shown(examples: Sequence[Example], epoch: int) -> list[Example]:
    """What an epoch shows."""
    return [row for number, row in enumerate(examples) if row.domain == "news" or (number + epoch) % RESTING]


def times(row: Row) -> int:
    """How often a row is shown in an epoch."""
    return REGIONAL if row.group.startswith("nusax") else 1


def main(folder: Path) -> None:
    """Train, calibrate and export."""
    found, full = split(), pretrained.read(pretrained.weights_file())
    vocabulary = prune(full, corpus(found))
    pieces = pieces_of(vocabulary)
    examples = [example(pieces, row) for row in found.train if used(row) for _ in range(times(row))]
    print(f"{len(examples)} examples, {len(vocabulary.pieces)} pieces", file=sys.stderr)
    epochs = [shown(examples, epoch) for epoch in range(EPOCHS)]
    network = fit(begin(full, vocabulary.rows), epochs, SEED, folder / "encoder.pt")
    (folder / "encoder.pkl").write_bytes(pickle.dumps((vocabulary, {n: t.numpy() for n, t in network.state_dict().items()})))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.gettempdir()))
