"""How a report is kept: within a document's size, and only written where its counts changed."""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec.structs import replace

from shared.ports import ABSENT, LARGEST_DOCUMENT, Document, Put
from shared.report.record import AgencyReport, Report

ROOM: Final = LARGEST_DOCUMENT - 50_000  # bytes
SHORTENED: Final = (
    *("issues", "negative", "positive", "media", "voices", "releases", "speakers"),
    *("misleading", "signs", "advice", "duties"),
)


def same_day(one: Report, other: Report) -> bool:
    """Whether two reports count the same mentions in the same way."""
    return _counted(one) == _counted(other)


def same_names(one: Report, other: Report) -> bool:
    """Whether two reports of the same counts also call their issues the same, below the same letterhead.

    What goes on after the period (how often a speaker is quoted by now, for how long an answer has been measured) makes no other
    report: what an officer approves is what an officer has read.
    """
    return one.letter == other.letter and _named(one) == _named(other)


def _counted(report: Report) -> dict[str, str]:
    return {part.id: part.digest for part in report.agencies}


def _named(report: Report) -> dict[str, list[tuple[str, str, str]]]:
    return {part.id: [(issue.id, issue.name, issue.unit) for issue in part.issues] for part in report.agencies}


def put_report(report: Report, before: Document | None) -> Put:
    """The write of a report in place of the one before; a deployment of very many agencies shortens the lists of each."""
    data = msgspec.json.encode(report)
    while len(data) > ROOM and any(len(getattr(part, name)) > 1 for part in report.agencies for name in SHORTENED):
        report = replace(report, agencies=tuple(map(_shortened, report.agencies)))
        data = msgspec.json.encode(report)
    return Put(f"reports/{report.date}", data, expect=before.revision if before else ABSENT)


def _shortened(part: AgencyReport) -> AgencyReport:
    return replace(part, **{name: getattr(part, name)[:-1] for name in SHORTENED if len(getattr(part, name)) > 1})
