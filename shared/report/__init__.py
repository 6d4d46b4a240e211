"""The Laporan Analisis Media Harian: a draft a day out of the views, and the removal of what has expired.

`reports/<date>` holds a Report, `views/reports` lists the newest, so that a page needs one read. A report is written once:
running again on the same day changes nothing, whatever happened to the views since.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from shared.config.active import load_active
from shared.model import Level, Seconds
from shared.ports import ABSENT, Document, Put, Store
from shared.report.draft import OPENED_ISSUES, build, period
from shared.report.expiry import expire
from shared.report.record import INDEX, Report, ReportIndex, ReportLine
from shared.views import AgencyCard, AlertsView, IssueView, Overview, unpack
from shared.wiring import Services

LISTED: Final = 31  # newest reports in the list
RETENTION_DAYS: Final = 30  # where no configuration says otherwise


def run(services: Services, now: Seconds) -> str:
    """Write the report of the period that ended last, delete what has expired.

    Returns the path of the report, or an empty string while there is no data. Raises Retryable as the store does; trying again is
    safe.
    """
    path = _write(services.store, now)
    active = load_active(services.store)
    expire(services.store, active.config.retention_days if active else RETENTION_DAYS, now)
    return path


def _write(store: Store, now: Seconds) -> str:
    """Store the report unless it is there; its path."""
    overview_document, index_document, alerts_document = store.read(["views/overview", INDEX, "views/alerts"])
    overview, alerts = unpack(overview_document, Overview), unpack(alerts_document, AlertsView)
    if overview is None:
        return ""
    start, end = period(now, overview.zone)
    if overview.made_at < start:  # nothing was watched in that period: yesterday's numbers must not pass for today's
        return ""
    date = datetime.fromtimestamp(end, ZoneInfo(overview.zone)).date().isoformat()
    path = f"reports/{date}"
    if store.read([path])[0] is None:
        lines = alerts.alerts if alerts else ()
        report = build(overview, _opened(store, overview.agencies), lines, date, start, end)
        store.commit([Put(path, msgspec.json.encode(report), expect=ABSENT), _listed(index_document, report)])
    return path


def _opened(store: Store, agencies: Sequence[AgencyCard]) -> dict[str, IssueView]:
    """Documents of every agency's strongest issues, by id."""
    ids = sorted({card.id for agency in agencies for card in agency.issues[:OPENED_ISSUES]})
    documents = store.read([f"issues/{issue}" for issue in ids]) if ids else []
    return {issue: view for issue, document in zip(ids, documents, strict=True) if (view := unpack(document, IssueView))}


def _listed(document: Document | None, report: Report) -> Put:
    """The list with this report in it; fails where somebody else changed the list meanwhile."""
    index = unpack(document, ReportIndex)
    leading = max(report.agencies, key=lambda agency: agency.level, default=None)
    line = ReportLine(
        date=report.date,
        zone=report.zone,
        until_at=report.until_at,
        level=leading.level if leading else Level.NORMAL,
        sentence=leading.summary[0] if leading else "",
    )
    lines = sorted([line, *(index.lines if index else ())], key=lambda line: line.date, reverse=True)[:LISTED]
    return Put(INDEX, msgspec.json.encode(ReportIndex(tuple(lines))), expect=document.revision if document else ABSENT)
