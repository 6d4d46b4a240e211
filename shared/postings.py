"""Who has a key: 32-bit keys with their owners, in plain arrays of about 20 bytes for each pair.

What is added is found by an open-addressed table. What is loaded after a restart, hundreds of thousands of pairs at once, is
sorted as a whole when somebody asks for the first time: a table is filled pair by pair, which takes three times as long.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, repeat


class Postings:
    """Pairs of key and owner, in the order in which they came."""

    def __init__(self) -> None:
        """Start with none."""
        self.keys = array("I")
        self._owners = array("I")
        self._older = array("I")  # the pair with the same key before this one, plus one; 0: none
        self._table = array("I", bytes(4 * 64))  # the newest pair with a key, plus one; 0: no key
        self._used = 0
        self._sorted = array("Q")  # key << 32 | owner, of what was loaded
        self._loaded: list[slice] = []  # places of what was loaded since those were sorted

    def __len__(self) -> int:
        """How many pairs there are."""
        return len(self.keys)

    def add(self, owner: int, fresh: Sequence[int]) -> None:
        """Note that an owner has these keys."""
        while (self._used + len(fresh)) * 3 > len(self._table) * 2:
            self._grow()
        self.keys.extend(fresh)
        self._owners.extend([owner] * len(fresh))
        keys, older, table = self.keys, self._older, self._table
        mask = len(table) - 1
        for posting, key in enumerate(fresh, len(keys) - len(fresh) + 1):
            place = key & mask
            while (before := table[place]) and keys[before - 1] != key:
                place = place + 1 & mask
            older.append(before)
            table[place] = posting
            self._used += not before

    def load(self, first: int, loaded: Sequence[Sequence[int]]) -> None:
        """The same of many owners: the `first` has the first of these keys, the next one the next."""
        start = len(self.keys)
        self.keys.extend(chain.from_iterable(loaded))
        self._owners.extend(chain.from_iterable(map(repeat, count(first), map(len, loaded))))
        self._older.frombytes(bytes(4 * (len(self.keys) - start)))
        self._loaded.append(slice(start, len(self.keys)))

    def owners(self, key: int) -> Iterable[int]:
        """Those that have a key: what was added first, the newest first."""
        if self._loaded:
            self._sort()
        table, keys, pairs = self._table, self.keys, self._sorted
        mask = len(table) - 1
        place = key & mask
        while (posting := table[place]) and keys[posting - 1] != key:
            place = place + 1 & mask
        end = bisect_left(pairs, key + 1 << 32) if pairs else 0
        known = end > 0 and pairs[end - 1] >> 32 == key
        return self._found(posting, key, end) if posting or known else ()

    def _found(self, posting: int, key: int, end: int) -> Iterator[int]:
        while posting:
            yield self._owners[posting - 1]
            posting = self._older[posting - 1]
        while end and (pair := self._sorted[end - 1]) >> 32 == key:
            yield pair & 0xFFFFFFFF
            end -= 1

    def _sort(self) -> None:
        """Sort what was loaded."""
        pairs = self._sorted.tolist()
        for places in self._loaded:
            halves = array("I", bytes(8 * (places.stop - places.start)))  # as they lie in memory: the lower one first, mostly
            low, high = (0, 1) if sys.byteorder == "little" else (1, 0)
            halves[low::2], halves[high::2] = self._owners[places], self.keys[places]
            pairs += array("Q", halves.tobytes())
        pairs.sort()
        self._sorted, self._loaded = array("Q", pairs), []

    def _grow(self) -> None:
        """Double the table."""
        keys, table = self.keys, array("I", bytes(8 * len(self._table)))
        mask = len(table) - 1
        for posting in self._table:
            if posting:
                place = keys[posting - 1] & mask
                while table[place]:
                    place = place + 1 & mask
                table[place] = posting
        self._table = table
