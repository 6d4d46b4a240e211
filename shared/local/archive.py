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
        """Keep these bytes under this name, in place of what was there; a crash or power cut leaves the old or the new one.

        They are on the disk before it is noted that they are: a day that is noted as written is not written again.
        """
        path = self._folder / name
        part = path.with_name(f".{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        except OSError as error:
            raise Retryable(f"{path} cannot be written: {error.strerror}") from error
