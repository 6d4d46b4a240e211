"""JSON Lines in and out: what `classify`, `group` and `series` have in common."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BufferedIOBase
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from shared.cli.terminal import BAD_INPUT, OK

WIB: Final = ZoneInfo("Asia/Jakarta")
AT_ONCE: Final = 1 << 16  # bytes: what a pipe holds

_encode = msgspec.json.Encoder().encode


class Refused(msgspec.Struct, frozen=True):
    """A line of output for a bad line of input."""

    error: str


def batches(stream: BufferedIOBase) -> Iterator[list[bytes]]:
    """The lines of a stream, those together that have arrived by the time that they can be taken; without their ends."""
    pieces: list[bytes] = []
    while piece := stream.read1(AT_ONCE):
        begun, end, rest = piece.rpartition(b"\n")
        if end:
            yield b"".join([*pieces, begun]).split(b"\n")
            pieces = [rest]
        else:
            pieces.append(piece)
    if last := b"".join(pieces):
        yield [last]


def write(replies: Iterable[object]) -> int:
    """Print each reply as soon as it is there, so that a program may ask and wait; the exit code, 1 if any line was refused."""
    code = OK
    for reply in replies:
        code = BAD_INPUT if isinstance(reply, Refused) else code
        sys.stdout.buffer.write(_encode(reply) + b"\n")
        sys.stdout.buffer.flush()
    return code


def read_time(text: str) -> datetime:
    """The moment of an ISO 8601 time, in WIB where it names no zone; raises ValueError where it is none."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=WIB) if moment.tzinfo is None else moment
