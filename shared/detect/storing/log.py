"""The log of a shard: header, segments and snapshots, as documents of the store.

* `state/<shard>`: the header. Every commit replaces it under the condition that nobody else has (fencing).
* `log/<shard>-<seq>`: one segment, the facts of one commit. Removed once a snapshot holds what it said.
* `snapshots/<shard>-<epoch>-<seq>-<part>`: packed state. A new generation has new names; the header says which ones count.
* `hours/<shard>-<hour>-<part>`: the mentions that arrived in an hour; `keys/...`: their ids and fingerprints.
"""

from __future__ import annotations

import zlib
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from shared.facts import Fact
from shared.messages import ToneAsked
from shared.model import Seconds, Transition
from shared.ports import ABSENT, LARGEST_DOCUMENT, Delete, Permanent, Put, Write

RING: Final = 400  # ids of recent batches: redelivery of those costs nothing
LARGEST_SEGMENT: Final = 512 * 1024  # bytes, compressed; what is larger becomes several


class Segment(Struct, frozen=True, array_like=True):
    """What one commit adds: the fold is a function of these alone."""

    seq: int
    received_at: Seconds
    config_version: int
    facts: tuple[Fact, ...]


class Outgoing(Struct, frozen=True, array_like=True):
    """A message that has been decided in a commit and is published after it."""

    id: str  # stands as the batch id of the message: the same however often it is published
    transitions: tuple[Transition, ...]
    asked: ToneAsked | None = None  # instead of transitions


class Header(Struct, frozen=True, array_like=True):
    """Where the log stands."""

    epoch: int = 0  # grows with every writer that takes over
    seq: int = 0  # of the last segment
    applied: int = 0  # the snapshot holds all segments up to here
    recent: tuple[str, ...] = ()  # ring of batch ids
    outbox: tuple[Outgoing, ...] = ()  # decided, perhaps not yet published
    parts: dict[str, str] = {}  # name of a part of the state -> name of its snapshot document


_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_decode_header = msgspec.msgpack.Decoder(Header).decode
_decode_segment = msgspec.msgpack.Decoder(Segment).decode


def header_path(shard: str) -> str:
    """Where the header of a shard lies."""
    return f"state/{shard}"


def segment_name(shard: str, seq: int) -> str:
    """Document name of a segment; names sort as the log does."""
    return f"{shard}-{seq:012d}"


def snapshot_names(shard: str) -> tuple[str, str]:
    """Between which names the documents of its snapshots lie: from the first, before the second."""
    return f"{shard}-0", f"{shard}-:"


def pack_header(header: Header) -> bytes:
    """Compressed bytes of a header: hundreds of alerts that change at once make an outbox that says much the same."""
    return zlib.compress(_encode(header), 1)


def unpack_header(data: bytes) -> Header:
    """A header from its bytes."""
    return _decode_header(zlib.decompress(data))


def pack_segment(segment: Segment) -> bytes:
    """Compressed bytes of a segment."""
    return zlib.compress(_encode(segment), 3)


def unpack_segment(data: bytes) -> Segment:
    """A segment from its bytes."""
    return _decode_segment(zlib.decompress(data))


def cut(segment: Segment) -> list[tuple[Segment, bytes]]:
    """A segment as the ones that it takes to hold its facts, in order and packed; Permanent where one fact fills a document."""
    data = pack_segment(segment)
    facts, half = segment.facts, len(segment.facts) // 2
    if len(data) <= LARGEST_SEGMENT or not half:
        if len(data) > LARGEST_DOCUMENT:
            raise Permanent(f"a fact has {len(data)} bytes, at most {LARGEST_DOCUMENT} are allowed")
        return [(segment, data)]
    first = cut(replace(segment, facts=facts[:half]))
    return first + cut(replace(segment, seq=segment.seq + len(first), facts=facts[half:]))


def commit_writes(shard: str, header: Header, revision: str | None, segment: bytes) -> list[Write]:
    """The writes of a commit, the header first; `revision` is the header's that must still hold, None if there was none.

    `segment` is the packed one that the header has as its last.
    """
    return [
        Put(header_path(shard), pack_header(header), expect=revision or ABSENT),
        Put(f"log/{segment_name(shard, header.seq)}", segment, expect=ABSENT),
    ]


def snapshot_writes(shard: str, header: Header, dirty: dict[str, bytes]) -> tuple[dict[str, str], list[Write], list[Write]]:
    """Names of all parts after a snapshot, the documents to put, and the outdated ones to delete."""
    fresh = {part: f"{shard}-{header.epoch:06d}-{header.seq:012d}-{part}" for part in sorted(dirty)}
    puts: list[Write] = [Put(f"snapshots/{name}", dirty[part]) for part, name in fresh.items()]
    deletes: list[Write] = [Delete(f"snapshots/{header.parts[part]}") for part in fresh if part in header.parts]
    return {**header.parts, **fresh}, puts, deletes
