"""Whether a watchword tells of a matter of its own: what was told of it lately, and what new headlines say beyond that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from shared.detect.judging.sayings import HEAD
from shared.model import DAY, HOUR, Item, Seconds

OUTLETS = 2
APART: Seconds = 12 * HOUR  # between two notices about one word and agency by one outlet each: a wave in ten towns is one
SOON: Seconds = 6 * HOUR  # what one outlet says of another place, and no notice could tell of until then, is no news any more
QUIET: Seconds = 7 * DAY  # without a word about it, after which a matter is over
BRIEF: Seconds = DAY  # the same for one that a single outlet told of
WEEK: Seconds = 7 * DAY
MOST_A_WEEK = 3  # notices about one word and agency: for who it is daily bread, it is no alarm
MOST_OF_SEVERAL = 5  # the same where several outlets tell of it
MOST_WORDS = 100  # of a run: the first that were said
ALIKE = 250  # thousandths of the words of headlines that were said before, from which they tell of the same matter


class Sighting(Struct, array_like=True, frozen=True):
    """A watchword in one item."""

    word: str
    item: Item
    main: bool  # of a main outlet
    named: tuple[str, ...]  # see `sayings.names`
    says: tuple[int, ...] = ()  # see `sayings.says`


class Run(Struct, array_like=True):
    """One word about one agency: what was told of it, as long as that goes on."""

    last_at: Seconds = 0
    named: list[str] = field(default_factory=list)
    told_at: list[Seconds] = field(default_factory=list)
    says: list[int] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)  # the first two
    issues: list[str] = field(default_factory=list)  # in which it was told

    def lasts(self, now: Seconds) -> bool:
        """Whether it goes on: what a single outlet told of is over sooner."""
        return now - self.last_at <= (QUIET if len(self.outlets) >= OUTLETS else BRIEF)

    def holds(self, seen: Sighting, now: Seconds) -> bool:
        """Whether a sighting in another issue tells of the same: in much the same words, and naming nobody and no place anew."""
        alike = len(set(seen.says).intersection(self.says)) * 1000 >= len(seen.says) * ALIKE
        return self.lasts(now) and alike and not self.unnamed((seen,))

    def unnamed(self, sightings: Iterable[Sighting]) -> set[str]:
        """What sightings name and it has not; a province that holds one of its regions is nothing new."""
        named = {name for one in sightings for name in one.named}
        return {name for name in named if not any(name == one or one.startswith(f"{name}.") for one in self.named)}

    def turns(self, seen: Sighting) -> bool:
        """Whether a sighting in an issue that was told tells of more: the agency's head, or a place beside others."""
        unnamed = self.unnamed((seen,))
        return HEAD in unnamed or bool(unnamed and self.named)

    def rings(self, sightings: Sequence[Sighting], now: Seconds) -> bool:
        """Whether sightings that it does not hold are to be told now.

        At once where the agency's head is in it for the first time; more often where several outlets stand behind it.
        """
        unnamed, several = self.unnamed(sightings), own_outlets(sightings) >= OUTLETS
        if HEAD in unnamed:
            return True
        if len([at for at in self.told_at if now - at < WEEK]) >= (MOST_OF_SEVERAL if several else MOST_A_WEEK):
            return False
        if several:
            return True
        late = now - max(one.item.at for one in sightings) > SOON
        return (not self.lasts(now) or bool(unnamed and not late)) and not any(now - at < APART for at in self.told_at)

    def hear(self, sightings: Iterable[Sighting], now: Seconds) -> None:
        """Let it go on: somebody tells of it again."""
        outlets = dict.fromkeys([*(self.outlets if self.lasts(now) else ()), *(one.item.outlet for one in sightings)])
        self.outlets, self.last_at = list(outlets)[:OUTLETS], now

    def take(self, sightings: Sequence[Sighting], issue: str, now: Seconds) -> None:
        """Let it go on, with all that these sightings name and say: they are of an issue in which it is told."""
        if not self.lasts(now):
            self.named, self.says = [], []
        self.issues = list(dict.fromkeys([*self.issues, issue]))
        said = dict.fromkeys([*self.says, *(word for one in sightings for word in one.says)])
        self.named, self.says = sorted({*self.named, *self.unnamed(sightings)}), list(said)[:MOST_WORDS]
        self.hear(sightings, now)

    def tell(self, sightings: Sequence[Sighting], issue: str, now: Seconds) -> None:
        """The same, and they are told now."""
        self.take(sightings, issue, now)
        self.told_at = [*(at for at in self.told_at if now - at < WEEK), now]


def own_outlets(sightings: Iterable[Sighting]) -> int:
    """How many outlets stand behind sightings with texts of their own."""
    return len({one.item.outlet for one in sightings if not one.item.copy_of})
