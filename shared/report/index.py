"""The lists of reports: the newest, and those of each month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import msgspec

from shared.model import Level
from shared.ports import ABSENT, Document, Put
from shared.report.record import INDEX, Report, ReportIndex, ReportLine

LISTED: Final = 31  # newest reports in the list
MONTHS: Final = 25  # with reports of the last 24 months


@dataclass(frozen=True)
class Lists:
    """Both lists that a report is in."""

    month: str  # YYYY-MM
    newest: ReportIndex
    monthly: ReportIndex

    def puts(self, newest: Document | None, monthly: Document | None) -> list[Put]:
        """Their writes, in place of these documents; they fail where somebody else changed a list meanwhile."""
        return [_put(INDEX, self.newest, newest), _put(f"{INDEX}-{self.month}", self.monthly, monthly)]


def lists(report: Report, newest: ReportIndex | None, monthly: ReportIndex | None) -> Lists:
    """The lists with this report in them."""
    month, line = report.date[:7], line_of(report)
    known = newest.months if newest else ()
    months = tuple(sorted({month, *known}, reverse=True)[:MONTHS])
    return Lists(
        month,
        ReportIndex(_with(line, newest.lines if newest else ())[:LISTED], months),
        ReportIndex(_with(line, monthly.lines if monthly else ())),
    )


def line_of(report: Report) -> ReportLine:
    """A report in a list."""
    leading = report.agencies[0] if report.agencies else None
    return ReportLine(
        date=report.date,
        zone=report.zone,
        until_at=report.until_at,
        level=leading.level if leading else Level.NORMAL,
        unknown=bool(leading and leading.unknown),
        sentence=leading.summary[0] if leading else "",
        state=report.state,
        total=sum(part.tones_day.total for part in report.agencies),
        negative=sum(part.tones_day.negative for part in report.agencies),
        approved=tuple(part.id for part in report.agencies if part.approved_at),
    )


def _with(line: ReportLine, lines: Iterable[ReportLine]) -> tuple[ReportLine, ...]:
    others = (other for other in lines if other.date != line.date)
    return tuple(sorted([line, *others], key=lambda one: one.date, reverse=True))


def _put(path: str, index: ReportIndex, before: Document | None) -> Put:
    return Put(path, msgspec.json.encode(index), expect=before.revision if before else ABSENT)
