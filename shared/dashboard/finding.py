"""Pages that look through the hours that are over: search, its CSV, and the complaints. Their reads are bounded and stated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from flask import Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from shared.dashboard import viewer
from shared.dashboard.archive import MOST_DOCUMENTS, Archive
from shared.dashboard.cache import ViewCache
from shared.dashboard.problems import answer
from shared.dashboard.query import TONES, Query, read_query
from shared.dashboard.results import KIND_WORDS, PAGE, Found, as_csv, search
from shared.dashboard.voices import gather
from shared.indonesian import local
from shared.model import USUAL_ZONE, Seconds
from shared.pacing import Buckets
from shared.ports import Store
from shared.views import AlertsView, IssueView, Overview, unpack

MOST_ROWS: Final = 20_000  # of a table for a spreadsheet, about: no further hour is read then
MOST_EARLIER: Final = 30  # documents that are read for the names of issues that went into another one
READS_A_DAY: Final = 15_000  # of the 50,000 free ones that searching may use up on one instance; 0 would forbid it


def spend(reads: Buckets, now: Seconds, most: int = MOST_DOCUMENTS) -> None:
    """Take out what looking through hours, or `most` documents else, may cost; answers 429 where the day's reads are spent."""
    wait = reads.wait("", now, most)
    if wait:
        abort(make_response(answer(429, {"Retry-After": str(wait)})))


class Finding:
    """One method a route."""

    def __init__(self, store: Store, cache: ViewCache, clock: Callable[[], Seconds], reads: Buckets) -> None:
        """Over the hours of this store, as long as there are reads; names of issues come from the cache's views."""
        self._cache = cache
        self._clock = clock
        self._archive = Archive(store, clock)
        self._reads = reads

    def search(self) -> ResponseReturnValue:
        """Items by words, tone, outlet, issue, kind and days; without a wish only the form."""
        query = read_query(request.args)
        found = None if query.empty else self._find(query)
        return render_template("search.html", query=query, found=found, names=self._names(), tones=TONES, kinds=KIND_WORDS)

    def search_csv(self) -> ResponseReturnValue:
        """The same as a table for a spreadsheet."""
        found = self._named(self._find(read_query(request.args), MOST_ROWS))
        start, end = (local(at, found.zone) for at in (found.start, found.end))
        name = f"kentongan-{start:%Y-%m-%d-%H.%M}-{end:%Y-%m-%d-%H.%M}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(as_csv(found), content_type="text/csv; charset=utf-8", headers=headers)

    def voices(self) -> ResponseReturnValue:
        """What citizens wrote to the desks that carry complaints."""
        found = self.complaints()
        return render_template("voices.html", found=found, voices=gather(found, self._clock()))

    def complaints(self) -> Found:
        """The same for officers' pages."""
        return self._find(Query(kind="complaint", before=read_query(request.args).before))

    def sought(self, findings: bool) -> tuple[Query, Found]:
        """What an officer looks for; `findings`: only what officers brought in."""
        query = Query(kind="social", before=read_query(request.args).before) if findings else read_query(request.args)
        found = Found((), 0, 0, 0, 0, "") if query.empty else self._find(query)
        hits = tuple(hit for hit in found.hits if hit.item.found or not findings)
        return query, replace(found, hits=hits)

    def api_search(self) -> Found:
        """The same for programs."""
        return self._find(read_query(request.args))

    def _named(self, found: Found) -> Found:
        """The same with the names of issues that went into another one: those are found under earlier ids. None without reads."""
        earlier = Counter(hit.issue for hit in found.hits if hit.issue and not hit.issue_name)
        asked = [id for id, _ in earlier.most_common(MOST_EARLIER)]
        if self._reads.wait("", self._clock(), len(asked)):
            return found
        views = {id: unpack(self._cache.read(f"issues/{id}"), IssueView) for id in asked}
        names = self._names()
        told = {id: names.get(view.merged_into, "") for id, view in views.items() if view}
        return replace(
            found, hits=tuple(replace(hit, issue_name=hit.issue_name or told.get(hit.issue, "")) for hit in found.hits)
        )

    def _find(self, query: Query, most: int = PAGE) -> Found:
        now = self._clock()
        spend(self._reads, now)
        active = self._cache.active()
        if active is None:
            return Found((), now, now, 0, 0, USUAL_ZONE)
        joined, names = self._joined(query.issue), self._names()
        names |= dict.fromkeys(joined, names.get(query.issue, ""))
        found = search(query, self._archive, active.config, names, now, viewer.viewer().agency, joined, most)
        self._reads.give("", MOST_DOCUMENTS - found.documents)
        return found

    def _joined(self, issue: str) -> tuple[str, ...]:
        """Ids of the issues that were merged into this one, or joined to it by officers."""
        view = unpack(self._cache.read(f"issues/{issue}"), IssueView) if issue else None
        return (*(member.id for member in view.members), *view.merged) if view else ()

    def _names(self) -> dict[str, str]:
        """Names of issues that a page links to, as far as this viewer may see them."""
        overview = unpack(self._cache.read("views/overview"), Overview)
        alerts = unpack(self._cache.read("views/alerts"), AlertsView)
        looking = viewer.viewer()
        overview = viewer.overview_for(overview, looking) if overview else None
        alerts = viewer.alerts_for(alerts, looking) if alerts else None
        names = {line.issue: line.issue_name for line in alerts.alerts if line.issue} if alerts else {}
        names |= {card.id: card.name for agency in overview.agencies for card in agency.issues} if overview else {}
        return names
