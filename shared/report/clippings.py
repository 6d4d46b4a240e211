"""*Kliping harian*: the mentions of a report's day, all of them or exactly those that one of its numbers counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from shared.model import HOUR, Item, MentionKind, Seconds
from shared.ports import Store
from shared.report.record import AgencyReport, IssueLine
from shared.text import one_line

if TYPE_CHECKING:
    from shared.deeds import Kept

MOST_DOCUMENTS: Final = 72  # hours that are read for one list
MOST_ROWS: Final = 500
NO_UNIT: Final = "-"
LONGEST_OUTLET: Final = 120  # characters of a name in an address
LATE: Final[Seconds] = 2 * HOUR  # a mention is filed at most so long after it was first seen, or a little later on a bad day


class Wish(NamedTuple):
    """What is asked for; empty fields ask for nothing."""

    tone: str = ""  # negative, neutral, positive, unsure
    issue: str = ""  # id
    outlet: str = ""
    kind: str = ""  # complaint, release, ...
    copies: bool = False  # only those that republish another
    unit: str = ""  # id; NO_UNIT: routed to none
    brought: bool = False  # only what officers brought in
    corrected: bool = False  # only what officers have put right


class Clipping(NamedTuple):
    """One item of the list."""

    item: Item
    kind: MentionKind
    issue: str  # id
    issue_name: str  # where the report knows it
    unit: str  # id
    lead: str
    by: str = ""  # the officer who brought it in


@dataclass(frozen=True)
class Clippings:
    """The list."""

    rows: tuple[Clipping, ...]  # as they happened, the earliest first; at most MOST_ROWS
    total: int  # that match
    complete: bool  # False where hours are gone with the retention, or there are too many documents to read


def clippings(store: Store, part: AgencyReport, wish: Wish) -> Clippings:
    """The mentions that this part of a report counts and the wish asks for. Raises Retryable as the store does."""
    from shared.report.counting import counted_subjects, place  # bring along all of detect: only who asks for a list waits for it
    from shared.report.mentions import arrived
    from shared.rulings import item_of, toward

    lines = {name: line for line in part.issues for name in (line.id, *line.parts)}
    wanted = _filed_under(wish.issue, lines)
    rows, seen = [], 0
    for kept in arrived(store, part.from_at, part.latest_at + LATE, MOST_DOCUMENTS):
        mention = kept.fact.mention
        subject = next((one for one in counted_subjects(kept) if one.agency == part.id), None)
        if subject is None or not part.from_at <= mention.happened_at < part.until_at or mention.first_seen_at > part.latest_at:
            continue
        seen += 1
        item = item_of(toward(kept, part.id))
        if _fits(item, kept, wish, wanted) and wish.unit in ("", subject.unit or NO_UNIT):
            name = lines[kept.issue].name if kept.issue in lines else ""
            rows.append(Clipping(item, mention.kind, kept.issue, name, subject.unit, one_line(mention.lead, 300), mention.by))
    rows.sort(key=lambda row: place(row.item))
    return Clippings(tuple(rows[:MOST_ROWS]), len(rows), seen >= part.tones_day.total)


def _filed_under(issue: str, lines: Mapping[str, IssueLine]) -> frozenset[str]:
    """The ids under which an issue's mentions were filed."""
    return frozenset(lines[issue].parts) if issue in lines else frozenset({issue})


def _fits(item: Item, kept: Kept, wish: Wish, issues: frozenset[str]) -> bool:
    return (
        (not wish.tone or wish.tone == ("unsure" if item.unsure else item.label))
        and (not wish.issue or kept.issue in issues)
        and (not wish.outlet or wish.outlet == one_line(item.outlet, LONGEST_OUTLET))
        and (not wish.kind or wish.kind == kept.fact.mention.kind)
        and (not wish.copies or bool(item.copy_of))
        and (not wish.brought or bool(kept.fact.mention.by))
        and (not wish.corrected or item.corrected)
    )
