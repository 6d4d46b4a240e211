"""One SQLite file as the embedded store and bus use it.

Write-ahead log: readers in other processes (the dashboard) never wait for the writer. synchronous=FULL, one fsync a commit: what
was committed survives a power cut, and store and bus, being two files, never disagree about which commit came first. Its price is
in docs/decisions/2026-11-light-clients.md.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Literal

from shared.ports import KentonganError, Retryable

BUSY_SECONDS: Final = 10.0  # another process's transaction lasts milliseconds; longer means that something hangs
MOST_SWITCHING: Final = 20  # processes that create the same file at the same moment
BROKEN: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
REASONS: Final = {  # what people can do something about; the low byte of a code is its kind
    sqlite3.SQLITE_FULL: "disk penuh",
    sqlite3.SQLITE_READONLY: "tidak boleh ditulis",
    sqlite3.SQLITE_CANTOPEN: "tidak dapat dibuka; periksa foldernya dan hak aksesnya",
    sqlite3.SQLITE_BUSY: "sedang dipakai program lain terlalu lama",
    sqlite3.SQLITE_IOERR: "disk gagal membaca atau menulis",
}


def why(error: sqlite3.OperationalError) -> str:
    """What the disk or another program has against it, in Indonesian where it is one of the usual causes."""
    return REASONS.get(error.sqlite_errorcode & 0xFF, str(error))


class Broken(KentonganError):
    """A file is no use any more. Not Permanent: it is not the message's fault, which must not be set aside for it."""


class Database:
    """A connection that threads take turns on. Locked, full or unreachable files raise Retryable, broken ones Broken."""

    def __init__(self, file: Path, schema: str, busy_seconds: float = BUSY_SECONDS, durable: bool = True) -> None:
        """Open the file, or create it and its folder; `schema` is SQL that may run again and again.

        `durable` is False for a file that nobody will open again: commits do not wait for the disk.
        """
        self._file = file
        self._lock = threading.Lock()
        with self._in_our_words():
            file.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(file, busy_seconds, isolation_level=None, check_same_thread=False)
            _use_wal(self._connection)
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
            self._connection.executescript(f"BEGIN IMMEDIATE; {schema} COMMIT;")

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self, kind: Literal["IMMEDIATE", "DEFERRED"] = "IMMEDIATE") -> Iterator[sqlite3.Connection]:
        """All or nothing: committed at the end, rolled back on any exception. DEFERRED is a consistent view for reading."""
        with self._lock, self._in_our_words(), self._connection as connection:
            connection.execute(f"BEGIN {kind}")
            yield connection

    def rows(self, sql: str, values: Sequence[str | int] = ()) -> list[tuple[Any, ...]]:
        """All rows of one query."""
        with self._lock, self._in_our_words(), closing(self._connection.execute(sql, values)) as cursor:
            return cursor.fetchall()

    @contextmanager
    def _in_our_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise Retryable(f"{self._file}: {why(error)}") from error
        except OSError as error:
            raise Retryable(f"{self._file}: {error.strerror}") from error
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in BROKEN:
                raise
            raise Broken(f"{self._file} rusak atau bukan data Kentongan; pulihkan dari cadangan (docs/local.md)") from error


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. SQLite does not wait here where another process switches, so take a turn behind it."""
    for _ in range(MOST_SWITCHING):
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode = WAL")
            return
        connection.executescript("BEGIN IMMEDIATE; COMMIT;")
    connection.execute("PRAGMA journal_mode = WAL")
