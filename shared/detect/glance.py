"""What is read of a packed file of an issue without unpacking all of it."""

from __future__ import annotations

from typing import Final

from msgspec import Raw, Struct
from msgspec.msgpack import Decoder

from shared.detect.tally import HourCount
from shared.model import Item, Seconds


class Glance(Struct, array_like=True, frozen=True):
    """The first fields of a `Dossier`, some left as they are packed."""

    first_at: Seconds
    first_outlet: Raw
    first_url: Raw
    last_at: Seconds
    hours: Raw
    agencies: dict[str, int]
    units: Raw
    topics: Raw
    outlets: Raw
    total: HourCount
    copies: int
    items: Raw


glance: Final = Decoder(Glance).decode
_items: Final = Decoder(list[tuple[int, Item]]).decode


def items_of(packed: bytes) -> list[Item]:
    """The strongest items of a packed file."""
    return [item for _, item in _items(glance(packed).items)]
