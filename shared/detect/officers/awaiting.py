"""Citizens' letters that wait for an answer, counted as they come and are answered: the number on officers' first page.

They are those of the last three days of arrival, as far as a page of letters reads back, without the hour in progress, which no
page shows yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from shared.deeds import Kept
from shared.model import DAY, HOUR, MentionId, Seconds
from shared.rulings import item_of
from shared.voices import kind_of

KEPT: Final[Seconds] = 3 * DAY
MOST: Final = 4_000  # the oldest make room


class Letter(Struct, frozen=True, array_like=True):
    """One that asks for an answer and has none."""

    mention: MentionId
    arrived_at: Seconds  # start of that hour
    agencies: tuple[str, ...]  # that it is about


class Letters:
    """Those that wait, by mention."""

    def __init__(self, letters: Iterable[Letter] = ()) -> None:
        self.pool: dict[str, Letter] = {letter.mention: letter for letter in letters}

    def lay(self, kept: Kept, about: Iterable[str], arrived_at: Seconds) -> None:
        """Take in a mention as it is now, ruled by officers, and whom it is about: it waits, waits no more, or never did."""
        mention, item = kept.fact.mention, item_of(kept)
        if mention.kind != "complaint":
            return
        self.pool.pop(mention.id, None)
        agencies = tuple(about)
        if agencies and not item.reply and kind_of(mention.title, mention.lead, item.label) != "praise":
            self.pool[mention.id] = Letter(mention.id, arrived_at, agencies)

    def forget(self, now: Seconds) -> None:
        """Let go of the old ones."""
        oldest = now - now % HOUR - KEPT
        fresh = [letter for letter in self.ordered() if letter.arrived_at >= oldest]
        self.pool = {letter.mention: letter for letter in fresh[-MOST:]}

    def ordered(self) -> list[Letter]:
        """By arrival."""
        return sorted(self.pool.values(), key=lambda letter: (letter.arrived_at, letter.mention))

    def waiting(self, agency: str, hour: Seconds) -> int:
        """How many wait for an agency, in the three days before this hour."""
        return sum(hour - KEPT <= letter.arrived_at < hour and agency in letter.agencies for letter in self.pool.values())
