"""An issue's document as it stands by now: it is written only when something comes to it, the overview at every refresh."""

from __future__ import annotations

from typing import Final, NamedTuple

from msgspec.structs import replace

from shared.deskview import DeskAgency, DeskView
from shared.model import HOUR, Level, Seconds
from shared.views import HourPoint, IssueCard, IssueView, Overview

SOON: Final[Seconds] = HOUR // 2  # until then the counts of the last hours still hold; detect refreshes every 15 minutes


def as_of(view: IssueView, overview: Overview | None) -> IssueView:
    """The document at the overview's time, where that lists its issue: whatever came to it would have been written."""
    if overview is None or overview.made_at <= view.made_at:
        return view
    found = next(
        ((card, agency.hours) for agency in overview.agencies for card in agency.issues if card.id == view.card.id), None
    )
    if found is None:
        return view
    card, hours = found
    known = {point.at: point for point in view.hours}
    last = max(known, default=0)
    return replace(
        view,
        made_at=overview.made_at,
        coverage=overview.coverage,
        card=replace(view.card, recent=card.recent, before=card.before),
        hours=tuple(known[hour.at] if hour.at < last and hour.at in known else _hour(hour, known.get(hour.at)) for hour in hours),
    )


def _hour(now: HourPoint, known: HourPoint | None) -> HourPoint:
    """An hour that was not over when the document was written: with what had come, covered as the overview says."""
    return HourPoint(now.at, known.total if known else 0, known.negative if known else 0, 0.0, now.covered)


def has_pace(view: IssueView, overview: Overview | None) -> bool:
    """Whether what an issue says of its last hours can be read as such."""
    return overview is None or overview.made_at - view.made_at <= SOON


def as_of_desk(view: IssueView, desk: DeskView, agency: DeskAgency) -> IssueView:
    """The document at the desk's time, where that lists its issue: whatever came to it would have been written."""
    listed = any(one.id == view.card.id for one in agency.issues)
    return replace(view, made_at=max(view.made_at, desk.made_at)) if listed else view


class Stand(NamedTuple):
    """An issue's status by now."""

    level: Level
    unknown: bool  # too few sources answer to call it normal


def stand(card: IssueCard, overview: Overview | None) -> Stand:
    """An issue is no more known to be normal than its agencies are."""
    agencies = overview.agencies if overview and card.level == Level.NORMAL else ()
    return Stand(card.level, any(agency.unknown for agency in agencies if agency.id in card.agencies))


def stand_at_desk(level: Level, agency: DeskAgency) -> Stand:
    """The same of an issue at the desk of an agency."""
    return Stand(level, level == Level.NORMAL and agency.unknown)
