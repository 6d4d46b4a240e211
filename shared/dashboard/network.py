"""The *jejaring pemberitaan* of an issue: one lane an outlet, a dot a text, a branch from each text to those who republished it.

Horizontal positions are percent of the width and vertical ones pixels, as in curve.py. Time grows with the square root: most
happens in the first hours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from shared.dashboard.language import Language
from shared.model import HOUR, Item, Seconds
from shared.portrait import Hop, Spread

MOST_LANES: Final = 14
LANE: Final = 38  # pixels
FIRST: Final = 28  # pixels from the top to the first lane's line; its name stands above it
MARGIN: Final = 2.5  # percent left and right, so that no dot is cut
MARKS: Final = (1, 3, 6, 12, 24, 48, 96, 240, 480)  # hours after the first text that may be written below
MOST_MARKS: Final = 3


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet's part in an issue: a row of the table."""

    name: str
    first: Item
    sources: tuple[str, ...]  # outlets whose texts it republished, the earliest first
    items: int
    copies: int  # of the items: republished texts
    delay: Seconds  # of its first item after the very first one
    tier: str = ""  # reach, and the region of its source, where they are known
    region: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """One text."""

    item: Item
    x: float
    y: int


@dataclass(frozen=True, slots=True)
class Branch:
    """From a text to its copy: down or up at the origin's time, then along to the copy's."""

    x: float
    y: int
    to_x: float
    to_y: int
    credit: bool = False  # the text names its source, it is not the same text


@dataclass(frozen=True, slots=True)
class Network:
    """All that the template draws, and its data."""

    outlets: tuple[Outlet, ...]  # all, the earliest first
    lanes: tuple[tuple[Outlet, int], ...]  # as many as can be read, with the height of each
    dots: tuple[Dot, ...]
    branches: tuple[Branch, ...]
    marks: tuple[tuple[float, Seconds], ...]  # of the time axis: position, and how long after the first
    height: int
    summary: str

    @property
    def hidden(self) -> int:
        """Outlets that only the table has."""
        return len(self.outlets) - len(self.lanes)


def network(items: Sequence[Item], language: Language, spread: Spread | None = None) -> Network:
    """Who published when, who republished whom, who wrote an own text; `spread` knows more about outlets, where it is there."""
    by_time = sorted(items, key=lambda item: (item.at, item.mention))
    hops = {hop.outlet: hop for hop in spread.hops} if spread else {}
    outlets = _outlets(by_time, hops)
    lanes = {outlet.name: FIRST + LANE * index for index, outlet in enumerate(outlets[:MOST_LANES])}
    dots = _dots([item for item in by_time if item.outlet in lanes], lanes)
    span = dots[-1].item.at - dots[0].item.at if dots else 0
    return Network(
        tuple(outlets),
        tuple((outlet, lanes[outlet.name]) for outlet in outlets[:MOST_LANES]),
        tuple(dots),
        (*_branches(dots), *_credits(dots, hops)),
        tuple(_marks(span)),
        FIRST + LANE * len(lanes),
        _summary(outlets, language) if outlets else "",
    )


def _outlets(by_time: Sequence[Item], hops: Mapping[str, Hop]) -> list[Outlet]:
    outlet_of = {item.mention: item.outlet for item in by_time}
    found: dict[str, list[Item]] = {}
    for item in by_time:
        found.setdefault(item.outlet, []).append(item)
    outlets = []
    for name, own in found.items():
        hop = hops.get(name, Hop(name, own[0].at))
        copied = [outlet_of[item.copy_of] for item in own if item.copy_of in outlet_of]
        sources = [source for source in dict.fromkeys([*([hop.via] if hop.via else []), *copied]) if source != name]
        copies = sum(bool(item.copy_of) for item in own)
        delay = own[0].at - by_time[0].at
        outlets.append(Outlet(name, own[0], tuple(sources), len(own), copies, delay, hop.tier, hop.region))
    return outlets


def _dots(by_time: Sequence[Item], lanes: Mapping[str, int]) -> list[Dot]:
    start = by_time[0].at if by_time else 0
    span = by_time[-1].at - start if by_time else 0
    return [Dot(item, _x(item.at - start, span), lanes[item.outlet]) for item in by_time]


def _branches(dots: Sequence[Dot]) -> list[Branch]:
    by_mention = {dot.item.mention: dot for dot in dots}
    pairs = ((by_mention.get(dot.item.copy_of), dot) for dot in dots)
    return [Branch(origin.x, origin.y, copy.x, copy.y) for origin, copy in pairs if origin and origin.y != copy.y]


def _credits(dots: Sequence[Dot], hops: Mapping[str, Hop]) -> list[Branch]:
    """From the first text of the outlet that is named as the source to the first text that names it."""
    first: dict[str, Dot] = {}
    for dot in dots:
        first.setdefault(dot.item.outlet, dot)
    named = ((first.get(hop.via), first.get(hop.outlet)) for hop in hops.values() if hop.how == "credit")
    return [Branch(a.x, a.y, b.x, b.y, credit=True) for a, b in named if a and b and a.y != b.y and not b.item.copy_of]


def _marks(span: Seconds) -> list[tuple[float, Seconds]]:
    inside = [HOUR * hours for hours in MARKS if HOUR * hours < span]
    return [(MARGIN, 0), *((_x(mark, span), mark) for mark in inside[-MOST_MARKS:])]


def _x(delay: Seconds, span: Seconds) -> float:
    return round(MARGIN + (100 - 2 * MARGIN) * (delay / span) ** 0.5 if span else MARGIN, 2)


def _summary(outlets: Sequence[Outlet], language: Language) -> str:
    texts, copies = sum(outlet.items for outlet in outlets), sum(outlet.copies for outlet in outlets)
    return language.text(
        "{n:kanal}; {own:naskah sendiri}, {copies:pemuatan ulang}. Pertama: {first}. Kanal terakhir ikut setelah {time}.",
        n=len(outlets),
        own=texts - copies,
        copies=copies,
        first=outlets[0].name,
        time=language.formats.duration(outlets[-1].delay),
    )
