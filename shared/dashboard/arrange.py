"""What a page shows first: the story of an issue out of its items, sources by trouble, what became of alerts."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from shared.dashboard.moment import Moment, moment_of
from shared.deskview import DeskView
from shared.model import Item, Level, Seconds
from shared.views import AlertLine, IssueView, SourceLine, SourcesView

SHOWN_AT_ONCE: Final = 12  # texts; the others open on a tap
SHOWN_AT_MOST: Final = 60  # texts; search has all of them


@dataclass(frozen=True, slots=True)
class Text:
    """One text with those who republished it word for word."""

    item: Item
    copies: tuple[Item, ...]  # the earliest first


@dataclass(frozen=True, slots=True)
class Story:
    """An issue as the page tells it."""

    statuses: tuple[tuple[str, Level], ...]  # name and level of each agency, the highest first
    moment: Moment | None  # when the status changed last, and why; None where it never has
    first: Item | None  # the earliest item
    shown: tuple[Text, ...]  # the first, then the newest
    more: tuple[Text, ...]


def story(view: IssueView, at_once: int = SHOWN_AT_ONCE) -> Story:
    """The parts of an issue's page, so many texts at once; items come as the view orders them: the first, then the newest."""
    first = min(view.items, key=lambda item: (item.at, item.mention), default=None)
    texts = _texts(view.items)
    return Story(_statuses(view), moment_of(view), first, texts[:at_once], texts[at_once:SHOWN_AT_MOST])


def _texts(items: Sequence[Item]) -> tuple[Text, ...]:
    """Each text once, at its origin's place; a copy whose origin is not in the list stands for itself."""
    listed = {item.mention for item in items}
    copies: dict[str, list[Item]] = {}
    for item in items:
        if item.copy_of in listed and item.copy_of != item.mention:
            copies.setdefault(item.copy_of, []).append(item)
    return tuple(
        Text(item, tuple(sorted(copies.get(item.mention, ()), key=lambda copy: (copy.at, copy.mention))))
        for item in items
        if item.copy_of not in listed or item.copy_of == item.mention
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


@dataclass(frozen=True, slots=True)
class Group:
    """Sources of one tier or region."""

    name: str
    all: int
    working: int
    items_day: int


def grouped(lines: Sequence[SourceLine], key: Callable[[SourceLine], str]) -> list[Group]:
    """Coverage by tier or by region, the largest group first."""
    groups: dict[str, list[SourceLine]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    made = [
        Group(name, len(own), sum(_works(line) for line in own), sum(line.items_day for line in own))
        for name, own in groups.items()
    ]
    return sorted(made, key=lambda group: (-group.all, group.name))


def _works(line: SourceLine) -> bool:
    return line.status in ("ok", "unchanged") and line.condition != "dead"


@dataclass(frozen=True, slots=True)
class Usefulness:
    """How alerts were judged, and how soon somebody took them on."""

    useful: int
    not_needed: int
    unlabelled: int
    acknowledged: int
    alerts: int  # about issues
    usual_seconds: Seconds | None  # median until somebody took an alert on; None where nobody did

    @property
    def labelled(self) -> int:
        """Alerts that an officer has judged."""
        return self.useful + self.not_needed


def assigned(desk: DeskView | None) -> dict[tuple[str, str], str]:
    """To whom an issue is assigned, by agency and issue: the unit, else who is named; done assignments too."""
    duties = [duty for one in desk.agencies for duty in (*one.finished, *one.duties)] if desk else []
    return {(duty.agency, duty.issue): duty.unit_name or duty.person for duty in duties}


def usefulness(lines: Sequence[AlertLine]) -> Usefulness:
    """Of alerts about issues and watchwords; the collector's own are no judgement of anything."""
    own = [line for line in lines if line.kind != "collector"]
    waits = [line.acknowledged_at - line.opened_at for line in own if line.acknowledged_at >= line.opened_at]
    useful, not_needed = (sum(line.label == label for line in own) for label in ("useful", "not_needed"))
    return Usefulness(
        useful, not_needed, len(own) - useful - not_needed, len(waits), len(own), int(statistics.median(waits)) if waits else None
    )
