"""A report out of the views: which period, which issues, which items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from shared.model import Item, Seconds
from shared.report import sentences
from shared.report.record import AgencyReport, Report, Urgent
from shared.views import AgencyCard, AlertLine, IssueView, Overview

STARTS_AT: Final = 6  # o'clock local: a period runs from 06.00 to 05.59
WEEK_DAYS: Final = 7
TOP_ISSUES: Final = 5
OPENED_ISSUES: Final = 3  # per agency: their documents are read for the chosen items
CHOSEN_ITEMS: Final = 5


def period(now: Seconds, zone: str) -> tuple[Seconds, Seconds]:
    """Start and end (exclusive) of the last period that is over, 06.00 to 06.00 local."""
    here = ZoneInfo(zone)
    day = (datetime.fromtimestamp(now, here) - timedelta(hours=STARTS_AT)).date()
    end = datetime.combine(day, time(STARTS_AT), here)
    start = datetime.combine(day - timedelta(days=1), time(STARTS_AT), here)
    return int(start.timestamp()), int(end.timestamp())


def build(
    overview: Overview, opened: Mapping[str, IssueView], alerts: Sequence[AlertLine], date: str, start: Seconds, end: Seconds
) -> Report:
    """The report out of the views; `opened` holds the documents of the strongest issues by id."""
    urgent = sorted(
        (line for line in alerts if line.kind == "watchword" and start <= line.opened_at < end),
        key=lambda line: (line.opened_at, line.id),
    )
    agencies = sorted(overview.agencies, key=lambda card: (-card.level, card.name))
    return Report(
        date=date,
        zone=overview.zone,
        state="draft",
        from_at=start,
        until_at=end,
        made_at=overview.made_at,
        config_version=overview.config_version,
        coverage=overview.coverage.sentence,
        agencies=tuple(_agency(card, overview.zone, opened, urgent) for card in agencies),
    )


def _agency(card: AgencyCard, zone: str, opened: Mapping[str, IssueView], urgent: Sequence[AlertLine]) -> AgencyReport:
    views = [opened[issue.id] for issue in card.issues[:OPENED_ISSUES] if issue.id in opened]
    days = min(WEEK_DAYS, card.learning_days or WEEK_DAYS)
    return AgencyReport(
        id=card.id,
        name=card.name,
        level=card.level,
        since=card.since,
        summary=sentences.summary(card, days, zone),
        tones_day=card.tones_day,
        tones_week=card.tones_week,
        days=days,
        issues=card.issues[:TOP_ISSUES],
        negative=_chosen(views, "negative"),
        positive=_chosen(views, "positive"),
        signs=sentences.signs(card.issues, {view.card.id: view.why for view in views}),
        advice=sentences.proposals(card.issues),
        urgent=tuple(_urgent(line) for line in urgent if line.agency == card.id),
    )


def _urgent(line: AlertLine) -> Urgent:
    """A watchword's notice as the report lists it."""
    told = line.transitions[0]
    return Urgent(line.opened_at, told.reasons[0], told.first_outlet, line.issue)


def _chosen(views: Sequence[IssueView], label: str) -> tuple[Item, ...]:
    """Own texts of this tone that need no second look, issue by issue, the earliest first."""
    items = (item for view in views for item in sorted(view.items, key=lambda item: (item.at, item.mention)))
    fit = [item for item in items if item.label == label and not item.unsure and not item.copy_of]
    return tuple(fit[:CHOSEN_ITEMS])
