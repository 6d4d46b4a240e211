"""The daily reports: a list, an archive by month, each report as a page, DOCX, CSV and text, and its day's clippings.

Each reads one document; clippings read the hours of their day, at most 72 documents.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from flask import Flask, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from shared.dashboard.cache import ViewCache
from shared.dashboard.filters import web_address
from shared.dashboard.finding import spend
from shared.dashboard.names import ISSUE, month_path, report_path, span_path
from shared.dashboard.query import KINDS, TONES
from shared.dashboard.viewer import viewer
from shared.indonesian import MONTHS
from shared.model import Seconds
from shared.pacing import Buckets
from shared.ports import Store
from shared.report.clippings import LONGEST_OUTLET, Clippings, Wish, clippings
from shared.report.message import message
from shared.report.paper import RELEASES, daily
from shared.report.record import INDEX, AgencyReport, Report, ReportIndex, of_agency
from shared.report.span import Kind, Span, last_end
from shared.report.spanpaper import next_month, summary
from shared.report.table import clippings_csv, issues_csv
from shared.text import one_line
from shared.views import unpack

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SPANS: Final[dict[Kind, str]] = {"week": "minggu", "month": "bulan"}


class Reports:
    """One method a route."""

    def __init__(self, store: Store, cache: ViewCache, base_url: str, reads: Buckets, clock: Callable[[], Seconds]) -> None:
        """Over the documents of this cache; clippings come from the store. `base_url` stands before links in files."""
        self._store, self._cache, self._base = store, cache, base_url
        self._reads, self._clock = reads, clock

    def add_to(self, app: Flask) -> None:
        """Every address."""
        app.add_url_rule("/laporan", "reports", self.newest)
        app.add_url_rule("/laporan/arsip/<month>", "reports_archive", self.month)
        for kind, path in SPANS.items():
            app.add_url_rule(f"/laporan/{path}/<key>", f"reports_{kind}", self.summary, defaults={"kind": kind})
            app.add_url_rule(f"/laporan/{path}/<key>.docx", f"reports_{kind}_docx", self.summary_docx, defaults={"kind": kind})
        app.add_url_rule("/laporan/<date>", "report", self.page)
        app.add_url_rule("/laporan/<date>.docx", "report_docx", self.as_docx)
        app.add_url_rule("/laporan/<date>.csv", "report_csv", self.as_csv)
        app.add_url_rule("/laporan/<date>.txt", "report_text", self.as_text)
        app.add_url_rule("/laporan/<date>/kliping", "report_clippings", self.clippings)
        app.add_url_rule("/laporan/<date>/rilis", "report_releases", self.releases)
        app.add_url_rule("/laporan/<date>/kliping.csv", "report_clippings_csv", self.clippings_csv)

    def newest(self) -> ResponseReturnValue:
        """The newest reports, and the months that have some."""
        index = unpack(self._cache.read(INDEX), ReportIndex) or ReportIndex(())
        return self._list(index, index.months)

    def month(self, month: str) -> ResponseReturnValue:
        """All reports of a month."""
        index = unpack(self._cache.read(month_path(month)), ReportIndex)
        if index is None:
            abort(404)
        return self._list(index, (), month)

    def _list(self, index: ReportIndex, months: tuple[str, ...], month: str = "") -> str:
        lines = index.lines
        ended = {last_end("week", line.date) for line in lines}
        weeks = sorted((key for key in ended if lines and key >= lines[-1].date), reverse=True)
        whole = [one for one in months if lines and one < lines[0].date[:7]]
        return render_template(
            "reports.html",
            lines=lines,
            months=months,
            month=month,
            month_name=month_name,
            day_name=day_name,
            weeks=weeks,
            whole=whole,
        )

    def page(self, date: str) -> ResponseReturnValue:
        """One report, made for A4."""
        report = self.find(date)
        return render_template("report.html", report=report, page=daily(report), resolve=_resolve(date))

    def as_docx(self, date: str) -> Response:
        """The same, to be edited."""
        report = self.find(date)
        resolve = _resolve(date)
        from shared.report.docx import docx  # with zip and XML: only where somebody asks for the file

        data = docx(daily(report), lambda link: self._outside(resolve(link)))
        return file(data, DOCX, f"laporan-{date}.docx")

    def as_csv(self, date: str) -> Response:
        """Its issues in the columns of *Identifikasi Isu Harian*."""
        return file(issues_csv(self.find(date)).encode(), "text/csv; charset=utf-8", f"isu-harian-{date}.csv")

    def as_text(self, date: str) -> Response:
        """The same in a few lines for a chat."""
        address = self._outside(url_for("report", date=date))
        return Response(message(self.find(date), address), content_type="text/plain; charset=utf-8")

    def clippings(self, date: str) -> ResponseReturnValue:
        """The day's items: all, or those that a number of the report counts."""
        report = self.find(date)
        part, wish, found = self._found(report)
        fields = {name: value for name, value in request.args.items() if name in FIELDS}
        return render_template(
            "clippings.html",
            report=report,
            part=part,
            wish=wish,
            found=found,
            units=self._units(part),
            fields=fields,
            narrowed=wish != Wish(),
        )

    def clippings_csv(self, date: str) -> Response:
        """The same list as CSV."""
        part, _, found = self._found(self.find(date))
        text = clippings_csv(part, found, self._units(part))
        return file(text.encode(), "text/csv; charset=utf-8", f"kliping-{date}.csv")

    def releases(self, date: str) -> ResponseReturnValue:
        """*Serapan rilis*: which of the last days' press releases ran, where, in how many media."""
        return render_template("releases.html", report=self.find(date))

    def summary(self, kind: Kind, key: str) -> ResponseReturnValue:
        """A week or a month: what came back, what to tell of one's own accord, what is ahead."""
        span = self._span(kind, key)
        shown = summary(span, self._last_year(span))
        return render_template("summary.html", span=span, page=shown, resolve=_resolve(""))

    def summary_docx(self, kind: Kind, key: str) -> Response:
        """The same, to be edited."""
        span, resolve = self._span(kind, key), _resolve("")
        from shared.report.docx import docx

        data = docx(summary(span, self._last_year(span)), lambda link: self._outside(resolve(link)))
        return file(data, DOCX, f"rangkuman-{key}.docx")

    def _span(self, kind: Kind, key: str) -> Span:
        span = unpack(self._cache.read(span_path(kind, key)), Span)
        own = viewer().agency
        if span and own:
            span = replace(span, agencies=tuple(part for part in span.agencies if part.id == own))
        return span if span and span.agencies else abort(404)

    def _last_year(self, span: Span) -> Span | None:
        """The summary of the month after this one, a year ago."""
        year, month = next_month(span)
        return unpack(self._cache.read(span_path("month", f"{year - 1}-{month:02d}")), Span)

    def find(self, date: str) -> Report:
        """The report as far as this viewer may see it; 404 where there is none."""
        report = unpack(self._cache.read(report_path(date)), Report)
        own = viewer().agency
        if report and own:
            report = of_agency(report, own)
        return report if report and report.agencies else abort(404)

    def _found(self, report: Report) -> tuple[AgencyReport, Wish, Clippings]:
        asked = request.args.get("instansi", report.agencies[0].id)
        part = next((part for part in report.agencies if part.id == asked), None) or abort(404)
        wish = read_wish(request.args)
        spend(self._reads, self._clock())
        return part, wish, clippings(self._store, part, wish)

    def _units(self, part: AgencyReport) -> dict[str, str]:
        active = self._cache.active()
        agencies = active.config.agencies if active else ()
        return {unit.id: unit.name for agency in agencies if agency.id == part.id for unit in agency.units}

    def _outside(self, address: str) -> str:
        """An address of ours with the site before it, for a file that leaves it; empty where nobody knows the site."""
        if not address.startswith("/"):
            return address
        return f"{self._base}{address}" if self._base else ""


FIELDS: Final = ("instansi", "nada", "isu", "media", "jenis", "ulang", "opd", "temuan", "perbaikan")


def read_wish(args: Mapping[str, str]) -> Wish:
    """What an address asks for; nonsense asks for nothing."""
    tone, issue, kind = args.get("nada", ""), args.get("isu", ""), args.get("jenis", "")
    return Wish(
        tone if tone in TONES else "",
        issue if ISSUE.fullmatch(issue) else "",
        one_line(args.get("media", ""), LONGEST_OUTLET),
        kind if kind in KINDS else "",
        args.get("ulang") == "1",
        one_line(args.get("opd", ""), 64),
        args.get("temuan") == "1",
        args.get("perbaikan") == "1",
    )


def month_name(month: str) -> str:
    """ "November 2026"."""
    year, _, number = month.partition("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def day_name(day: str) -> str:
    """ "23 November"."""
    _, month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]}"


def _resolve(date: str) -> Callable[[str], str]:
    """Turns the link of a run into an address: evidence, an issue's page, or one outside that is safe to follow."""

    def resolve(link: str) -> str:
        if link.startswith("?"):
            return url_for("report_clippings", date=date) + link
        if link == RELEASES:
            return url_for("report_releases", date=date)
        kind, _, name = link.partition("/")
        if kind == "laporan":
            return url_for("report", date=name)
        if kind == "isu":
            return url_for("issue", issue=name) if ISSUE.fullmatch(name) else ""
        return web_address(link)

    return resolve


def file(data: bytes, kind: str, name: str) -> Response:
    """A download under this name."""
    return Response(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
