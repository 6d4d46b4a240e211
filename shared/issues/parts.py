"""One live issue, and how all of them are packed: on shelves, of which only what has changed is packed again.

An issue takes at most 288 bytes for its words, about 40 for the rest, and its name. Before there were shelves, a part was
msgpack: [version, records].
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

import msgspec
from msgspec import Struct
from msgspec.msgpack import Decoder

from shared.issues.frequencies import Vector, mass
from shared.model import Seconds
from shared.ports import Permanent
from shared.shelves import Shelves

VERSION: Final = 1
_WORD: Final = 6  # bytes: hash u32, weight u16

Redirects = dict[str, tuple[str, Seconds]]  # id of a merged issue -> where it went, when


class Issue(Struct):
    """A live issue."""

    id: str
    born_at: Seconds
    last_at: Seconds
    size: int  # mentions, copies included
    grown: bool  # since the last merge pass
    agencies: frozenset[str]  # of all its mentions
    name: str
    held: Vector | bytes  # its centroid, as packed while it has not changed since: a sixth of the room
    borrowed: bool = False  # its name is no headline: the first one to come takes its place
    alone: bool = False  # a person has arranged it: it is not merged by itself
    number: int = 0  # in the index: the later entered, the higher
    mass: int = 1  # of the centroid: follows from it and is not packed
    changed: bool = True  # since it was packed last

    @property
    def centroid(self) -> Vector:
        """Its words with their weights; not to be changed."""
        return _unpack_words(self.held) if isinstance(self.held, bytes) else self.held

    @property
    def words(self) -> bytes:
        """The same, packed."""
        return self.held if isinstance(self.held, bytes) else _pack_words(self.held)

    def move(self, centroid: Vector) -> None:
        """Let it say something else."""
        self.held, self.mass = centroid, mass(centroid)

    def settle(self) -> None:
        """Note that it is being packed as it is."""
        self.held, self.changed = self.words, False

    def count(self, at: Seconds, about: frozenset[str]) -> None:
        """Count one more mention, about these agencies."""
        self.changed = True
        self.size += 1
        self.last_at = max(self.last_at, at)
        self.agencies |= about


class _Record(Struct, frozen=True, array_like=True):
    id: str
    born_at: Seconds
    last_at: Seconds
    size: int
    grown: bool
    agencies: tuple[str, ...]
    name: str
    words: bytes
    borrowed: bool = False
    alone: bool = False
    number: int = 0


class _Redirect(Struct, frozen=True, array_like=True):
    gone: str
    kept: str
    at: Seconds


class _Part(Struct, frozen=True, array_like=True):
    version: int
    records: list[msgspec.Raw]


T = TypeVar("T", bound=Struct)

_read_record: Final = Decoder(_Record).decode
_read_redirect: Final = Decoder(tuple[str, Seconds]).decode


@dataclass
class Packed:
    """What was packed last."""

    issues: Shelves = field(default_factory=lambda: Shelves("issues"))
    merges: Shelves = field(default_factory=lambda: Shelves("merges"))


def pack_issues(live: Mapping[str, Issue], changed: Iterable[str], merged: Redirects, packed: Packed) -> dict[str, bytes]:
    """All issues, some of them `changed` since they were packed, and all redirects as parts; a redirect never changes."""
    return {**packed.issues.pack(live, changed, _record), **packed.merges.pack(merged, (), tuple)}


def unpack_issues(parts: Mapping[str, bytes], packed: Packed) -> tuple[dict[str, Issue], Redirects]:
    """Issues (their mass still to be set) and redirects from parts; other parts are left alone.

    Raises Permanent where a part is damaged or of a version that this program does not know.
    """
    if not packed.issues.has(parts):
        return _unpack_earlier(parts)
    records = packed.issues.unpack(parts, _read_record)
    return {id: _issue(record) for id, record in records.items()}, packed.merges.unpack(parts, _read_redirect)


def _unpack_earlier(parts: Mapping[str, bytes]) -> tuple[dict[str, Issue], Redirects]:
    live = {record.id: _issue(record) for record in _records(parts, "issues", _Record)}
    return live, {record.gone: (record.kept, record.at) for record in _records(parts, "merges", _Redirect)}


def _record(issue: Issue) -> _Record:
    agencies = tuple(sorted(issue.agencies))
    known = (issue.id, issue.born_at, issue.last_at, issue.size, issue.grown, agencies, issue.name)
    return _Record(*known, issue.words, issue.borrowed, issue.alone, issue.number)


def _pack_words(centroid: Vector) -> bytes:
    words = sorted(centroid)
    return struct.pack(f"<{len(words)}I{len(words)}H", *words, *(centroid[word] for word in words))


def _unpack_words(packed: bytes) -> Vector:
    size = len(packed) // _WORD
    values = struct.unpack(f"<{size}I{size}H", packed)
    return dict(zip(values[:size], values[size:], strict=True))


def _issue(record: _Record) -> Issue:
    if len(record.words) % _WORD:
        raise Permanent(f"the words of issue {record.id} are damaged")
    agencies = frozenset(record.agencies)
    return Issue(
        record.id,
        record.born_at,
        record.last_at,
        record.size,
        record.grown,
        agencies,
        record.name,
        record.words,
        record.borrowed,
        record.alone,
        record.number,
        changed=False,
    )


def _records(parts: Mapping[str, bytes], kind: str, shape: type[T]) -> Iterator[T]:
    """The records of all parts of a kind, as earlier versions had them."""
    decode = msgspec.msgpack.Decoder(shape).decode
    for name in sorted(parts):
        if name.rpartition("-")[0] != kind:
            continue
        try:
            part = msgspec.msgpack.decode(parts[name], type=_Part)
            if part.version != VERSION:
                raise Permanent(f"part {name} has version {part.version}, this program knows {VERSION}")
            yield from (decode(record) for record in part.records)
        except msgspec.MsgspecError as error:
            raise Permanent(f"part {name} is damaged: {error}") from error
