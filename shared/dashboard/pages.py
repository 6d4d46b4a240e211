"""The pages: read one view or two, decide what is shown, render."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from shared.dashboard import arrange, viewer
from shared.dashboard.about import accuracy
from shared.dashboard.aging import as_of, has_pace, stand
from shared.dashboard.cache import ViewCache
from shared.dashboard.chat import chat_text
from shared.dashboard.cookies import keep
from shared.dashboard.language import spoken
from shared.dashboard.names import issue_path
from shared.dashboard.network import network
from shared.dashboard.regions import region_name
from shared.dashboard.steps import next_steps
from shared.dashboard.viewer import Viewer
from shared.dashboard.visit import COOKIE, LIFE, last_visit, news
from shared.delivery.conditions import PATH as RECEIVERS
from shared.delivery.conditions import Gone, Receivers
from shared.deskview import DeskView
from shared.links import may_read
from shared.model import HOUR, Seconds
from shared.settings import Settings
from shared.views import AlertsView, IssueView, Overview, SourcesView, V, unpack

SHOWN_WHOLE: Final = 3  # agencies of the overview with curve and issues, the most troubled first; the others are a tap away
STALE_AFTER: Final = HOUR  # the collector runs every 5 minutes, detect refreshes the views every 15


def is_stale(view: Overview | IssueView | AlertsView | SourcesView, now: Seconds) -> bool:
    """Whether nothing has been heard for so long that quiet on a page may be no quiet outside."""
    return too_old(max(view.made_at, view.coverage.last_round_at), now)


def too_old(at: Seconds, now: Seconds) -> bool:
    """Whether what was heard last then is stale."""
    return now - at > STALE_AFTER


class Pages:
    """One method a route; each reads at most three documents."""

    def __init__(self, cache: ViewCache, clock: Callable[[], Seconds], settings: Settings) -> None:
        """Over the documents of this cache; the clock only tells whether they are stale."""
        self._cache = cache
        self._clock = clock
        self._settings = settings

    def overview(self) -> ResponseReturnValue:
        """Every agency: status, why, since when, what is new, curve, tones and strongest issues."""
        view = self._view("views/overview", Overview)
        if view is None:
            return self._nothing_yet("Ringkasan")
        view = viewer.overview_for(view, viewer.viewer())
        agencies = sorted(view.agencies, key=lambda card: (-card.level, card.name))
        if chosen := request.args.get("instansi"):
            agencies = [card for card in agencies if card.id == chosen] or abort(404)
        since, cookie = last_visit(request.cookies.get(COOKIE, ""), self._clock())
        alerts = self._view("views/alerts", AlertsView) if since else None
        whole = agencies[:SHOWN_WHOLE]
        fresh = {card.id: news(card, alerts.alerts if alerts else (), since) for card in whole}
        page = make_response(
            render_template(
                "overview.html", view=view, agencies=agencies, whole=whole, chosen=chosen, news=fresh, stale=self._stale(view)
            )
        )
        keep(page, COOKIE, cookie, LIFE)
        return page

    def issue(self, issue: str) -> ResponseReturnValue:
        """One issue; one that was merged or joined leads to the other, for now: officers may part them again."""
        view = self._issue(issue)
        if view.merged_into:
            return redirect(url_for("issue", issue=view.merged_into), 302)
        return self._shown(view)

    def read(self, token: str) -> ResponseReturnValue:
        """The one issue that a notice's link opens, without a login, until the link expires."""
        link = may_read(self._settings.link_key, token, self._clock()) if self._settings.link_key.split() else None
        g.viewer = Viewer(link.agency, link.issue, anybody=not link.agency) if link else Viewer(issue="-")
        if link is None:
            text = "Tautan salah atau sudah kedaluwarsa. Buka tautan dari pemberitahuan terbaru."
            return render_template("problem.html", title="Tautan tidak berlaku", text=text), 404
        view = self._issue(link.issue)
        return self._shown(self._issue(view.merged_into) if view.merged_into else view)

    def _issue(self, issue: str) -> IssueView:
        """The view of an issue as far as this viewer may see it; 404 where there is none."""
        view = self._view(issue_path(issue), IssueView)
        if view and not view.merged_into:
            view = as_of(view, self._view("views/overview", Overview))
        view = viewer.issue_for(view, viewer.viewer()) if view else None
        return view if view is not None else abort(404)

    def _shown(self, view: IssueView) -> ResponseReturnValue:
        story, base = arrange.story(view), self._settings.base_url
        overview = self._view("views/overview", Overview)
        now = stand(view.card, overview)
        address = f"{base}{url_for('issue', issue=view.card.id)}" if base else ""
        return render_template(
            "issue.html",
            view=view,
            story=story,
            network=network(view.items, spoken(), view.spread),
            steps=next_steps(view, spoken()),
            chat=chat_text(view, story.first, address, paced=has_pace(view, overview), unknown=now.unknown),
            now=now,
            paced=has_pace(view, overview),
            stale=self._stale(overview or view),
        )

    def alerts(self) -> ResponseReturnValue:
        """All alerts, those that still hold first, then the watchwords that were told at once."""
        view = self._view("views/alerts", AlertsView)
        if view is None:
            return self._nothing_yet("Peringatan")
        view = viewer.alerts_for(view, viewer.viewer())
        assigned = arrange.assigned(self._view("views/desk", DeskView))
        return render_template(
            "alerts.html",
            view=view,
            active=[line for line in view.alerts if line.level],
            urgent=[line for line in view.alerts if line.kind == "watchword"],
            ended=[line for line in view.alerts if not line.level and line.kind != "watchword"],
            usefulness=arrange.usefulness(view.alerts),
            assigned=lambda line: assigned.get((line.agency, line.issue), ""),
            gone=self._gone(),
            stale=self._stale(view),
        )

    def sources(self) -> ResponseReturnValue:
        """Health of all sources, those with trouble first, and how many there are by tier and region."""
        view = self._view("views/sources", SourcesView)
        if view is None:
            return self._nothing_yet("Sumber")
        overview = self._view("views/overview", Overview)
        agencies = {card.id: card.name for card in overview.agencies} if overview else {}
        return render_template(
            "sources.html",
            view=view,
            lines=arrange.troubled_first(view),
            tiers=arrange.grouped(view.sources, lambda line: line.tier),
            regions=arrange.grouped(view.sources, lambda line: region_name(line.region, agencies)),
            agencies=agencies,
            gone=self._gone(),
            stale=self._stale(view),
        )

    def about(self) -> ResponseReturnValue:
        """How it works, what the levels mean, what it cannot see, how well the model judges, what is kept for how long."""
        active = self._cache.active()
        return render_template("about.html", model=accuracy(), config=active.config if active else None)

    def _gone(self) -> tuple[Gone, ...]:
        """Receivers that are left alone because they are there no more."""
        recorded = self._view(RECEIVERS, Receivers)
        return recorded.gone if recorded else ()

    def _view(self, path: str, kind: type[V]) -> V | None:
        return unpack(self._cache.read(path), kind)

    def _stale(self, view: Overview | IssueView | AlertsView | SourcesView) -> bool:
        return is_stale(view, self._clock())

    def _nothing_yet(self, title: str) -> ResponseReturnValue:
        return render_template("problem.html", title=title, text="Belum ada data. Putaran pertama selesai dalam 5 menit.")
