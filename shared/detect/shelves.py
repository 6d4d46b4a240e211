"""The files of all issues, packed on shelves by the time of their last mention: what lies still is packed once.

Most of what a week holds changes no more, and packing all of it at each tick was the largest part of detect's work. A shelf is
packed again when a file on it has changed, came or went; its bytes are the same as if all were packed anew. Shelves of today and
yesterday hold three hours each, older ones a day: what is new changes most.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shared.detect.dossiers import Dossier
from shared.detect.parts import pack_parts
from shared.model import DAY, HOUR, Seconds

SPAN: Final[Seconds] = 3 * HOUR  # of a shelf of today and yesterday


class Shelves:
    """What was packed last."""

    def __init__(self) -> None:
        self._packed: dict[Seconds, tuple[list[str], list[bytes]]] = {}  # start of a shelf -> (issues on it, their parts)

    def pack(self, dossiers: Mapping[str, Dossier], now: Seconds) -> dict[str, bytes]:
        """All files as named parts."""
        shelves: dict[Seconds, list[str]] = {}
        yesterday = now - now % DAY - DAY
        for issue in sorted(dossiers):
            at = dossiers[issue].last_at
            shelves.setdefault(at - at % (SPAN if at >= yesterday else DAY), []).append(issue)
        self._packed = {shelf: self._shelf(shelf, issues, dossiers) for shelf, issues in sorted(shelves.items())}
        return {
            f"dossiers-{shelf // HOUR:06d}-{number:03d}": data
            for shelf, (_, parts) in self._packed.items()
            for number, data in enumerate(parts)
        }

    def _shelf(self, shelf: Seconds, issues: list[str], dossiers: Mapping[str, Dossier]) -> tuple[list[str], list[bytes]]:
        """A shelf's parts: those of the last time where nothing on it has changed."""
        before = self._packed.get(shelf)
        changed = [dossiers[issue] for issue in issues if dossiers[issue].changed]
        if before is not None and before[0] == issues and not changed:
            return before
        for dossier in changed:
            dossier.settle()
        return issues, list(pack_parts((issue, dossiers[issue].ordered()) for issue in issues))
