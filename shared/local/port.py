"""On which port the pages of a data folder were served last, for links that another command makes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

FILE: Final = "run.port"


def remember(folder: str, port: int) -> None:
    """Note the port in a folder that is there; a full disk keeps no alarm waiting for it."""
    with suppress(OSError):
        (Path(folder) / FILE).write_text(f"{port}\n", encoding="ascii")


def remembered(folder: str) -> int | None:
    """That port; None where nothing readable says it."""
    try:
        text = (Path(folder) / FILE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return int(text) if text.isdecimal() and 0 < int(text) < 65536 else None
