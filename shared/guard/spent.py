"""Documents used."""

from __future__ import annotations

from msgspec import Struct


class Spent(Struct, frozen=True, array_like=True):
    """Writes, reads and deletes of documents, on one of the quotas' days."""

    day: int = 0
    writes: int = 0
    reads: int = 0
    deletes: int = 0

    def plus(self, other: Spent) -> Spent:
        """Both together, on this one's day."""
        return Spent(self.day, self.writes + other.writes, self.reads + other.reads, self.deletes + other.deletes)
