"""Records in documents of which a snapshot writes anew only what has changed.

What changed is packed together and laid on a shelf with room, behind what lies there; what was packed of it before holds no more.
Where too much holds no more, the shelf on which least does is cleared: what still holds there is packed again like what changed.
So a snapshot costs what has changed since the last one and about as much again, however much there is, and all shelves together
hold a quarter more than they must. An index tells what holds: the order of shelves and records means nothing.

Parts: "<name>-<number>" is a list of blocks, each a compressed list of (id, record); "<name>-index" is (version, shelves), each
of these (number, how many records, bits: set by place where a record holds).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

import msgspec

from shared.ports import Permanent

VERSION: Final = 1
LARGEST_SHELF: Final = 900_000  # bytes of a document's 1 MB
LARGEST_BLOCK: Final = 800_000  # bytes before they are compressed (or one record)
ROOM: Final = 1.25  # records on all shelves to those that hold

T = TypeVar("T")

_encode = msgspec.msgpack.Encoder().encode
_blocks = msgspec.msgpack.Decoder(list[bytes]).decode
_records = msgspec.msgpack.Decoder(list[tuple[str, msgspec.Raw]]).decode
_index = msgspec.msgpack.Decoder(tuple[int, list[tuple[int, int, bytes]]]).decode


@dataclass
class Shelf:
    """One document."""

    data: bytes = b"\x90"  # no block yet
    size: int = 0  # records that lie on it
    held: dict[str, int] = field(default_factory=dict)  # id -> place, of those that hold
    bits: bytearray = field(default_factory=bytearray)  # the same by place

    def lay(self, ids: Iterable[str], block: bytes) -> None:
        """Put a block of records behind the others."""
        self.data = _encode([*_blocks(self.data), block])
        for id in ids:
            self.held[id] = self.size
            if self.size % 8 == 0:
                self.bits.append(0)
            self.bits[self.size // 8] |= 1 << self.size % 8
            self.size += 1

    def drop(self, id: str) -> None:
        """Note that a record holds no more."""
        place = self.held.pop(id)
        self.bits[place // 8] &= ~(1 << place % 8)

    def holds(self, place: int) -> bool:
        """Whether what lies at this place holds."""
        return bool(self.bits[place // 8] >> place % 8 & 1)


class Shelves:
    """What was packed of a collection."""

    def __init__(self, name: str) -> None:
        """Empty ones; `name` is how the names of their parts start."""
        self._name = name
        self._shelves: dict[int, Shelf] = {}  # by number, the newest last
        self._where: dict[str, int] = {}  # id -> shelf where its record holds

    def pack(self, live: Mapping[str, T], changed: Iterable[str], record: Callable[[T], object]) -> dict[str, bytes]:
        """Parts with all that is live, each packed by `record`, but for what is packed already and not named as `changed`.

        What is new, or is live no more, need not be named.
        """
        stale = {*changed, *(live.keys() ^ self._where.keys())} if live.keys() != self._where.keys() else set(changed)
        for id in stale & self._where.keys():
            self._shelves[self._where.pop(id)].drop(id)
        fresh = stale & live.keys()
        again = self._cleared(len(fresh))
        for ids, level in ((again, 6), (fresh, 3)):  # what is quiet lies for long: it is worth more effort
            for chunk, block in _packed(((id, record(live[id])) for id in sorted(ids)), level):
                self._lay(chunk, block)
        return self._parts()

    def unpack(self, parts: Mapping[str, bytes], read: Callable[[msgspec.Raw], T]) -> dict[str, T]:
        """The records that hold, each as `read` has it, by id; the shelves are as the parts have them.

        Permanent where these are damaged.
        """
        found = dict[str, T]()
        try:
            version, index = _index(parts[f"{self._name}-index"])
            if version != VERSION:
                raise Permanent(f"shelves of {self._name} have version {version}, this program knows {VERSION}")
            for number, size, bits in index:
                shelf = self._shelves[number] = Shelf(parts[self._part(number)], size, bits=bytearray(bits))
                lying = (one for block in _blocks(shelf.data) for one in _records(zlib.decompress(block)))
                for place, (id, raw) in enumerate(lying):
                    if shelf.holds(place):
                        shelf.held[id], self._where[id], found[id] = place, number, read(raw)
        except (msgspec.MsgspecError, zlib.error, LookupError) as error:
            raise Permanent(f"shelves of {self._name} are damaged: {error}") from error
        return dict(sorted(found.items()))

    def has(self, parts: Mapping[str, bytes]) -> bool:
        """Whether these parts are such shelves; earlier versions had none."""
        return f"{self._name}-index" in parts

    def _cleared(self, fresh: int) -> list[str]:
        """What is to be packed again beside so many fresh records, because its shelf is given up: the empty ones are, and as many
        as take too much room.
        """
        again, most = list[str](), ROOM * (len(self._where) + fresh) - fresh
        while self._shelves:
            number = min(self._shelves, key=lambda one: (len(self._shelves[one].held) / self._shelves[one].size, one))
            held = self._shelves[number].held
            if held and len(again) + sum(shelf.size for shelf in self._shelves.values()) <= most:
                break
            del self._shelves[number]
            again += held
        for id in again:
            del self._where[id]
        return again

    def _lay(self, ids: Iterable[str], block: bytes) -> None:
        """Put a block on the fullest shelf that has room for it, the newest of these, or on a new one."""
        fit = [number for number, shelf in self._shelves.items() if len(shelf.data) + len(block) <= LARGEST_SHELF]
        number = max(fit, key=lambda one: (len(self._shelves[one].data), one), default=0)
        if not number:
            number = max(self._shelves, default=0) + 1
            self._shelves[number] = Shelf()
        self._shelves[number].lay(ids, block)
        self._where.update(dict.fromkeys(ids, number))

    def _parts(self) -> dict[str, bytes]:
        index = [(number, shelf.size, bytes(shelf.bits)) for number, shelf in self._shelves.items()]
        parts = {self._part(number): shelf.data for number, shelf in self._shelves.items()}
        return {f"{self._name}-index": _encode((VERSION, index)), **parts}

    def _part(self, number: int) -> str:
        return f"{self._name}-{number:06d}"


def _packed(records: Iterable[tuple[str, object]], level: int) -> Iterator[tuple[list[str], bytes]]:
    """Records in compressed blocks, each with the ids of what is in it."""
    ids, block, size = list[str](), list[msgspec.Raw](), 0
    for id, record in records:
        raw = _encode((id, record))
        if block and size + len(raw) > LARGEST_BLOCK:
            yield ids, zlib.compress(_encode(block), level)
            ids, block, size = [], [], 0
        ids.append(id)
        block.append(msgspec.Raw(raw))
        size += len(raw)
    if block:
        yield ids, zlib.compress(_encode(block), level)
