"""Citizens' letters that wait for an answer, counted as they come and are answered: the number on officers' first page.

They are those of the last three days of arrival, as far as a page of letters reads back, without the hour in progress, which no
page shows yet. Whether a letter that thanks is praise depends on its tone toward each agency, so it is remembered, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from shared.deeds import Kept
from shared.model import DAY, HOUR, MentionId, Seconds, Tone
from shared.rulings import reply, tone_of, toward
from shared.voices import kind_of

KEPT: Final[Seconds] = 3 * DAY
MOST: Final = 4_000  # the oldest make room


class Letter(Struct, frozen=True, array_like=True):
    """One without an answer."""

    mention: MentionId
    arrived_at: Seconds  # start of that hour
    agencies: tuple[str, ...]  # that it is about
    thanks: bool = False  # by its words it is praise, and so asks for no answer, unless its tone is negative
    against: tuple[str, ...] = ()  # of the agencies, those toward which it is

    @property
    def asked(self) -> tuple[str, ...]:
        """The agencies of which it asks for an answer."""
        return self.against if self.thanks else self.agencies


class Letters:
    """Those that wait, by mention."""

    def __init__(self, letters: Iterable[Letter] = (), since: Seconds = 0) -> None:
        """`since` when all that came are known."""
        self.pool: dict[str, Letter] = {letter.mention: letter for letter in letters}
        self.since = since

    def lay(self, kept: Kept, about: Iterable[str], arrived_at: Seconds) -> None:
        """Take in a mention as it is now, ruled by officers, and whom it is about: it waits, waits no more, or never did."""
        mention = kept.fact.mention
        if mention.kind != "complaint":
            return
        self.pool.pop(mention.id, None)
        agencies = tuple(about)
        if agencies and not reply(kept.marks):
            thanks = kind_of(mention.title, mention.lead, "") == "praise"
            against = tuple(one for one in agencies if tone_of(toward(kept, one)).label == "negative")
            self.pool[mention.id] = Letter(mention.id, arrived_at, agencies, thanks, against)

    def revise(self, mention: MentionId, tones: Mapping[str, Tone]) -> None:
        """Take in a better tone of a mention, toward each agency that it is about; nothing where it does not wait."""
        letter = self.pool.get(mention)
        if letter:
            against = tuple(one for one in letter.agencies if one in tones and tones[one].label == "negative")
            self.pool[mention] = replace(letter, against=against)

    def forget(self, now: Seconds) -> None:
        """Let go of the old ones."""
        oldest = now - now % HOUR - KEPT
        fresh = [letter for letter in self.ordered() if letter.arrived_at >= oldest]
        self.pool = {letter.mention: letter for letter in fresh[-MOST:]}

    def ordered(self) -> list[Letter]:
        """By arrival."""
        return sorted(self.pool.values(), key=lambda letter: (letter.arrived_at, letter.mention))

    def waiting(self, hour: Seconds) -> Counter[str] | None:
        """How many wait for each agency, in the three days before this hour; None while not all of those are known."""
        if hour - KEPT < self.since:
            return None
        return Counter(one for letter in self.pool.values() if hour - KEPT <= letter.arrived_at < hour for one in letter.asked)
