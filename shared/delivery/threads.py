"""Notices as they are found in the store, where some may be of a newer program: what cannot be read is left alone, and waits.

The program that wrote it goes on with it; it must not keep other notices, and so other people, from theirs.
"""

from __future__ import annotations

from collections.abc import Iterable

from shared.logs import log
from shared.notices import Notice, unpack
from shared.ports import Document, Permanent

Found = tuple[Notice, Document]


def opened(name: str, document: Document) -> Notice | None:
    """The notice in a document; None, and a line in the log, where it cannot be read."""
    try:
        return unpack(document.data)
    except Permanent as error:
        log("ERROR", "notice left alone", notice=name, reason=str(error))
        return None


def readable(found: Iterable[tuple[str, Document]]) -> list[Found]:
    """The notices that can be read, with their documents, in the order given."""
    return [(notice, document) for name, document in found if (notice := opened(name, document)) is not None]
