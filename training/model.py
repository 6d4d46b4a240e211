"""`python -m training.model [FOLDER]`: fine-tune the encoder on all domains and write shared/tone/encoder.onnx.

About an hour and a quarter on two quiet cores. Checkpoints go to FOLDER (by default the one for temporary files). The linear
model that the tone is mixed from (`python -m training.linear`, minutes) is trained first, on the same rows.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from shared.tone.card import Card, Domain
from shared.tone.encoder import PATH, Encoder
from shared.tone.pieces import clean
from training import linear, pretrained
from training.calibrate import least_sure, mixture
from training.data import Row, calibrates, split
from training.examples import corpus, example, pieces_of, used
from training.export import export
from training.fit import Example, fit
from training.network import LABELS, STARTS, TOPICS, Network, begin
from training.vocabulary import Vocabulary, prune

NAME: Final = "encoder-1"
EPOCHS: Final = 5
SEED: Final = 7
REGIONAL: Final = 2  # how often a text of NusaX is shown in an epoch: there are few of each language
RESTING: Final = 3  # a text from social media rests in one of so many epochs: these are long, and learnt sooner
CAUTION: Final = {"news": 0.4, "social": 0.0}  # added to the logit of negative: a complaint missed costs more than one too many
SET_ASIDE: Final = frozenset({"general-hard", "nusax-other"})  # hard by choice, and other languages: neither tells what is usual


def shown(examples: Sequence[Example], epoch: int) -> list[Example]:
    """What an epoch shows."""
    return [row for number, row in enumerate(examples) if row.domain == "news" or (number + epoch) % RESTING]


def times(row: Row) -> int:
    """How often a row is shown in an epoch."""
    return REGIONAL if row.group.startswith("nusax") else 1


def calibrated(encoder: Encoder, held: Mapping[str, Sequence[Row]]) -> dict[str, Domain]:
    """By domain: factors of both models and the unsure limit, from half of the held-out rows, all groups weighing alike."""
    found = {}
    for domain, start in STARTS.items():
        rows = [
            (row, 1 / len(some)) for group, some in held.items() if group not in SET_ASIDE for row in some if _fits(row, domain)
        ]
        texts = [clean(row.text) for row, _ in rows]
        own, other = (np.array(values) for values in encoder.opinions(texts, domain))
        labels = np.array([LABELS.index(row.label) for row, _ in rows if row.label])
        first, second = mixture(own, other, labels, np.array([weight for _, weight in rows]))
        mixed = first * own + second * other + np.array([CAUTION[domain], 0.0, 0.0])
        found[domain] = Domain(start, first, second, least_sure(mixed))
    return found


def _fits(row: Row, domain: str) -> bool:
    """Whether a held-out row is of the half that calibrates a domain."""
    return row.label is not None and row.domain == domain and calibrates(row)


def write(network: Network, vocabulary: Vocabulary, held: Mapping[str, Sequence[Row]], path: Path = PATH) -> Card:
    """Export, calibrate with the exported file, and export again with what came out."""
    state = {name: tensor.numpy().copy() for name, tensor in network.state_dict().items()}
    blank = Card(NAME, {domain: Domain(start, 1.0, 0.0, 0.0) for domain, start in STARTS.items()}, TOPICS)
    export(state, vocabulary, blank, path)
    card = Card(NAME, calibrated(Encoder(path), held), TOPICS)
    for name, domain in card.domains.items():
        state["head.bias"][domain.start] += CAUTION[name] / domain.encoder
    export(state, vocabulary, card, path)
    return card


def main(folder: Path) -> None:
    """Train, calibrate and export."""
    linear.main()
    found, full = split(), pretrained.read(pretrained.weights_file())
    vocabulary = prune(full, corpus(found))
    pieces = pieces_of(vocabulary)
    examples = [example(pieces, row) for row in found.train if used(row) for _ in range(times(row))]
    print(f"{len(examples)} examples, {len(vocabulary.pieces)} pieces", file=sys.stderr)
    epochs = [shown(examples, epoch) for epoch in range(EPOCHS)]
    network = fit(begin(full, vocabulary.rows), epochs, SEED, folder / "encoder.pt")
    print(write(network, vocabulary, found.held))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.gettempdir()))
