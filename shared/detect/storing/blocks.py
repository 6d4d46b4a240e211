"""A list that mostly grows, packed so that only its blocks in which something has changed are packed again.

A block ends where an id happens to end with certain digits: so what goes in front, or comes behind, moves no other block's end.
The same list gives the same bytes, whatever was packed before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Generic, TypeVar

from shared.detect.storing.parts import LARGEST_PART, pack_parts

LAST: Final = ("00", "40", "80", "c0")  # ends of the hexadecimal id of a block's last record: 64 records, more or less

T = TypeVar("T")


class Blocks(Generic[T]):
    """What was packed last. Records are never changed, only replaced; `id` tells a record's, of hexadecimal digits."""

    def __init__(self, name: str, id: Callable[[T], str]) -> None:
        self._name, self._id = name, id
        self._packed: dict[str, tuple[list[T], list[bytes]]] = {}  # id of a block's first record -> block, as packed

    def pack(self, records: Iterable[T]) -> dict[str, bytes]:
        """The records, in order, as numbered parts; none where there is none."""
        before, self._packed = self._packed, {}
        parts = list[bytearray]()
        for block in self._cut(records):
            first = self._id(block[0])
            known = before.get(first)
            packed = known[1] if known and known[0] == block else list(pack_parts(block))
            self._packed[first] = block, packed
            for data in packed:
                if not parts or len(parts[-1]) + len(data) > LARGEST_PART:
                    parts.append(bytearray())
                parts[-1] += data
        return {f"{self._name}-{number:03d}": bytes(part) for number, part in enumerate(parts)}

    def _cut(self, records: Iterable[T]) -> Iterator[list[T]]:
        block = list[T]()
        for record in records:
            block.append(record)
            if self._id(record).endswith(LAST):
                yield block
                block = []
        if block:
            yield block
