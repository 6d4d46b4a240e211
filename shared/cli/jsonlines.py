"""JSON Lines in and out: what `classify`, `group` and `series` have in common."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from shared.cli.terminal import BAD_INPUT, OK

WIB: Final = ZoneInfo("Asia/Jakarta")

_encode = msgspec.json.Encoder().encode


class Refused(msgspec.Struct, frozen=True):
    """A line of output for a bad line of input."""

    error: str


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
