"""Unsure mentions that a second opinion or a person may still settle: for a day after their arrival."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from shared.model import DAY, HOUR, Item, Reading, Seconds, Tone
from shared.opinions import MOST_LEAD

KEPT: Seconds = DAY
MOST: int = 4000  # the oldest make room


class Doubt(Struct, frozen=True, array_like=True):
    """An unsure mention, with what it takes to ask about it and to count it anew."""

    item: Item
    tone: Tone  # that it was counted with
    issue: str  # at its arrival
    agencies: tuple[str, ...]  # that it was counted for
    source: str
    lead: str  # empty while nobody is asked
    arrived_at: Seconds  # start of that hour
    asked: bool = False
    timely: bool = True  # it came in time to be evidence, see evidence.py
    acting: tuple[str, ...] = ()  # of the agencies, those that act in it: what is negative is not negative toward them


class Doubts:
    """The pool, in order of arrival."""

    def __init__(self, doubts: Iterable[Doubt] = ()) -> None:
        self.pool: dict[str, Doubt] = {doubt.item.mention: doubt for doubt in doubts}

    def add(self, doubt: Doubt) -> None:
        """Remember one."""
        self.pool[doubt.item.mention] = replace(doubt, lead=doubt.lead[:MOST_LEAD])
        while len(self.pool) > MOST:
            del self.pool[next(iter(self.pool))]

    def read(self, reading: Reading, item: Item) -> None:
        """Take in the text below a headline."""
        doubt = self.pool.get(reading.mention)
        if doubt is not None:
            self.pool[reading.mention] = replace(doubt, item=item, lead=reading.lead[:MOST_LEAD])

    def waiting(self) -> Iterator[Doubt]:
        """Those that nobody was asked about, without copies of others in the pool: these follow their origin."""
        waiting = (doubt for doubt in self.pool.values() if not doubt.asked and doubt.agencies)
        return (doubt for doubt in waiting if doubt.item.copy_of not in self.pool)

    def refile(self, item: Item, issue: str, agencies: Iterable[str]) -> None:
        """Take in what an officer has said of a mention: its issue, whom it is about; a sure tone leaves no doubt."""
        doubt = self.pool.get(item.mention)
        if doubt is not None and not item.unsure:
            del self.pool[item.mention]
        elif doubt is not None:
            self.pool[item.mention] = replace(doubt, item=item, issue=issue, agencies=tuple(agencies))

    def ask(self, mentions: Iterable[str]) -> None:
        """Note that somebody was asked about these."""
        for mention in mentions:
            self.pool[mention] = replace(self.pool[mention], asked=True)

    def take(self, mention: str) -> list[Doubt]:
        """A mention and its copies, which are no doubts any more; nothing where it is none."""
        if mention not in self.pool:
            return []
        copies = [doubt.item.mention for doubt in self.pool.values() if doubt.item.copy_of == mention]
        return [self.pool.pop(one) for one in (mention, *copies)]

    def forget(self, now: Seconds) -> None:
        """Let go of the old ones."""
        oldest = now - now % HOUR - KEPT
        self.pool = {mention: doubt for mention, doubt in self.pool.items() if doubt.arrived_at >= oldest}
