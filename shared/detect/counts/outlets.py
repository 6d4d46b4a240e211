"""The outlets of an issue: when each wrote about it, with texts of its own or against the agency, and how many."""

from __future__ import annotations

from msgspec import Struct

from shared.model import Seconds

UNKNOWN = 1 << 20  # texts, where they were not counted: never used up


class Outlet(Struct, array_like=True):
    """One outlet's part in an issue."""

    first_at: Seconds
    last_at: Seconds
    own_at: Seconds  # of its last text that is no copy; 0 if it has none
    against_at: Seconds  # of its last negative one of those; 0 if it has none
    weight: int  # of its source, in thousandths
    national: bool
    kind: str
    items: int = UNKNOWN  # all of its texts; those of files of earlier versions were not counted
    own: int = UNKNOWN  # of those, that are no copies
    against: int = UNKNOWN  # of those, that are negative

    def add(self, at: Seconds, own: bool, against: bool) -> None:
        """Add a text."""
        self.take(Outlet(at, at, at * own, at * against, 0, False, "", 1, own, against))

    def take(self, other: Outlet) -> None:
        """Add more of the same outlet."""
        self.first_at, self.last_at = min(self.first_at, other.first_at), max(self.last_at, other.last_at)
        self.own_at, self.against_at = max(self.own_at, other.own_at), max(self.against_at, other.against_at)
        self.items, self.own, self.against = self.items + other.items, self.own + other.own, self.against + other.against

    def lose(self, own: bool, against: bool) -> None:
        """Take a text away; times stay as long as any text of their kind is left."""
        self.items, self.own, self.against = self.items - 1, self.own - own, self.against - against
        self.own_at = self.own_at if self.own > 0 else 0
        self.against_at = self.against_at if self.against > 0 else 0
