"""Messages cut into requests that Pub/Sub takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from shared.batches import batches

MOST_BYTES: Final = 9_000_000  # of base64 in one publish request; Pub/Sub takes 10 MB
MOST_MESSAGES: Final = 1_000  # in one publish request


def requests(messages: Sequence[bytes], most_bytes: int = MOST_BYTES) -> Iterator[list[bytes]]:
    """The messages in order, at most `most_bytes` of base64 (or one message) and MOST_MESSAGES in each request."""
    return batches(messages, lambda message: 4 * ((len(message) + 2) // 3), most_bytes, MOST_MESSAGES)
