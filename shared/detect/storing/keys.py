"""Documents with the keys of hours: what keeps copies out, and tells where a mention was filed, after a restart.

`keys/<shard>-<hour>-<part>` holds blocks, each the keys of an hour or of a part of it. A finished hour is laid behind the hours
before it: the newest document is written anew under the name of its last hour, and the one that it replaces deleted, until it is
full. So a start reads few documents, whose names tell when all that they hold is over; a snapshot that was cut short, or a writer
that is late, leaves nothing but hours that are there twice and are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, NamedTuple

from msgspec.msgpack import Decoder, Encoder

from shared.detect.storing.hours import MOST_KEYS, FinishedHour, hour_name, hour_of, pack_keys
from shared.detect.storing.parts import LARGEST_PART, halved
from shared.model import Seconds
from shared.ports import Delete, Put, Store, scanned

PAGE: Final = 20  # documents of one query
_ZLIB: Final = b"\x78"  # with which documents of earlier versions start: they are one block


class Block(NamedTuple):
    """Keys of at most MOST_KEYS mentions of an hour."""

    hour: Seconds
    part: int
    data: bytes  # see hours.pack_keys


_blocks: Final = Decoder(list[Block]).decode
_encode: Final = Encoder().encode


@dataclass
class Keys:
    """The documents that there are, and what the one with room holds."""

    names: set[str] = field(default_factory=set)
    open: str = ""
    held: Sequence[Block] = ()

    def writes(self, shard: str, finished: Iterable[FinishedHour], since: Seconds) -> tuple[list[Put], list[Delete]]:
        """Documents with hours that ended, and those that nobody needs once these are written; keys are needed `since`."""
        before, fresh = set(self.names), dict[str, Put]()
        for block in [block for hour in finished if hour.hour >= since for block in _cut(hour)]:
            self._lay(shard, block, since)
            fresh[self.open] = Put(f"keys/{self.open}", _encode(self.held))
        self.names = {name for name in self.names if hour_of(name) >= since}
        return [put for name, put in fresh.items() if name in self.names], [
            Delete(f"keys/{one}") for one in sorted(before - self.names)
        ]

    def _lay(self, shard: str, block: Block, since: Seconds) -> None:
        held = [one for one in self.held if one.hour >= since]
        if sum(len(one.data) for one in held) + len(block.data) > LARGEST_PART:
            held = []
        else:
            self.names.discard(self.open)
        self.open, self.held = f"{hour_name(shard, block.hour)}-{block.part:02d}", (*held, block)
        self.names.add(self.open)


def read(store: Store, shard: str, now: Seconds) -> tuple[Keys, list[Block]]:
    """All documents, and the blocks of all hours, in order, each once; hours from `now` on are still to be finished."""
    keys, found = Keys(), dict[tuple[Seconds, int], Block]()
    start, end = hour_name(shard, 0), hour_name(shard, 9_999_999_999)
    for name, document in scanned(store, "keys", start, end, PAGE):
        blocks = _unpacked(name, document.data)
        found.update(((one.hour, one.part), one) for one in blocks)
        keys.names.add(name)
        if hour_of(name) < now:
            keys.open, keys.held = name, blocks
    return keys, [found[place] for place in sorted(found) if found[place].hour < now]


def _cut(finished: FinishedHour) -> list[Block]:
    """An hour's blocks; the same hour gives the same."""
    starts = range(0, len(finished.kept), MOST_KEYS)
    packed = chain.from_iterable(halved(finished.kept[at : at + MOST_KEYS], pack_keys) for at in starts)
    return [Block(finished.hour, part, data) for part, data in enumerate(packed)]


def _unpacked(name: str, data: bytes) -> list[Block]:
    if data.startswith(_ZLIB):
        return [Block(hour_of(name), int(name.rpartition("-")[2]), data)]
    return _blocks(data)
