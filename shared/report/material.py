"""What a report is made of: the counts of its day, and what the views know about names, levels and sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from shared.config.active import Active
from shared.config.schema import Agency, Config
from shared.deskview import DeskView, Duty
from shared.model import DAY, Seconds
from shared.ports import Store
from shared.report.counting import Counts, DayCount, IssueCount, count
from shared.report.mentions import arrived, first_hour
from shared.report.period import Period, ending, last_period, so_far
from shared.report.record import Report
from shared.views import AlertLine, AlertsView, IssueView, Overview, unpack

WEEK_DAYS: Final = 7
OPENED: Final = 15  # documents of an agency's strongest issues that are read
RELEASE_DAYS: Final = 3  # in which a press release may still be run, as copies are found
MOST_MERGES: Final = 5  # steps from an issue to the one that took it over


@dataclass(frozen=True)
class Material:
    """Everything that a report is made of; building it from this reads nothing more."""

    period: Period  # of the deployment
    periods: Mapping[str, list[Period]]  # of each agency, and the days before it
    overview: Overview
    alerts: Sequence[AlertLine]
    counts: Counts
    views: Mapping[str, IssueView]  # of the strongest issues, by id
    merged: Mapping[str, str]  # issue that is gone -> the one that took it over
    yesterday: Report | None
    config: Config
    desk: DeskView | None = None

    def duties(self, agency: str) -> list[Duty]:
        """An agency's assignments that are known: of the strongest issues, and all that are open."""
        own = (one.duties for one in self.desk.agencies if one.id == agency) if self.desk else ()
        listed = [duty for duties in own for duty in duties]
        shown = [
            duty
            for _, view in sorted(self.views.items())
            if not view.merged_into
            for duty in view.duties
            if duty.agency == agency
        ]
        return list({duty.issue: duty for duty in (*listed, *shown)}.values())

    def unit_name(self, agency: str, unit: str) -> str:
        """Name of a unit; empty where it is unknown."""
        found = (one for one in self.agency(agency).units if one.id == unit)
        return next((one.name for one in found), "")

    def agency(self, agency: str) -> Agency:
        """An agency as it is configured."""
        return self.config.agency(agency) or Agency(id=agency, name=agency)

    def issues(self, agency: str) -> dict[str, tuple[IssueCount, tuple[str, ...]]]:
        """An agency's issues of the day, merged ones as one: their counts, and the ids under which they were filed."""
        found: dict[str, tuple[IssueCount, tuple[str, ...]]] = {}
        for name, counted in sorted(self.counts.days[agency].issues.items()):
            home = self.merged.get(name, name)
            whole, parts = found.get(home, (IssueCount(), ()))
            whole.take(counted)
            found[home] = (whole, (*parts, name))
        return found


def gather(store: Store, active: Active | None, now: Seconds, day: str = "", update: bool = False) -> Material | None:
    """Read what a report needs: of the last period that is over, of the one that ended on `day` (YYYY-MM-DD), or of today so far.

    None where there is nothing to report: no views yet, or none since that period began, a `day` whose period is not over, or one
    whose mentions have begun to expire.
    Raises Retryable as the store does.
    """
    overview_document, alerts_document, desk_document = store.read(["views/overview", "views/alerts", "views/desk"])
    overview, alerts = unpack(overview_document, Overview), unpack(alerts_document, AlertsView)
    if overview is None:
        return None
    latest = so_far if update else last_period
    period = ending(date.fromisoformat(day), overview.zone) if day else latest(now, overview.zone)
    if overview.made_at < period.start or (day and period.end > now):  # nothing was watched in that period, or it goes on
        return None
    config = active.config if active else Config(agencies=tuple(Agency(id=one.id, name=one.name) for one in overview.agencies))
    periods = _periods(store, overview, config, period, latest)
    if min((spans[0].start for spans in periods.values()), default=period.start) < now - config.retention_days * DAY:
        return None
    start = min((spans[-1].start for spans in periods.values()), default=period.start)
    counts = count(arrived(store, start, now), periods, period.end - RELEASE_DAYS * DAY)
    views, merged = _opened(store, counts.days)
    yesterday = unpack(store.read([f"reports/{period.days_before(1).date}"])[0], Report)
    lines, desk = alerts.alerts if alerts else (), unpack(desk_document, DeskView)
    return Material(period, periods, overview, lines, counts, views, merged, yesterday, config, desk)


def _periods(
    store: Store, overview: Overview, config: Config, period: Period, latest: Callable[[Seconds, str], Period]
) -> dict[str, list[Period]]:
    """Each agency's day in its own zone, and the days before it that are known from beginning to end, at most a week."""
    zones = {agency.id: agency.zone for agency in config.agencies}
    since = first_hour(store)
    periods = {}
    for card in overview.agencies:
        own = latest(period.end, zones.get(card.id) or overview.zone)
        earlier = [own.days_before(days) for days in range(1, WEEK_DAYS + 1)]
        periods[card.id] = [own, *(span for span in earlier if since and span.start >= since)]
    return periods


def _opened(store: Store, days: Mapping[str, DayCount]) -> tuple[dict[str, IssueView], dict[str, str]]:
    """The documents of the strongest issues by id, and which issues were merged into which."""
    wanted = sorted({name for day in days.values() for name in sorted(day.issues, key=lambda one: _strength(day, one))[:OPENED]})
    views: dict[str, IssueView] = {}
    for _ in range(MOST_MERGES):
        documents = store.read([f"issues/{name}" for name in wanted]) if wanted else []
        found = {name: view for name, one in zip(wanted, documents, strict=True) if (view := unpack(one, IssueView))}
        views |= found
        wanted = sorted({view.merged_into for view in found.values() if view.merged_into and view.merged_into not in views})
        if not wanted:
            break
    merged = {}
    for name, view in views.items():
        home = name
        for _ in range(MOST_MERGES):
            home = views[home].merged_into if home in views and views[home].merged_into else home
        if view.merged_into:
            merged[name] = home
        merged |= {member.id: home for member in view.members}  # also those that are too weak to be opened
        merged |= dict.fromkeys(view.merged, home)
    return views, merged


def _strength(day: DayCount, issue: str) -> tuple[int, int, str]:
    tones = day.issues[issue].tones
    return -tones.negative, -tones.total, issue
