"""What waits for an officer, a page at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum
from typing import Final, Generic, TypeVar

from shared.dashboard.results import Hit
from shared.deskview import Candidate, DeskAgency, Duty
from shared.model import Item
from shared.views import AlertLine, AlertsView, IssueCard, Overview
from shared.words import term, tokens

T = TypeVar("T")

PAGE: Final = 10  # items of the queue
TEXTS: Final = 12  # items of an issue, each with its forms
LIKELY: Final = 10  # issues to join that are shown at once
COPIES: Final = 50  # that follow the item which they republish


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Some of a list."""

    lines: tuple[T, ...]
    start: int  # place of the first one
    all: int
    before: int | None  # where the page before begins
    after: int | None  # where the next page begins


def alert_of(agency: str, issue: str, alerts: AlertsView | None) -> AlertLine | None:
    """The alert about an issue that an officer can take on: of its level while that stands, else of a watchword."""
    own = [line for line in alerts.alerts if (line.agency, line.issue) == (agency, issue) and line.transitions] if alerts else []
    standing = [line for line in own if line.kind == "issue" and line.level]
    return next(iter(standing + [line for line in own if line.kind == "watchword"]), None)


def part_of(lines: Sequence[T], start: int, most: int) -> Part[T]:
    """At most `most` lines from `start`; a place outside the list is its beginning."""
    start = start if 0 <= start < len(lines) else 0
    after = start + most
    return Part(
        tuple(lines[start:after]),
        start,
        len(lines),
        max(0, start - most) if start else None,
        after if after < len(lines) else None,
    )


@dataclass(frozen=True, slots=True)
class Open:
    """An issue on the start page: from the overview where it is among the strongest, and its assignment."""

    card: IssueCard
    duty: Duty | None


def open_issues(desk: DeskAgency, overview: Overview | None) -> tuple[Open, ...]:
    """The strongest issues, by level, then by negative items."""
    cards = [card for agency in overview.agencies if agency.id == desk.id for card in agency.issues] if overview else []
    duties = {duty.issue: duty for duty in (*desk.finished, *desk.duties)}
    ordered = sorted(cards, key=lambda card: (-card.level, -card.tones.negative, card.id))
    return tuple(Open(card, duties.get(card.id)) for card in ordered)


def likeliest(issue: str, name: str, known: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The other issues: first those whose names share words with this one, rare words before common ones, then its unit's."""
    others = [one for one in known if one.id != issue]
    unit = next((one.unit for one in known if one.id == issue), "")
    own, said = _words(name), {one.id: _words(one.name) for one in others}
    common = Counter(word for words in said.values() for word in words)

    def nearness(one: Candidate) -> tuple[float, bool]:
        return -fsum(1 / common[word] for word in own & said[one.id]), not unit or one.unit != unit

    return tuple(sorted(others, key=nearness))  # else in their order: the strongest first


@lru_cache(maxsize=1024)  # a page asks for each of its items
def _words(name: str) -> frozenset[int]:
    return frozenset(map(term, tokens(name))) - {0}


@dataclass(frozen=True, slots=True)
class Sought:
    """Something that was found, and those of its copies that were found with it."""

    hit: Hit
    copies: tuple[Item, ...]


def with_copies(hits: Sequence[Hit]) -> tuple[Sought, ...]:
    """What was found, copies with what they republish where that was found, too."""
    known = {hit.item.mention for hit in hits}
    copies: defaultdict[str, list[Item]] = defaultdict(list)
    for hit in hits:
        if hit.item.copy_of in known:
            copies[hit.item.copy_of].append(hit.item)
    return tuple(Sought(hit, tuple(copies[hit.item.mention])) for hit in hits if hit.item.copy_of not in known)


def followers(copies: Sequence[Item]) -> str:
    """Copies that a correction carries along, as its form sends them."""
    return ",".join(f"{copy.mention}@{copy.at}" for copy in copies[:COPIES])
