"""Many records in few documents: compressed lists that each fit into one; several, one after the other, are a part as well.

How well texts compress is not known before it is tried, so a list that turned out too large is halved. The same records give the
same parts.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

import msgspec

LARGEST_PART: Final = 900_000  # bytes, compressed, of a document's 1 MB
FULL: Final = 2_000_000  # bytes of records that are tried at once: texts shrink to a third or so

T = TypeVar("T")
K = TypeVar("K", int, str)

_encode = msgspec.msgpack.Encoder().encode


def ordered(mapping: dict[K, T]) -> dict[K, T]:
    """The same by key: what is packed must not depend on the order in which things came."""
    return {key: mapping[key] for key in sorted(mapping)} if len(mapping) > 1 else mapping


def pack_parts(records: Iterable[object]) -> Iterator[bytes]:
    """The records, in order, as compressed lists of at most LARGEST_PART bytes (or one record); none where there is none."""
    chunk: list[msgspec.Raw] = []
    size = 0
    for record in records:
        data = _encode(record)
        if chunk and size + len(data) > FULL:
            yield from halved(chunk, pack_part)
            chunk, size = [], 0
        chunk.append(msgspec.Raw(data))
        size += len(data)
    if chunk:
        yield from halved(chunk, pack_part)


def pack_part(records: Sequence[object]) -> bytes:
    """The records as one part, whatever its size."""
    return zlib.compress(_encode(records), 3)


def unpack_part(data: bytes, kind: type[T]) -> list[T]:
    """The records of a part."""
    decode, found = msgspec.msgpack.Decoder(list[kind]).decode, list[T]()  # type: ignore[valid-type]
    while data:
        one = zlib.decompressobj()
        found += decode(one.decompress(data))
        data = one.unused_data
    return found


def halved(records: Sequence[T], pack: Callable[[Sequence[T]], bytes]) -> Iterator[bytes]:
    """The records as packed by `pack`, in as many parts as it takes for none to be too large (or of one record)."""
    data = pack(records)
    if len(data) <= LARGEST_PART or len(records) == 1:
        yield data
        return
    yield from halved(records[: len(records) // 2], pack)
    yield from halved(records[len(records) // 2 :], pack)


def cut_up(name: str, data: bytes) -> dict[str, bytes]:
    """A part of whatever size as parts that each fit into a document, the first of this name."""
    starts = range(0, len(data), LARGEST_PART)
    return {_piece(name, number): data[start : start + LARGEST_PART] for number, start in enumerate(starts)}


def joined(name: str, parts: Mapping[str, bytes]) -> bytes:
    """What `cut_up` cut up; empty where there is nothing of this name."""
    data, number = b"", 0
    while piece := parts.get(_piece(name, number)):
        data, number = data + piece, number + 1
    return data


def _piece(name: str, number: int) -> str:
    return f"{name}.{number}" if number else name
