"""The embedded Store: one SQLite file, the same promises as Firestore."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from shared.limits import check_part, check_writes, split_path
from shared.local.database import Database
from shared.model import Seconds
from shared.ports import ABSENT, Conflict, Document, Put, Write

# Text compares as bytes of UTF-8 (BINARY), as names do in Firestore. Revisions are text: they are opaque to everybody else.
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS documents (
    collection TEXT NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL, due_at INTEGER, revision TEXT NOT NULL,
    PRIMARY KEY (collection, name));
CREATE INDEX IF NOT EXISTS due ON documents (collection, due_at, name) WHERE due_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS commits (made INTEGER NOT NULL);
INSERT INTO commits SELECT 0 WHERE NOT EXISTS (SELECT * FROM commits);
"""
_READ: Final = "SELECT data, due_at, revision FROM documents WHERE collection = ? AND name = ?"
_SCAN: Final = """SELECT name, data, due_at, revision FROM documents
    WHERE collection = ? AND name >= ? AND name < ? ORDER BY name LIMIT ?"""
_DUE: Final = """SELECT name, data, due_at, revision FROM documents
    WHERE collection = ? AND due_at <= ? ORDER BY due_at, name LIMIT ?"""
_CREATE: Final = """INSERT INTO documents (data, due_at, revision, collection, name) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING"""
_REPLACE: Final = """INSERT OR REPLACE INTO documents (data, due_at, revision, collection, name) VALUES (?, ?, ?, ?, ?)"""
_CHANGE: Final = """UPDATE documents SET data = ?, due_at = ?, revision = ?
    WHERE collection = ? AND name = ? AND revision = ?"""
_DELETE: Final = "DELETE FROM documents WHERE collection = ? AND name = ?"


@dataclass(slots=True)
class Meter:
    """What Firestore would have billed so far."""

    reads: int = 0  # one a document, found or missing; at least one a query
    writes: int = 0  # one a Put
    deletes: int = 0  # one a Delete
    bytes_written: int = 0  # of data


class LocalStore:
    """Store on `<folder>/kentongan.db`. Threads and processes may share the folder."""

    def __init__(self, folder: str, durable: bool = True) -> None:
        """Open the store, or create it with its folder; `durable` is False where nobody will open it again."""
        self.used = Meter()
        self._database = Database(Path(folder) / "kentongan.db", _SCHEMA, durable=durable)

    def close(self) -> None:
        """Give the file back."""
        self._database.close()

    def read(self, paths: Sequence[str]) -> list[Document | None]:
        """The documents at these paths, in the same order; None where there is none."""
        places = [split_path(path) for path in paths]
        with self._database.transaction("DEFERRED") as sql:
            found = [sql.execute(_READ, place).fetchone() for place in places]
            self.used.reads += len(places)
        return [None if row is None else Document(*row) for row in found]

    def scan(self, collection: str, start: str, end: str, limit: int) -> list[tuple[str, Document]]:
        """Documents of a collection with start <= name < end, by name, at most limit."""
        return self._query(_SCAN, (check_part(collection), start, end, max(limit, 0)))

    def due(self, collection: str, now: Seconds, limit: int) -> list[tuple[str, Document]]:
        """Documents whose due_at is set and <= now, the oldest first, at most limit."""
        return self._query(_DUE, (check_part(collection), now, max(limit, 0)))

    def commit(self, writes: Sequence[Write]) -> list[str]:
        """Apply all writes or none; the new revision of each write (empty for a delete), in order."""
        check_writes(writes)
        with self._database.transaction() as sql:
            ((revision,),) = sql.execute("UPDATE commits SET made = made + 1 RETURNING CAST(made AS TEXT)").fetchall()
            for write in writes:
                _apply(sql, write, revision)
            self._count(writes)
        return [revision if isinstance(write, Put) else "" for write in writes]

    def _query(self, statement: str, values: tuple[str | int, ...]) -> list[tuple[str, Document]]:
        with self._database.transaction("DEFERRED") as sql:
            rows: list[Any] = sql.execute(statement, values).fetchall()
            self.used.reads += max(1, len(rows))
        return [(name, Document(data, due_at, revision)) for name, data, due_at, revision in rows]

    def _count(self, writes: Sequence[Write]) -> None:
        puts = [write for write in writes if isinstance(write, Put)]
        self.used.writes += len(puts)
        self.used.deletes += len(writes) - len(puts)
        self.used.bytes_written += sum(len(put.data) for put in puts)


def _apply(sql: sqlite3.Connection, write: Write, revision: str) -> None:
    """One write inside the transaction; raises Conflict, which rolls all of it back."""
    place = split_path(write.path)
    if not isinstance(write, Put):
        sql.execute(_DELETE, place)
        return
    row = (write.data, write.due_at, revision, *place)
    if write.expect is None:
        sql.execute(_REPLACE, row)
    elif write.expect == ABSENT:
        if sql.execute(_CREATE, row).rowcount == 0:
            raise Conflict(f"{write.path} exists already")
    elif sql.execute(_CHANGE, (*row, write.expect)).rowcount == 0:
        raise Conflict(f"{write.path} is no longer at revision {write.expect}")
