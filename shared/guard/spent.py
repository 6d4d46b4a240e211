"""What is used of free quotas."""

from __future__ import annotations

from msgspec import Struct


class Spent(Struct, frozen=True, array_like=True):
    """Documents on one of the quotas' days; messages and processor in one of its months."""

    day: int = 0
    writes: int = 0
    reads: int = 0
    deletes: int = 0
    month: int = 0
    sent: int = 0  # bytes of messages, as billed: published and delivered
    cpu_ms: int = 0  # milliseconds of one vCPU, while requests were worked on

    def plus(self, other: Spent) -> Spent:
        """Both together, on this one's day and month."""
        return Spent(
            self.day,
            self.writes + other.writes,
            self.reads + other.reads,
            self.deletes + other.deletes,
            self.month,
            self.sent + other.sent,
            self.cpu_ms + other.cpu_ms,
        )

    def of(self, day: int, month: int) -> Spent:
        """What of it is of this day and of this month."""
        documents = (self.writes, self.reads, self.deletes) if self.day == day else (0, 0, 0)
        rest = (self.sent, self.cpu_ms) if self.month == month else (0, 0)
        return Spent(day, *documents, month, *rest)
