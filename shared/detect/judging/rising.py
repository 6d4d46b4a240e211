"""What rises where no single issue carries the rise: its name, its strongest items, and whether one outlet stands behind it."""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from shared.config.schema import Agency
from shared.detect.judging.themes import themes
from shared.detect.state import State
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


def rising(state: State, agency: Agency, hours: int) -> Rising:
    """The rise of the last `hours`."""
    day = _negative(state, agency.id, state.hour - DAY + HOUR)
    start = state.hour - (hours - 1) * HOUR
    recent = [item for item in day if item.at >= state.hour - (max(LEAST_HOURS, hours) - 1) * HOUR]
    sure = [item for item in recent if item.against]
    found = themes(sure, agency, state.issues, OUTLETS) or themes(
        [item for item in day if item.against], agency, state.issues, OUTLETS_OF_A_DAY
    )
    ranked = sorted(
        recent, key=lambda item: (next((n for n, theme in enumerate(found) if theme.of(item)), len(found)), item.at < start)
    )
    common = f": {'; '.join(theme.name for theme in found)}" if found else ""
    counts = Counter(item.outlet for item in sure if item.at >= start)
    outlet, most = min(counts.items(), key=lambda one: (-one[1], one[0]), default=("", 0))
    mostly = (outlet, most) if counts.total() >= FEWEST and 2 * most > counts.total() else None
    return Rising(f"Berita negatif tentang {agency.name} meningkat{common}", tuple(ranked), mostly)


def _negative(state: State, agency: str, since: Seconds) -> list[Item]:
    """The strongest negative items of all issues of an agency since then, the strongest first; each once."""
    found = [
        (-strength, item.at, item.mention, item)
        for dossier in state.dossiers.values()
        if agency in dossier.agencies and dossier.last_at >= since
        for strength, item in dossier.items
        if item.at >= since and item.label == "negative"
    ]
    return [item for *_, item in sorted(found, key=lambda one: one[:3])]
