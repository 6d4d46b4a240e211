"""What is read of a packed file of an issue without unpacking all of it."""

from __future__ import annotations

from typing import Final

from msgspec import Raw, Struct, field
from msgspec.msgpack import Decoder

from shared.detect.counts.daily import Day
from shared.detect.counts.outlets import Outlet
from shared.detect.counts.tally import HourCount
from shared.model import Item, Seconds


class Glance(Struct, array_like=True, frozen=True):
    """A `Dossier`, field by field, most of them left as they are packed."""

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
    texts: Raw = Raw()
    chains: Raw = Raw()
    leads: Raw = Raw()
    replies: Raw = Raw()
    acting: dict[str, int] = field(default_factory=dict)


glance: Final = Decoder(Glance).decode
_items: Final = Decoder(list[tuple[int, Item]]).decode
_hours: Final = Decoder(dict[Seconds, HourCount]).decode
_outlets: Final = Decoder(dict[str, Outlet]).decode


def items_of(packed: bytes) -> list[Item]:
    """The strongest items of a packed file."""
    return [item for _, item in _items(glance(packed).items)]


def outlets_of(packed: bytes) -> dict[str, Outlet]:
    """The outlets of a packed file."""
    return _outlets(glance(packed).outlets)


def day_of(packed: bytes, hour: Seconds) -> Day:
    """The 24 hours of a packed file that end with this one."""
    seen = glance(packed)
    return Day.of(hour, _hours(seen.hours), _outlets(seen.outlets))
