"""The shape of a daily report as stored: JSON free of markup; the dashboard renders it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from shared.model import Item, Level, Seconds
from shared.views import IssueCard, Tones

INDEX: Final = "views/reports"


class Urgent(Struct, frozen=True):
    """A watchword (*kabar genting*) that was told at once in the period."""

    at: Seconds
    sentence: str  # Indonesian: the word, and the first headline that says it
    outlet: str  # that was first
    issue: str


class AgencyReport(Struct, frozen=True):
    """One agency's part of a report."""

    id: str
    name: str
    level: Level
    since: Seconds
    summary: tuple[str, ...]  # three Indonesian sentences: status, counts, top issue
    tones_day: Tones
    tones_week: Tones
    days: int  # that tones_week covers: 7, fewer while the system is younger
    issues: tuple[IssueCard, ...]
    negative: tuple[Item, ...]
    positive: tuple[Item, ...]
    signs: tuple[str, ...]  # what grows and why, Indonesian
    advice: tuple[str, ...]  # Indonesian
    urgent: tuple[Urgent, ...] = ()  # the earliest first


class Report(Struct, frozen=True):
    """reports/<date>."""

    date: str  # YYYY-MM-DD, local day on which the period ends
    zone: str
    state: str  # "draft": nobody has looked at it yet
    from_at: Seconds
    until_at: Seconds  # exclusive
    made_at: Seconds  # of the view that the counts come from
    config_version: int
    coverage: str
    agencies: tuple[AgencyReport, ...]


class ReportLine(Struct, frozen=True):
    """A report in the list."""

    date: str
    zone: str
    until_at: Seconds
    level: Level  # the highest of its agencies
    sentence: str


class ReportIndex(Struct, frozen=True):
    """views/reports."""

    lines: tuple[ReportLine, ...]  # the newest first
