"""Finds republished texts: the same words within 72 h, or enough word triples in common within 36 h. See `_alike`.

Only the first seen of each group, its leader, is indexed, so groups do not chain. A triple that more than 5 leaders of the window
share is a set phrase ("program makan bergizi") and is ignored. Leaders lie in slices of 36 h made of plain arrays, at most about
330 bytes for a headline and 1.2 kB for a long text; a slice is dropped whole. An answer depends only on the leaders inside the
windows, never on how or when they were loaded.
"""

from __future__ import annotations

import struct
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from msgspec import Struct

from shared.fingerprints import LONGEST, MOST_NUMBERS, Prints, read
from shared.model import HOUR, Seconds
from shared.ports import Permanent
from shared.postings import Postings

EXACT_WINDOW: Final[Seconds] = 72 * HOUR
NEAR_WINDOW: Final[Seconds] = 36 * HOUR
SPAN: Final[Seconds] = 36 * HOUR  # of a slice; the windows are 2 spans and 1 span
MOST_LEADERS: Final = 5  # that may share a triple: copies are no leaders, so what more share is a set phrase
FEWEST_SHARED: Final = 3  # triples; shorter titles are found by their exact key alone
FEW_TRIPLES: Final = 16  # headlines, or a line of text with them: chance and set phrases weigh more
NEAR_SHARE_OF_FEW: Final = 0.5  # of the triples of the text that has fewer
NEAR_SHARE: Final = 0.4  # where the other one is longer than that
NEAR_SHARE_OF_MORE: Final = 0.4  # of the triples of the text that has more, where they share less than
SURELY_SHARED: Final = 4
NUMBERS_AGREE: Final = 0.8  # of the numbers of the text that has fewer, where the other one has more than are kept
EXCERPT: Final = 0.6  # an excerpt has at most this share of the triples of the whole,
EXCERPT_SHARE: Final = 0.66  # of which the whole has this share

_ENTRY: Final = struct.Struct("<QIB")
_ID: Final = struct.Struct("<Q")
_COPY: Final = 0xFF  # in place of a fingerprint's length


class Entry(Struct, frozen=True, array_like=True):
    """What is kept of one mention to find its copies after a restart."""

    mention: str  # 16 hex digits
    at: Seconds
    leader: str | None  # the mention that it republishes; None for a leader
    fingerprint: bytes  # only needed of a leader


class Copies:
    """The leaders of the last days. The same mention must not come twice."""

    def __init__(self) -> None:
        """Start with none."""
        self._slices: dict[int, _Slice] = {}

    def __len__(self) -> int:
        """How many leaders are held."""
        return sum(len(part.ids) for part in self._slices.values())

    def find(self, mention: str, fingerprint: bytes, at: Seconds) -> str | None:
        """The id of the leader that this mention (16 hex digits) republishes; else None, and it is a leader from now on.

        A fingerprint that cannot be read is never a copy and never a leader.
        """
        prints = read(fingerprint)
        if prints is None:
            return None
        leader = self._exact(prints, at)
        if leader is None:
            leader = self._near(prints, at)
        if leader is None:
            self._remember(mention, prints, at)
            return None
        return f"{leader:016x}"

    def load(self, entries: Iterable[Entry]) -> None:
        """Remember the leaders among these, as `find` did; all of the last 72 h are needed for the same answers."""
        rows = defaultdict[int, list[tuple[int, Prints, Seconds]]](list)
        for entry in entries:
            prints = None if entry.leader else read(entry.fingerprint)
            if prints is not None:
                rows[entry.at // SPAN].append((int(entry.mention, 16), prints, entry.at))
        for number, loaded in rows.items():
            self._slices.setdefault(number, _Slice()).load(loaded)

    def forget(self, before: Seconds) -> None:
        """Drop slices that end before a time. No answer changes as long as that lies 72 h before the oldest text to come."""
        for number in [number for number in self._slices if (number + 1) * SPAN <= before]:
            del self._slices[number]

    def _remember(self, mention: str, prints: Prints, at: Seconds) -> None:
        number = at // SPAN
        if number not in self._slices:
            self._slices[number] = _Slice()
        self._slices[number].add(int(mention, 16), prints, at)

    def _around(self, at: Seconds, spans: int) -> list[_Slice]:
        """The slices that may hold leaders within so many spans of a time."""
        middle = at // SPAN
        return [part for number in range(middle - spans, middle + spans + 1) if (part := self._slices.get(number))]

    def _exact(self, prints: Prints, at: Seconds) -> int | None:
        """The earliest leader with the same words."""
        same = [
            (part.at[owner], part.ids[owner])
            for part in self._around(at, 2)
            for owner in part.same(prints.exact, at - EXACT_WINDOW, at + EXACT_WINDOW)
        ]
        return min(same)[1] if same else None

    def _near(self, prints: Prints, at: Seconds) -> int | None:
        """The leader that shares most triples, the earliest of equals."""
        votes, common = self._votes(prints.triples, at)
        best: tuple[float, Seconds, int] | None = None
        for (number, owner), shared in votes.items():
            if shared < FEWEST_SHARED:
                continue
            part = self._slices[number]
            leader = part.prints(owner)
            rare = len(prints.triples) - len(common), sum(triple not in common for triple in leader.triples)
            if _alike(prints, leader, shared, rare):
                rank = (-shared / min(rare), part.at[owner], part.ids[owner])
                best = rank if best is None else min(best, rank)
        return best[2] if best else None

    def _votes(self, triples: Sequence[int], at: Seconds) -> tuple[dict[tuple[int, int], int], set[int]]:
        """How many rare triples each leader (slice, place) of the window shares, and the triples that are not rare."""
        votes: dict[tuple[int, int], int] = {}
        common: set[int] = set()
        around = [(part, at // SPAN + step) for step in (-1, 0, 1) if (part := self._slices.get(at // SPAN + step))]
        start, end = at - NEAR_WINDOW, at + NEAR_WINDOW
        for triple in triples:
            sharing: list[tuple[int, int]] = []
            for part, number in around:
                if found := part.sharing(triple, start, end):
                    sharing += [(number, owner) for owner in found]
            if len(sharing) > MOST_LEADERS:
                common.add(triple)
                continue
            for leader in sharing:
                votes[leader] = votes.get(leader, 0) + 1
        return votes, common


class _Slice:
    """Leaders of one span: a row each in parallel arrays, and who has which triple and which exact key."""

    def __init__(self) -> None:
        self.ids = array("Q")
        self.at = array("q")
        self.exact = array("Q")
        self.first = array("I")  # place of each leader's first triple
        self.first_number = array("I")
        self.numbers = array("H")
        self.triples, self.exacts = Postings(), Postings()

    def add(self, mention: int, prints: Prints, at: Seconds) -> None:
        """Append a leader."""
        owner = len(self.ids)
        self._append(mention, prints, at)
        self.first.append(len(self.triples))
        self.triples.add(owner, prints.triples)
        self.exacts.add(owner, (prints.exact & 0xFFFFFFFF,))

    def load(self, rows: Sequence[tuple[int, Prints, Seconds]]) -> None:
        """The same of many."""
        owner = len(self.ids)
        for row in rows:
            self._append(*row)
        triples = [prints.triples for _, prints, _ in rows]
        self.first.extend(list(accumulate(map(len, triples), initial=len(self.triples)))[:-1])
        self.triples.load(owner, triples)
        self.exacts.load(owner, [(prints.exact & 0xFFFFFFFF,) for _, prints, _ in rows])

    def _append(self, mention: int, prints: Prints, at: Seconds) -> None:
        self.ids.append(mention)
        self.at.append(at)
        self.exact.append(prints.exact)
        self.first_number.append(len(self.numbers))
        self.numbers.extend(sorted(prints.numbers))

    def prints(self, owner: int) -> Prints:
        """What was added for a leader."""
        triples = self.triples.keys[_places(self.first, owner, len(self.triples))]
        numbers = self.numbers[_places(self.first_number, owner, len(self.numbers))]
        return Prints(self.exact[owner], tuple(triples), frozenset(numbers))

    def same(self, exact: int, start: Seconds, end: Seconds) -> list[int]:
        """The leaders with the same words whose time lies in [start, end]."""
        return [
            owner
            for owner in self.exacts.owners(exact & 0xFFFFFFFF)
            if self.exact[owner] == exact and start <= self.at[owner] <= end
        ]

    def sharing(self, triple: int, start: Seconds, end: Seconds) -> list[int]:
        """The leaders with a triple whose time lies in [start, end], at most one more than may share it."""
        found = list[int]()
        for owner in self.triples.owners(triple):
            if start <= self.at[owner] <= end:
                found.append(owner)
                if len(found) > MOST_LEADERS:
                    break
        return found


def _places(first: array[int], owner: int, end: int) -> slice:
    """Where the values of one owner lie in an array with those of all."""
    return slice(first[owner], first[owner + 1] if owner + 1 < len(first) else end)


def _alike(one: Prints, other: Prints, shared: int, rare: tuple[int, int]) -> bool:
    """Whether two texts that share so many of their rare triples are copies.

    A text below the headline carries more triples, and those of two reports on one matter still differ: a smaller share will do.
    """
    fewer, more = min(rare), max(rare)
    share = shared / fewer
    if share < (NEAR_SHARE_OF_FEW if more <= FEW_TRIPLES else NEAR_SHARE):
        return False
    if shared < SURELY_SHARED and shared / more < NEAR_SHARE_OF_MORE:
        return False
    if numbers_agree(one, other):
        return True
    longer = one if rare[0] > rare[1] else other
    return len(longer.numbers) == MOST_NUMBERS and fewer <= EXCERPT * more and share >= EXCERPT_SHARE


def numbers_agree(one: Prints, other: Prints) -> bool:
    """Whether two texts may be copies by their first numbers: those of the one that has fewer are among the other's.

    One in five may differ where one has more than are kept: the other one's may be among those that are not.
    """
    fewest, most = sorted((len(one.numbers), len(other.numbers)))
    return len(one.numbers & other.numbers) >= (NUMBERS_AGREE if most == MOST_NUMBERS else 1) * fewest


def pack_entries(entries: Sequence[Entry]) -> bytes:
    """Entries as bytes, in order: 13 bytes and the fingerprint for a leader, 21 bytes for a copy."""
    return b"".join(_pack_entry(entry) for entry in entries)


def _pack_entry(entry: Entry) -> bytes:
    if entry.leader:
        return _ENTRY.pack(int(entry.mention, 16), entry.at, _COPY) + _ID.pack(int(entry.leader, 16))
    fingerprint = entry.fingerprint if len(entry.fingerprint) <= LONGEST else b""
    return _ENTRY.pack(int(entry.mention, 16), entry.at, len(fingerprint)) + fingerprint


def unpack_entries(data: bytes) -> list[Entry]:
    """The entries that were packed, in order, copies without fingerprint; raises Permanent where the bytes are cut off."""
    entries: list[Entry] = []
    offset = 0
    while offset < len(data):
        try:
            mention, at, length = _ENTRY.unpack_from(data, offset)
            offset += _ENTRY.size
            leader = f"{_ID.unpack_from(data, offset)[0]:016x}" if length == _COPY else None
        except struct.error as error:
            raise Permanent(f"entries are cut off at byte {offset}: {error}") from error
        end = offset + (_ID.size if leader else length)
        if end > len(data):
            raise Permanent(f"entries are cut off at byte {offset}")
        entries.append(Entry(f"{mention:016x}", at, leader, b"" if leader else data[offset:end]))
        offset = end
    return entries
