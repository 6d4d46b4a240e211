"""A report made final by officers, each agency's part by its own: counted once more, kept from then on, and told as final.

Everything here may be repeated: a part that is final stays as it is, and its announcement has the same id each time. Drafts are
counted anew.
"""

from __future__ import annotations

from msgspec.structs import replace

from shared.config.active import Active
from shared.deeds import Approved
from shared.model import Seconds
from shared.ports import Bus, Store
from shared.report import write
from shared.report.announcing import announce
from shared.report.handling import as_of_now
from shared.report.index import lists
from shared.report.keeping import put_report
from shared.report.period import last_period
from shared.report.record import INDEX, AgencyReport, Report, ReportIndex
from shared.views import Overview, unpack

DRAFTS = 2  # newest days whose reports follow what officers put right


def approve(store: Store, bus: Bus, active: Active, approved: Approved, now: Seconds) -> bool:
    """Make an agency's part of a day's report final, with the counts of this moment, and announce it; whether there is one.

    It is the draft that was read where nothing of its period has changed, with the level of now beside that of its end.
    An approval without an agency is one of all parts.

    Raises Conflict where somebody else wrote it meanwhile, Retryable as store and bus do: then once more.
    """
    path, month = f"reports/{approved.date}", f"{INDEX}-{approved.date[:7]}"
    write(store, active, now, approved.date, names=True)
    before, newest, monthly, overview = store.read([path, INDEX, month, "views/overview"])
    report = unpack(before, Report)
    if report is None or not any(_meant(part, approved) for part in report.agencies):
        return False
    if report.state == "draft" and any(_meant(part, approved) and not part.approved_at for part in report.agencies):
        report = _signed(report, as_of_now(report, unpack(overview, Overview)), approved)
        indexes = lists(report, unpack(newest, ReportIndex), unpack(monthly, ReportIndex))
        store.commit([put_report(report, before), *indexes.puts(newest, monthly)])
    announce(bus, active, report, now)
    return True


def _meant(part: AgencyReport, approved: Approved) -> bool:
    return approved.agency in ("", part.id)


def _signed(report: Report, current: Report, approved: Approved) -> Report:
    """The report with the current parts signed that are meant and not signed yet; final once all are."""
    by, at = approved.by, approved.at
    parts = tuple(
        replace(now, approved_by=by, approved_at=at) if _meant(part, approved) and not part.approved_at else part
        for part, now in zip(report.agencies, current.agencies, strict=True)
    )
    if not all(part.approved_at for part in parts):
        return replace(report, agencies=parts)
    return replace(report, agencies=parts, state="final", approved_by=by, approved_at=at)


def recount(store: Store, active: Active, now: Seconds) -> int:
    """Count the newest reports anew that are there and still drafts; how many there are. Raises as `write` does."""
    newest = last_period(now, active.config.zone)
    days = [newest.days_before(days).date for days in range(DRAFTS)]
    reports = [unpack(document, Report) for document in store.read([f"reports/{day}" for day in days])]
    drafts = [report.date for report in reports if report is not None and report.state == "draft"]
    for day in drafts:
        write(store, active, now, day, names=True)
    return len(drafts)
