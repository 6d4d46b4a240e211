"""The pages: read one view, decide what is shown, render."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from shared.dashboard import arrange
from shared.dashboard.cache import ViewCache
from shared.dashboard.names import issue_path, report_path
from shared.model import HOUR, Seconds
from shared.report.record import INDEX, Report, ReportIndex
from shared.views import AlertsView, IssueView, Overview, SourcesView, V, unpack

STALE_AFTER: Final = HOUR  # the collector runs every 5 minutes, detect refreshes the views every 15


class Pages:
    """One method a route; each reads at most one document."""

    def __init__(self, cache: ViewCache, clock: Callable[[], Seconds]) -> None:
        """Over the documents of this cache; the clock only tells whether they are stale."""
        self._cache = cache
        self._clock = clock

    def overview(self) -> ResponseReturnValue:
        """Every agency: status, why, since when, curve, tones and strongest issues."""
        view = self._view("views/overview", Overview)
        if view is None:
            return self._nothing_yet("Ringkasan")
        agencies = sorted(view.agencies, key=lambda card: (-card.level, card.name))
        return render_template("overview.html", view=view, agencies=agencies, stale=self._stale(view))

    def issue(self, issue: str) -> ResponseReturnValue:
        """One issue; an issue that was merged leads to the one that took it over."""
        view = self._view(issue_path(issue), IssueView)
        if view is None:
            abort(404)
        if view.merged_into:
            return redirect(url_for("issue", issue=view.merged_into), 301)
        return render_template("issue.html", view=view, story=arrange.story(view), stale=self._stale(view))

    def alerts(self) -> ResponseReturnValue:
        """All alerts, those that still hold first, then the watchwords that were told at once."""
        view = self._view("views/alerts", AlertsView)
        if view is None:
            return self._nothing_yet("Peringatan")
        active = [line for line in view.alerts if line.level]
        urgent = [line for line in view.alerts if line.kind == "watchword"]
        ended = [line for line in view.alerts if not line.level and line.kind != "watchword"]
        return render_template("alerts.html", view=view, active=active, urgent=urgent, ended=ended, stale=self._stale(view))

    def sources(self) -> ResponseReturnValue:
        """Health of all sources, those with trouble first."""
        view = self._view("views/sources", SourcesView)
        if view is None:
            return self._nothing_yet("Sumber")
        return render_template("sources.html", view=view, lines=arrange.troubled_first(view), stale=self._stale(view))

    def reports(self) -> ResponseReturnValue:
        """The newest daily reports."""
        index = self._view(INDEX, ReportIndex)
        return render_template("reports.html", lines=index.lines if index else ())

    def report(self, date: str) -> ResponseReturnValue:
        """One daily report, made for A4."""
        report = self._view(report_path(date), Report)
        if report is None:
            abort(404)
        return render_template("report.html", report=report)

    def about(self) -> ResponseReturnValue:
        """How it works, what the levels mean, what it cannot see."""
        return render_template("about.html")

    def _view(self, path: str, kind: type[V]) -> V | None:
        return unpack(self._cache.read(path), kind)

    def _stale(self, view: Overview | IssueView | AlertsView | SourcesView) -> bool:
        return self._clock() - max(view.made_at, view.coverage.last_round_at) > STALE_AFTER

    def _nothing_yet(self, title: str) -> ResponseReturnValue:
        return render_template("problem.html", title=title, text="Belum ada data. Putaran pertama selesai dalam 5 menit.")
