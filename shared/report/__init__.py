"""The Laporan Analisis Media Harian: a draft a day out of the day's mentions, and the removal of what has expired.

`reports/<date>` holds a Report; `views/reports` lists the newest, `views/reports-<month>` all of a month, so that a page needs
one read. Running again on the same day changes nothing unless something arrived late, and never what an officer has approved.
"""

from __future__ import annotations

from msgspec.structs import replace

from shared import guard
from shared.config.active import Active, load_active
from shared.config.logo import logo_address
from shared.model import DAY, Seconds
from shared.ports import Store
from shared.report.announcing import announce
from shared.report.expiry import expire, expire_versions
from shared.report.index import lists
from shared.report.keeping import put_report, same_day, same_names
from shared.report.period import last_period
from shared.report.record import INDEX, Report, ReportIndex
from shared.report.spans import write_spans
from shared.views import unpack
from shared.wiring import Services

RETENTION_DAYS = 30  # where no configuration says otherwise


def run(services: Services, now: Seconds) -> str:
    """Write the report of the period that ended last and announce it, write the summaries that are due, delete what has expired.

    Returns the path of the report, or an empty string while there is no data. Raises Retryable as the store does; trying again is
    safe.
    """
    active = load_active(services.store)
    path = write(services.store, active, now)
    if path:
        write_spans(services.store, path.partition("/")[2])
        report = unpack(services.store.read([path])[0], Report)
        if active and report:
            announce(services.bus, active, report, now)
        if active and (kept := services.archive):  # before anything is deleted
            from shared import archive  # only where it is wanted

            oldest = now - active.config.retention_days * DAY
            archive.keep_up(kept, services.store, last_period(now, active.config.zone), oldest)
    if guard.saving(services.store, services.tally, now) < guard.STOPPED:  # what has expired can wait a day
        expire(services.store, active.config.retention_days if active else RETENTION_DAYS, now)
        expire_versions(services.store, active.version if active else 0)
    if used := guard.leaving(services.store, services.tally, "report", now):
        services.store.commit(used)
    return path


def update(store: Store, active: Active | None, now: Seconds) -> Report | None:
    """The day so far, as a report that is not stored; None where there is no data yet. Raises Retryable as the store does."""
    from shared.report.draft import build
    from shared.report.material import gather

    material = gather(store, active, now, update=True)
    return replace(build(material), update=True) if material else None


def _with_final_parts(report: Report, known: Report | None) -> Report:
    """The report with the parts of the known one that officers have made final."""
    final = {part.id: part for part in known.agencies if part.approved_at} if known else {}
    return replace(report, agencies=tuple(final.get(part.id, part) for part in report.agencies))


def write(store: Store, active: Active | None, now: Seconds, day: str = "", names: bool = False) -> str:
    """Count the period that ended last (or on `day`, YYYY-MM-DD) and store its report; its path, empty where there is no data.

    A report that is final stays, as does each part that is, and one whose counts are the same as before; with `names` only if its
    issues have the same names, too: officers give them without another count. Raises Conflict where somebody else wrote first.
    """
    from shared.report.draft import build  # bring along all of detect, which whoever only shows reports does not need
    from shared.report.material import gather

    material = gather(store, active, now, day)
    if material is None:
        return ""
    date = material.period.date
    path, month = f"reports/{date}", f"{INDEX}-{date[:7]}"
    before, newest, monthly = store.read([path, INDEX, month])
    known = unpack(before, Report)
    report = _with_final_parts(build(material), known)
    letter = replace(report.letter, logo=logo_address(store) if report.letter.logo else "")
    report = replace(report, letter=letter, edition=known.edition + 1 if known else 1)
    same = known is not None and same_day(known, report) and (not names or same_names(known, report))
    if same or (known and known.state == "final"):
        return path
    indexes = lists(report, unpack(newest, ReportIndex), unpack(monthly, ReportIndex))
    store.commit([put_report(report, before), *indexes.puts(newest, monthly)])
    return path
