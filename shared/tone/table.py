"""A linear model over words, as a file and as a table that sums fast in plain Python.

A feature has one weight a class, a signed byte. All weights of a feature are read as one whole number, 16 bits a class, each
shifted by 128 so that nothing is negative: adding the numbers of a text's features adds all classes at once, exactly, in any
order. At most 256 features may be added: 256 * 255 still fits in 16 bits. Rows become numbers only when looked up: it loads fast.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

SHIFT: Final = 128
LANE: Final = 2  # bytes a class in a sum
MOST_FEATURES: Final = 256


class TableFile(Struct, frozen=True, array_like=True):
    """A word table as stored: zlib(msgpack)."""

    name: str  # of the model, with its version
    classes: tuple[str, ...]
    features: str  # one a line
    weights: bytes  # features x classes, row by row, each shifted by SHIFT
    scales: tuple[float, ...]  # a class: what one step of its weights is worth
    biases: tuple[float, ...]


class WordTable:
    """A loaded table: sums of weights by class."""

    def __init__(self, file: TableFile) -> None:
        """Unpack the weights; raises ValueError where they do not match the features."""
        names = file.features.split("\n")
        width = len(file.classes)
        if len(file.weights) != len(names) * width:
            raise ValueError(f"table {file.name} has {len(file.weights)} weights for {len(names)} features of {width} classes")
        self.name = file.name
        self.classes = file.classes
        self.scales = file.scales
        self.biases = file.biases
        self._lanes = struct.Struct(f"<{width}H")
        self._wide = bytearray(LANE * len(file.weights))
        self._wide[::LANE] = file.weights
        self._starts = dict(zip(names, range(0, len(self._wide), self._lanes.size), strict=True))

    def __contains__(self, feature: str) -> bool:
        """Whether the table has weights for a feature."""
        return feature in self._starts

    def sums(self, features: Iterable[str]) -> tuple[int, list[int]]:
        """How many of the features are known (the first MOST_FEATURES count), and their summed whole-number weights by class."""
        starts, wide, size = self._starts, self._wide, self._lanes.size
        found = [starts[feature] for feature in features if feature in starts][:MOST_FEATURES]
        total = sum(int.from_bytes(wide[start : start + size], "little") for start in found)
        shift = SHIFT * len(found)
        lanes = self._lanes.unpack(total.to_bytes(size, "little"))
        return len(found), [lane - shift for lane in lanes]


def read(path: Path) -> WordTable:
    """The table in a file."""
    return WordTable(msgspec.msgpack.decode(zlib.decompress(path.read_bytes()), type=TableFile))


def write(path: Path, file: TableFile) -> None:
    """Store a table; the same table gives the same bytes."""
    path.write_bytes(zlib.compress(msgspec.msgpack.encode(file), 9))
