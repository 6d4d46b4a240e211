"""The archive as a folder."""

from __future__ import annotations

import os
from pathlib import Path

from shared.ports import Retryable


class FolderArchive:
    """Files below a folder, which is made where it is missing."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)

    def put(self, name: str, data: bytes) -> None:
        """Keep these bytes under this name, in place of what was there; a crash leaves the old file or the new one."""
        path = self._folder / name
        part = path.with_name(f".{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data)
            os.replace(part, path)
        except OSError as error:
            raise Retryable(f"{path} cannot be written: {error.strerror}") from error
