"""What a page shows first: the story of an issue out of its items, and sources by trouble."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shared.model import Item, Level
from shared.views import IssueView, SourceLine, SourcesView

SHOWN_AT_ONCE: Final = 20  # items; the others open on a tap
NAMED_COPIES: Final = 12  # outlets


@dataclass(frozen=True, slots=True)
class Story:
    """An issue as the page tells it."""

    statuses: tuple[tuple[str, Level], ...]  # name and level of each agency, the highest first
    first: Item | None  # the earliest item
    copies: tuple[Item, ...]  # republications of the first item, the earliest first
    shown: tuple[Item, ...]
    more: tuple[Item, ...]
    outlet_of: dict[str, str]  # outlet by mention id, to say what a copy republishes


def story(view: IssueView) -> Story:
    """The parts of an issue's page; items come as the view orders them: the first, then the newest."""
    first = min(view.items, key=lambda item: (item.at, item.mention), default=None)
    copies = sorted((item for item in view.items if first and item.copy_of == first.mention), key=lambda item: item.at)
    return Story(
        statuses=_statuses(view),
        first=first,
        copies=tuple(copies[:NAMED_COPIES]),
        shown=view.items[:SHOWN_AT_ONCE],
        more=view.items[SHOWN_AT_ONCE:],
        outlet_of={item.mention: item.outlet for item in view.items},
    )


def _statuses(view: IssueView) -> tuple[tuple[str, Level], ...]:
    """The level of this issue for each agency: where its newest transition led, normal where there is none."""
    levels: dict[str, Level] = {}
    for transition in view.transitions:  # the newest first
        if transition.kind != "watchword":
            levels.setdefault(transition.agency, transition.to_level)
    named = zip(view.card.agencies, view.agency_names, strict=False)
    pairs = [(name, levels.get(agency, Level.NORMAL)) for agency, name in named]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def troubled_first(view: SourcesView) -> list[SourceLine]:
    """Sources that are dead or fail, the longest first; then those never asked, late, or odd, and the others, by name."""

    def order(line: SourceLine) -> tuple[int, int, str]:
        broken = line.status == "error" or line.condition == "dead"
        trouble = 0 if broken else 1 if line.status is None else 2 if line.condition == "late" else 3 if line.problem else 4
        return trouble, (line.failing_since or line.last_item_at) if broken else 0, line.name.casefold()

    return sorted(view.sources, key=order)
