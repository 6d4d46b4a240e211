"""Tells receivers with `reports: true` that the report is there: through delivery, as every other notice.

A report that an officer made final is a second change of the same matter: told anew, in place of a draft that has not arrived.
Announced at every run: a notice that has begun is not sent again, so that a crash between writing and telling loses nothing.
"""

from __future__ import annotations

from typing import Final

from shared.config.active import Active
from shared.indonesian import date
from shared.messages import TOPICS, AlertsChanged, encode
from shared.model import DAY, Level, Seconds, Transition
from shared.ports import Bus
from shared.report.paper import TITLE
from shared.report.record import AgencyReport, Report
from shared.urls import digest

NEWS: Final[Seconds] = DAY  # an older report is no news


def announce(bus: Bus, active: Active, report: Report, now: Seconds) -> int:
    """Publish the announcement of each agency's report; how many. None where nobody wants them, or the report is old.

    Raises Retryable as the bus does.
    """
    if not any(receiver.reports for receiver in active.config.receivers) or now - report.until_at > NEWS:
        return 0
    told = tuple(transition_of(report, part) for part in report.agencies)
    signed = "-".join(part.id for part in report.agencies if part.approved_at)
    bus.publish(TOPICS[AlertsChanged], [encode(AlertsChanged(told), f"report-{report.date}-{report.state}-{digest(signed)}")])
    return len(told)


def transition_of(report: Report, part: AgencyReport) -> Transition:
    """The announcement, in the form in which everything is told. Its issue is the report's date; it changes no level."""
    final = report.state == "final" or part.approved_at > 0
    alert, number = digest("report", report.date, part.id), 2 if final else 1
    return Transition(
        id=digest(alert, str(number)),
        alert=alert,
        number=number,
        kind="report",
        agency=part.id,
        agency_name=part.name,
        issue=report.date,
        issue_name=f"{TITLE}, {date(report.until_at, report.zone)}" + ("" if final else " (KONSEP)"),
        at=report.until_at,
        change="opened",
        from_level=Level.NORMAL,
        to_level=Level.NORMAL,
        reasons=tuple(sentence.rstrip(".") for sentence in part.summary),
        window_hours=24,
        negative=part.tones_day.negative,
        total=part.tones_day.total,
        unsure=part.tones_day.unsure,
        outlets=part.outlets,
        coverage=report.coverage,
        unscored=part.tones_day.unscored,
        likely=part.tones_day.likely,
        worst=_worst(part),
    )


def _worst(part: AgencyReport) -> Level | None:
    """The highest level of the period, as the colour of the announcement; None where too little was watched to say that of it."""
    worst = max(part.level, part.worst)
    return None if part.unknown and worst == Level.NORMAL else worst
