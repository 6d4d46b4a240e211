"""What lies in Firestore: documents are compressed where that saves something, for stored bytes are billed and pages are wordy.

A compressed document starts with MARK, which neither JSON nor msgpack nor zlib starts with as the program writes them. Documents
that were stored plain stay readable.
"""

from __future__ import annotations

import zlib
from typing import Final

MARK: Final = b"\x00z"
LEAST: Final = 1_024  # bytes: what is smaller gains nothing that counts
WORTHWHILE: Final = 0.9  # of its size that a document may keep


def shrink(data: bytes) -> bytes:
    """The bytes to store."""
    if len(data) < LEAST:
        return MARK + zlib.compress(data, 1) if data.startswith(MARK) else data
    packed = MARK + zlib.compress(data, 6)
    return packed if len(packed) < WORTHWHILE * len(data) or data.startswith(MARK) else data


def grow(stored: bytes) -> bytes:
    """The document's own bytes."""
    return zlib.decompress(stored[len(MARK) :]) if stored.startswith(MARK) else stored
