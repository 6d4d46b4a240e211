"""Messages cut into requests that Pub/Sub takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

MOST_BYTES: Final = 9_000_000  # of base64 in one publish request; Pub/Sub takes 10 MB
MOST_MESSAGES: Final = 1_000  # in one publish request


def batches(messages: Sequence[bytes], most_bytes: int = MOST_BYTES) -> Iterator[list[bytes]]:
    """The messages in order, at most `most_bytes` of base64 (or one message) and MOST_MESSAGES in each batch."""
    batch: list[bytes] = []
    size = 0
    for message in messages:
        encoded = 4 * ((len(message) + 2) // 3)
        if batch and (size + encoded > most_bytes or len(batch) == MOST_MESSAGES):
            yield batch
            batch, size = [], 0
        batch.append(message)
        size += encoded
    if batch:
        yield batch
