"""What every back end refuses before it sends anything, so that all of them refuse the same things for the same reason.

The limits are those of Firestore and Pub/Sub with room for the envelope; the embedded back end keeps them too, or what works on a
laptop would fail in the cloud.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from shared.ports import LARGEST_COMMIT, LARGEST_DOCUMENT, Permanent, Put, Write

LARGEST_MESSAGE: Final = 7_000_000  # bytes; as base64 it still fits into the 10 MB of a Pub/Sub request

_PART = re.compile(r"[A-Za-z0-9_.:-]{1,1500}")
_RESERVED = re.compile(r"\.|\.\.|__.*__")  # Firestore keeps these ids to itself


def check_part(part: str) -> str:
    """A collection's or a document's name, unchanged; raises Permanent where Firestore or we would not take it."""
    if not _PART.fullmatch(part) or _RESERVED.fullmatch(part):
        raise Permanent(f"{part!r} is no name: letters, digits and _ . : - are allowed, 1 to 1500 of them")
    return part


def split_path(path: str) -> tuple[str, str]:
    """Collection and name of "collection/name"; raises Permanent for any other path."""
    collection, _, name = path.partition("/")
    return check_part(collection), check_part(name)


def check_writes(writes: Sequence[Write]) -> None:
    """Raise Permanent where a path is wrong or used twice, or where a document or the whole commit is too large."""
    paths = [write.path for write in writes]
    for path in paths:
        split_path(path)
    if len(set(paths)) < len(paths):
        raise Permanent(f"a commit writes one document twice: {', '.join(sorted(paths))}")
    sizes = {write.path: len(write.data) for write in writes if isinstance(write, Put)}
    for path, size in sizes.items():
        if size > LARGEST_DOCUMENT:
            raise Permanent(f"document {path} has {size} bytes, at most {LARGEST_DOCUMENT} are allowed")
    if (total := sum(sizes.values())) > LARGEST_COMMIT:
        raise Permanent(f"commit has {total} bytes, at most {LARGEST_COMMIT} are allowed")


def check_messages(messages: Sequence[bytes]) -> None:
    """Raise Permanent where a message is empty or larger than LARGEST_MESSAGE."""
    for message in messages:
        if not 0 < len(message) <= LARGEST_MESSAGE:
            raise Permanent(f"message has {len(message)} bytes, 1 to {LARGEST_MESSAGE} are allowed")
