"""One process at a time on a data folder.

A lock of SQLite, which every system has and lets go of when the process ends, however it ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from shared.local.database import why
from shared.ports import KentonganError, Retryable


class Taken(KentonganError):
    """Another process works on this folder."""


@contextmanager
def alone(folder: str) -> Iterator[None]:
    """Hold a folder that is there; raises Taken where another process holds it, Retryable where the disk does not let us."""
    with closing(sqlite3.connect(Path(folder) / "run.lock", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise Taken(f"{folder} is in use") from error
            raise Retryable(f"{folder}/run.lock: {why(error)}") from error
        yield
