"""What rises where no single issue carries the rise: its name, its strongest items, and whether one outlet stands behind it.

The name says what it is about: pairs of words that several outlets or posts have in common; else the matter of the press that
most outlets bring, or the commonest words where most of it comes from persons, whose posts name no alert.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from shared.config.schema import Agency
from shared.detect.judging.themes import commonest, themes
from shared.detect.state import State
from shared.issues.naming import readable, worth
from shared.model import DAY, HOUR, Item, Seconds

LEAST_HOURS: Final = 3  # of a rise from which items are shown, at least
OUTLETS: Final = 2  # that say the same within the rise
OUTLETS_OF_A_DAY: Final = 3
FEWEST: Final = 4  # items of which the most may be one outlet's


class Rising(NamedTuple):
    """What an agency's negative news are about."""

    name: str
    items: tuple[Item, ...]  # those of the rise, what they have in common first, then the strongest
    mostly: tuple[str, int] | None  # an outlet that brings more than half of them, and how many


class _Said(NamedTuple):
    """A negative item."""

    item: Item
    issue: str
    news: bool  # of the press; what persons wrote comes from a few platforms, and each of it is a voice of its own

    @property
    def voice(self) -> Item:
        """The item under the name of who says it."""
        return self.item if self.news else replace(self.item, outlet=self.item.mention)


def rising(state: State, agency: Agency, hours: int) -> Rising:
    """The rise of the last `hours`."""
    day = _negative(state, agency.id, state.hour - DAY + HOUR)
    start = state.hour - (hours - 1) * HOUR
    recent = [one for one in day if one.item.at >= state.hour - (max(LEAST_HOURS, hours) - 1) * HOUR]
    sure, sure_of_day = ([one for one in said if one.item.against] for said in (recent, day))
    voices = [one.voice for one in sure]
    found = themes(voices, agency, state.issues, OUTLETS) or themes(
        [one.voice for one in sure_of_day], agency, state.issues, OUTLETS_OF_A_DAY
    )
    items = [one.item for one in recent]
    ranked = sorted(
        items, key=lambda item: (next((n for n, theme in enumerate(found) if theme.of(item)), len(found)), item.at < start)
    )
    of_rise = [one for one in sure if one.item.at >= start]
    if found:
        what = f": {'; '.join(theme.name for theme in found)}"
    else:
        what = _loudest(of_rise or sure or sure_of_day, commonest(voices, agency, state.issues, OUTLETS))
    counts = Counter(one.item.outlet for one in of_rise)
    outlet, most = min(counts.items(), key=lambda one: (-one[1], one[0]), default=("", 0))
    mostly = (outlet, most) if counts.total() >= FEWEST and 2 * most > counts.total() else None
    return Rising(f"Berita negatif tentang {agency.name} meningkat{what}", tuple(ranked), mostly)


def _loudest(said: Sequence[_Said], words: Sequence[str]) -> str:
    """What is told of a rise that has no pair of words in common: of persons' rather the commonest words, of the press' a matter.

    That is the one that most outlets bring, by its strongest headline that does as a name.
    """
    news = [one for one in said if one.news]
    if words and 2 * len(news) < len(said):
        return f": {', '.join(words)}"
    outlets = Counter(issue for issue, _ in {(one.issue, one.item.outlet) for one in news})
    named = [(outlets[one.issue], worth(name), name) for one in news if (name := readable(one.item.title))]
    if named:
        return f", antara lain: {max(named, key=lambda one: one[:2])[2]}"  # the first of equals is the strongest
    return ": beragam hal" if said else ""


def _negative(state: State, agency: str, since: Seconds) -> list[_Said]:
    """The strongest negative items of all issues of an agency since then, the strongest first; each once."""
    found = [
        (-strength, item.at, item.mention, _Said(item, issue, item.outlet in press))
        for issue, dossier in state.dossiers.items()
        if agency in dossier.agencies and dossier.last_at >= since
        for press in ({name for name, outlet in dossier.outlets.items() if outlet.kind == "news"},)
        for strength, item in dossier.items
        if item.at >= since and item.label == "negative"
    ]
    return [said for *_, said in sorted(found, key=lambda one: one[:3])]
