"""The pages of an officer: what waits, and the forms by which it is done."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from shared.dashboard import arrange
from shared.dashboard.aging import as_of_desk, stand, stand_at_desk
from shared.dashboard.cache import ViewCache
from shared.dashboard.desk.officer import Door, Officer, mention_of
from shared.dashboard.desk.queues import LIKELY, PAGE, TEXTS, alert_of, followers, likeliest, open_issues, part_of, with_copies
from shared.dashboard.desk.sitting import Sitter
from shared.dashboard.filters import web_address
from shared.dashboard.finding import Finding
from shared.dashboard.names import ISSUE
from shared.dashboard.pages import is_stale, too_old
from shared.dashboard.problems import page
from shared.dashboard.reports import Reports
from shared.dashboard.voices import gather, unanswered
from shared.deeds import PLATFORMS, STATUSES, VERDICTS
from shared.deskview import Candidate, DeskAgency
from shared.model import Item
from shared.report.handling import as_of_now, since_then
from shared.report.paper import daily
from shared.report.record import INDEX, ReportIndex, of_agency
from shared.views import AlertsView, Overview, unpack


class Pages:
    """One method a route; each reads at most three documents, complaints the hours that they lie in."""

    def __init__(self, door: Door, cache: ViewCache, finding: Finding, reports: Reports) -> None:
        """Over the documents of this cache, for those whom the door lets in."""
        self._sitter, self._cache = Sitter(door, cache), cache
        self._door, self._finding, self._reports = door, finding, reports

    def start(self, token: str) -> ResponseReturnValue:
        """What is open now; of a link for one issue: that issue."""
        if self._door.enter(token).link.issue:
            return self.issue(token, "")
        sitting = self._sitter.sit(token)
        overview = unpack(self._cache.read("views/overview"), Overview)
        index = unpack(self._cache.read(INDEX), ReportIndex)
        issues = open_issues(sitting.agency, overview)
        shown = {one.card.id for one in issues}
        return render_template(
            "desk/start.html",
            **sitting._asdict(),
            overview=overview,
            stale=overview is not None and is_stale(overview, sitting.officer.now),
            issues=issues,
            stand=lambda card: stand(card, overview),
            others=[one for one in sitting.agency.issues if one.id not in shown],
            report=index.lines[0] if index and index.lines else None,
        )

    def issue(self, token: str, issue: str) -> ResponseReturnValue:
        """An issue in short, and everything that may be done with it."""
        from shared.letters import LETTERS  # all other pages start without it

        sitting, view = self._sitter.issue(token, issue)
        view = as_of_desk(view, sitting.view, sitting.agency)
        story = arrange.story(view, len(view.items))
        wanted = [text for text in story.shown if text.item.mention == request.args.get("berita")]
        texts = part_of(wanted or story.shown, request.args.get("mulai", 0, int), TEXTS)
        duty = next((one for one in view.duties if one.agency == sitting.agency.id), None)
        return render_template(
            "desk/issue.html",
            **sitting._asdict() | {"view": view},
            now=stand_at_desk(view.card.level, sitting.agency),
            stale=too_old(sitting.view.made_at, sitting.officer.now),
            story=story,
            texts=texts,
            duty=duty,
            alert=alert_of(sitting.agency.id, view.card.id, unpack(self._cache.read("views/alerts"), AlertsView)),
            likely=likeliest(view.card.id, view.card.name, sitting.agency.issues),
            at_once=LIKELY,
            alike=_alike(sitting.agency),
            letters=LETTERS,
            statuses=STATUSES,
            verdicts=VERDICTS,
            followers=followers,
            mention_of=mention_of,
        )

    def review(self, token: str) -> ResponseReturnValue:
        """Unsure items, ten a page, one tap each."""
        sitting = self._sitter.sit(token)
        queue = part_of(sitting.agency.queue, request.args.get("mulai", 0, int), PAGE)
        return render_template(
            "desk/review.html",
            **sitting._asdict(),
            queue=queue,
            stand=lambda level: stand_at_desk(level, sitting.agency),
            mention_of=mention_of,
        )

    def search(self, token: str) -> ResponseReturnValue:
        """Items of any issue and age by their words, or the last findings, each with what may be put right about it."""
        sitting = self._sitter.sit(token)
        findings = request.args.get("temuan") == "1"
        query, found = self._finding.sought(findings)
        hits = part_of(with_copies(found.hits), request.args.get("mulai", 0, int), PAGE)
        asked = {"temuan": 1} if findings else query.fields()
        return render_template(
            "desk/search.html",
            **sitting._asdict(),
            query=query,
            found=found,
            hits=hits,
            asked=asked,
            findings=findings,
            alike=_alike(sitting.agency),
            followers=followers,
            mention_of=mention_of,
        )

    def find(self, token: str) -> ResponseReturnValue:
        """The form for something that no source has told."""
        return render_template("desk/find.html", **self._sitter.sit(token)._asdict(), platforms=PLATFORMS.items())

    def complaints(self, token: str) -> ResponseReturnValue:
        """Citizens' letters that nobody has answered, the oldest first."""
        sitting = self._sitter.sit(token)
        found = self._finding.complaints()
        waiting = unanswered(gather(found, sitting.officer.now))
        queue = part_of(waiting, request.args.get("mulai", 0, int), PAGE)
        return render_template("desk/complaints.html", **sitting._asdict(), found=found, queue=queue, mention_of=mention_of)

    def newest_report(self, token: str) -> ResponseReturnValue:
        """To the newest report."""
        officer = self._sitter.sit(token).officer
        index = unpack(self._cache.read(INDEX), ReportIndex)
        if index is None or not index.lines:
            return page("Laporan", "Belum ada laporan. Laporan pertama dibuat pukul 06.00.")
        return redirect(officer.to("report", date=index.lines[0].date), 303)

    def report(self, token: str, date: str) -> ResponseReturnValue:
        """A report as it stands, to be made final."""
        sitting = self._sitter.sit(token)
        own = of_agency(self._reports.find(date), sitting.agency.id)
        report = as_of_now(own, unpack(self._cache.read("views/overview"), Overview)) if own.agencies else abort(404)
        officer = sitting.officer
        return render_template(
            "desk/report.html",
            **sitting._asdict(),
            report=report,
            page=daily(report),
            since_then=since_then,
            resolve=lambda link: _resolve(officer, link),
        )

    def settings(self, token: str) -> ResponseReturnValue:
        """Small changes of the configuration, and the last ones with a way back."""
        return render_template("desk/settings.html", **self._sitter.sit(token)._asdict())


def _alike(agency: DeskAgency) -> Callable[[str, Item], tuple[Candidate, ...]]:
    """Where an item of an issue may be moved to, the likeliest first."""
    return lambda issue, item: likeliest(issue, item.title, agency.issues)


def _resolve(officer: Officer, link: str) -> str:
    """Links of a report: its issues at this desk, and addresses outside; counts lead to pages that need a login."""
    kind, _, name = link.partition("/")
    if kind == "isu":
        return officer.to("issue", issue=name) if ISSUE.fullmatch(name) else ""
    if kind == "laporan" or link.startswith("?"):
        return ""
    return web_address(link)
