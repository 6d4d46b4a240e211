"""The encoder as it was published, without fine-tuning: the mean of its vectors, through the same export as the shipped model."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import numpy as np
import onnxruntime  # type: ignore[import-not-found,import-untyped,unused-ignore]

from shared.tone.card import Card
from shared.tone.pieces import Pieces, clean
from training.export import export
from training.pretrained import INNER, POSITIONS, Floats, Pretrained, read, weights_file
from training.vocabulary import prune

PREFIX: Final = "query: "  # what E5 was trained to read before a text
BATCH: Final = 32


class FrozenEncoder:
    """Texts to vectors, on all cores."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Keep the pieces that these texts use; raises FileNotFoundError where the pretrained weights are not installed."""
        full = read(weights_file())
        vocabulary = prune(full, (PREFIX + text for text in texts))
        self._pieces = Pieces(vocabulary.pieces, vocabulary.scores)
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # it is written as it shall run
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "frozen.onnx"
            export(weights(full, vocabulary.rows), vocabulary, Card("frozen", {}), path)
            self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def vectors(self, texts: Sequence[str]) -> Floats:
        """The mean vector of each text, one a row; texts of one length run together, so that nothing is padded."""
        ids = [self._pieces.ids(clean(PREFIX + text), "news") for text in texts]
        order = sorted(range(len(ids)), key=lambda number: len(ids[number]))
        found: list[tuple[int, Floats]] = []
        for _, same in groupby(order, key=lambda number: len(ids[number])):
            numbers = list(same)
            for start in range(0, len(numbers), BATCH):
                part = numbers[start : start + BATCH]
                [rows] = self._session.run(None, {"ids": np.array([ids[number] for number in part], np.int32)})
                found += zip(part, rows, strict=True)
        return np.array([row for _, row in sorted(found, key=lambda pair: pair[0])])


def weights(full: Pretrained, rows: Sequence[int]) -> dict[str, Floats]:
    """The published weights under the names of training.network, these rows' embeddings only; the head passes vectors on."""
    width = full.width
    found = {
        "word.weight": full.tensors["emb.word"].reshape(-1, width)[list(rows)] + full.tensors["emb.type"].reshape(-1, width)[0],
        "place": full.tensors["emb.pos"].reshape(-1, width)[:POSITIONS],
        "norm.weight": full.tensors["emb.ln.w"],
        "norm.bias": full.tensors["emb.ln.b"],
        "head.weight": np.eye(width, dtype=np.float32),
        "head.bias": np.zeros(width, np.float32),
    }
    for number in range(full.layers):
        found |= _layer(full, f"l{number}.", f"layers.{number}.")
    return found


def _layer(full: Pretrained, old: str, new: str) -> dict[str, Floats]:
    """The weights of one layer."""
    tensors, width = full.tensors, full.width
    shapes = {"mixed": ("ao", (width, width)), "wide": ("fi", (INNER, width)), "narrow": ("fo", (width, INNER))}
    found = {
        f"{new}joined.weight": np.concatenate([tensors[f"{old}{part}.w"].reshape(width, width) for part in "qkv"]),
        f"{new}joined.bias": np.concatenate([tensors[f"{old}{part}.b"] for part in "qkv"]),
    }
    for name, (part, shape) in shapes.items():
        found |= {f"{new}{name}.weight": tensors[f"{old}{part}.w"].reshape(shape), f"{new}{name}.bias": tensors[f"{old}{part}.b"]}
    for name, part in (("first", "aln"), ("second", "oln")):
        found |= {f"{new}{name}.weight": tensors[f"{old}{part}.w"], f"{new}{name}.bias": tensors[f"{old}{part}.b"]}
    return found
