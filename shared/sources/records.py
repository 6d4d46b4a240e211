"""XML that is a list of records (sitemaps, search results, warnings): hostile bytes in, plain records out, in linear time.

No tree is built: expat reports elements, and only those that are asked for are kept. A document type never reaches it (see
feed.py), so there is nothing to expand. What is whole before an error is kept.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final
from xml.parsers import expat

from shared.sources.feed import decode, repair

Record = dict[str, str]  # path of local names below the record ("news.title") -> text, the first of each path

_DEEPEST: Final = 4  # elements below a record
_LONGEST: Final = 20_000  # characters of a field
_MOST: Final = 50_000  # records


def read_records(body: bytes, root: re.Pattern[str], names: frozenset[str], what: str) -> list[tuple[str, Record]]:
    """Name and content of each element with one of the local names, in order. Raises FeedError where the root is not there.

    `what` names in a sentence what was expected.
    """
    text = repair(decode(body)[0], root, what)
    reader = _Reader(names)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    with suppress(expat.ExpatError):  # junk behind the end, or an end that is missing: what was whole has been read
        parser.Parse(text.encode(), True)
    return reader.found[:_MOST]


class _Reader:
    """Collects records while the parser walks."""

    def __init__(self, names: frozenset[str]) -> None:
        self.found: list[tuple[str, Record]] = []
        self._names = names
        self._record: Record | None = None
        self._depth = 0  # below the record
        self._path: list[str] = []  # of the first _DEEPEST elements below it
        self._key = ""

    def start(self, name: str, _: object) -> None:
        """An element begins."""
        local = name.rpartition(":")[2].lower()
        if self._record is None:
            if local in self._names:
                self._record, self._depth, self._path, self._key = {}, 0, [], ""
            return
        self._depth += 1
        if self._depth <= _DEEPEST:
            self._path.append(local)
            path = ".".join(self._path)
            self._key = path if path not in self._record else ""
            if self._key:
                self._record[path] = ""

    def end(self, name: str) -> None:
        """An element ends."""
        if self._record is None:
            return
        if self._depth == 0:
            self.found.append((name.rpartition(":")[2].lower(), self._record))
            self._record = None
            return
        if self._depth <= _DEEPEST:
            self._path.pop()
        self._depth -= 1
        self._key = ""

    def text(self, data: str) -> None:
        """Characters of the element that began last."""
        if self._record is not None and self._key and len(self._record[self._key]) < _LONGEST:
            self._record[self._key] = (self._record[self._key] + data)[:_LONGEST]
