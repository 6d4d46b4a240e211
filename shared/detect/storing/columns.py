"""The mentions of an hour, column by column: like stands beside like, which takes two thirds of the room of record beside record.

A document is MARK and a compressed list of columns, one for each field of Kept in their order; where a field is a record itself,
its column is such a list again. Ids are 8 bytes each, and probabilities are ten-thousandths where that is exact. Fields are only
ever added at the end: a column that an older document lacks gives the field's default, those of later programs are passed over.
Documents of earlier versions are lists of records (parts.py); they stay readable.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import takewhile
from typing import Any, Final, NamedTuple, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

from shared.deeds import Kept
from shared.detect.storing.parts import halved, unpack_part
from shared.model import MentionId, Share, Tone

MARK: Final = b"\x00c"  # a list of records starts as zlib does
TRIED: Final = 5_000  # mentions that are packed at once: about 800 kB where they are news
WHOLE: Final = 10_000  # parts of a probability
DIGITS: Final = 16  # of an id

_encode = msgspec.msgpack.Encoder().encode


def pack_hour(kept: Sequence[Kept]) -> Iterator[bytes]:
    """The mentions, in order, as documents of at most LARGEST_PART bytes (or one mention); none where there is none."""
    for start in range(0, len(kept), TRIED):
        yield from halved(kept[start : start + TRIED], pack_kept)


def pack_kept(kept: Sequence[Kept]) -> bytes:
    """The mentions as one document, whatever its size."""
    return MARK + zlib.compress(_encode(_columns(Kept, kept)))


def unpack_kept(data: bytes) -> list[Kept]:
    """The mentions of a document."""
    if not data.startswith(MARK):
        return unpack_part(data, Kept)
    return _records(Kept, _decoder().decode(zlib.decompress(data[len(MARK) :])))


class _Column(NamedTuple):
    """How the values of a field lie in a document."""

    shape: Any  # the type that is read from it
    write: Callable[[Sequence[Any]], object]
    read: Callable[[Any], Sequence[Any]]


def _columns(kind: type[Struct], records: Sequence[Struct]) -> list[object]:
    """Records as columns; no column where there is no record."""
    return [column.write(values) for column, values in zip(_layout(kind), zip(*map(astuple, records), strict=True), strict=False)]


def _records(kind: type[Struct], table: Struct) -> list[Any]:
    """The records of columns."""
    there = takewhile(lambda values: values is not None, astuple(table))
    fields = [column.read(values) for column, values in zip(_layout(kind), there, strict=False)]
    return list(map(kind, *fields)) if fields else []


@cache
def _layout(kind: type[Struct]) -> tuple[_Column, ...]:
    """The columns of a record's fields, in order."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(_column(hints[name]) for name in kind.__struct_fields__)


@cache
def _table(kind: type[Struct]) -> type[Struct]:
    """The type of a record's columns."""
    fields = [(name, column.shape | None, None) for name, column in zip(kind.__struct_fields__, _layout(kind), strict=True)]
    return msgspec.defstruct(f"{kind.__name__}Columns", fields, array_like=True, frozen=True)


@cache
def _decoder() -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(_table(Kept))


def _column(hint: Any) -> _Column:  # noqa: ANN401 - a type, or what typing makes of several
    if hint == MentionId:
        return _Column(bytes, lambda ids: bytes.fromhex("".join(ids)), _ids)
    if hint == Share:
        return _Column(list[int | float], lambda shares: list(map(_whole, shares)), _shares)
    if hint == Tone | None:
        return _Column(tuple[list[bool], _table(Tone)], _tones_written, _tones_read)  # type: ignore[misc]
    if isinstance(hint, type) and issubclass(hint, Struct):
        return _Column(_table(hint), partial(_columns, hint), partial(_records, hint))
    return _Column(list[hint], list, list)


def _ids(column: bytes) -> list[str]:
    digits = column.hex()
    return [digits[start : start + DIGITS] for start in range(0, len(digits), DIGITS)]


def _whole(share: float) -> int | float:
    """A probability as ten-thousandths where reading them gives the same one."""
    parts = round(share * WHOLE)
    return parts if parts / WHOLE == share else share


def _shares(column: list[int | float]) -> list[float]:
    return [value / WHOLE if isinstance(value, int) else value for value in column]


def _tones_written(tones: Sequence[Tone | None]) -> tuple[list[bool], list[object]]:
    """Which mentions have one, and the columns of those."""
    return [tone is not None for tone in tones], _columns(Tone, [tone for tone in tones if tone is not None])


def _tones_read(column: tuple[Sequence[bool], Struct]) -> list[Tone | None]:
    tones = iter(_records(Tone, column[1]))
    return [next(tones) if there else None for there in column[0]]
