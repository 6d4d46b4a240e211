"""What stands beside the weights in encoder.onnx, as its metadata: name, calibration, topics, and the vocabulary of pieces."""

from __future__ import annotations

import base64
import zlib
from array import array
from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from shared.tone.pieces import SOCIAL, STARTS, Pieces

TONES: Final = 3  # outputs of a domain: negative, neutral, positive
_CARD, _PIECES, _SCORES = "card", "pieces", "scores"


class Domain(Struct, frozen=True):
    """How the outputs of one domain become a tone. The temperature is part of both factors."""

    start: int  # index of its first output
    encoder: float  # what the encoder's logits are multiplied by ...
    linear: float  # ... and those of the linear model (linear.py), before they are added
    least_sure: float  # probability of the first tone under which a text is unsure


class Card(Struct, frozen=True):
    """What a model is, apart from its weights."""

    name: str  # with the version; it stands in every tone
    domains: dict[str, Domain]
    topics: str = ""  # letters; the last outputs are theirs, in this order

    @property
    def outputs(self) -> int:
        """How many numbers the model gives for a text."""
        return TONES * len(self.domains) + len(self.topics)


def pack(card: Card, pieces: Sequence[str], scores: Sequence[float]) -> dict[str, str]:
    """As metadata of an ONNX file, which holds only text."""
    return {
        _CARD: msgspec.json.encode(card).decode(),
        _PIECES: _packed("\n".join(pieces).encode()),
        _SCORES: _packed(array("f", scores).tobytes()),
    }


def unpack(metadata: Mapping[str, str]) -> tuple[Card, Pieces]:
    """The card and the segmentation; raises ValueError where something is missing or does not fit together."""
    missing = sorted({_CARD, _PIECES, _SCORES} - set(metadata))
    if missing:
        raise ValueError(f"the model's metadata lacks {', '.join(missing)}")
    try:
        card, (pieces, scores) = msgspec.json.decode(metadata[_CARD], type=Card), vocabulary(metadata)
    except (msgspec.DecodeError, ValueError, zlib.error) as problem:
        raise ValueError(f"the model's metadata is damaged: {problem}") from problem
    if len(pieces) != len(scores) or len(pieces) <= SOCIAL + 1:
        raise ValueError(f"the model's metadata has {len(pieces)} pieces and {len(scores)} scores")
    if not STARTS.keys() >= card.domains.keys():
        raise ValueError(f"the model's metadata names domains {', '.join(card.domains)}; there are {', '.join(STARTS)}")
    return card, Pieces(pieces, scores)


def vocabulary(metadata: Mapping[str, str]) -> tuple[list[str], array[float]]:
    """The pieces and their scores."""
    return _unpacked(metadata[_PIECES]).decode().split("\n"), array("f", _unpacked(metadata[_SCORES]))


def _packed(data: bytes) -> str:
    return base64.b85encode(zlib.compress(data, 9)).decode()


def _unpacked(text: str) -> bytes:
    return zlib.decompress(base64.b85decode(text))
