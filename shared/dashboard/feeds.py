"""Feeds for other systems: `/umpan/...` for whoever may see the dashboard, `/langganan/<token>/...` without a login.

A subscriber's token is a signed link of purpose "feed": it opens the feeds alone, of one agency or of all, until it expires.
`./kentongan feeds` makes them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, request

from shared import views
from shared.dashboard.cache import ViewCache
from shared.feeds import atom, cap, entries, jsonfeed
from shared.links import SUBSCRIBED
from shared.model import USUAL_ZONE, Seconds
from shared.permits import FeedLink, verify
from shared.settings import Settings

FEEDS: Final = "/umpan/"
NOTHING: Final = views.Coverage(0, 0, (), 0, "")


def blueprint(cache: ViewCache, clock: Callable[[], Seconds], settings: Settings) -> Blueprint:
    """The routes. Endpoint `feeds.subscribed` checks its own token; `feeds.own` leaves that to the dashboard's door."""
    feeds, routes = _Feeds(cache, settings), Blueprint("feeds", __name__)

    @routes.get(f"{FEEDS}<path:name>", endpoint="own")
    def own(name: str) -> Response:
        return feeds.answer(name, f"{FEEDS}{name}", "")

    @routes.get(f"{SUBSCRIBED}<token>/<path:name>", endpoint="subscribed")
    def subscribed(token: str, name: str) -> Response:
        link = verify(settings.link_key, token, FeedLink, clock())
        if link is None:
            abort(404)
        return feeds.answer(name, f"{SUBSCRIBED}{token}/{name}", link.agency)

    return routes


class _Feeds:
    def __init__(self, cache: ViewCache, settings: Settings) -> None:
        self._cache, self._settings = cache, settings

    def answer(self, name: str, path: str, agency: str) -> Response:
        """The document of this name, with the entries of one agency or of all; 404 where there is none."""
        base = self._settings.base_url or request.url_root.rstrip("/")
        folder = path[: -len(name)]
        match name:
            case "peringatan.atom":
                return Response(atom.atom(self._alerts(base, path, agency)), content_type=atom.TYPE)
            case "peringatan.json":
                return Response(jsonfeed.json_feed(self._alerts(base, path, agency)), content_type=jsonfeed.TYPE)
            case "isu.atom":
                return Response(atom.atom(self._issues(base, path, agency)), content_type=atom.TYPE)
            case "isu.json":
                return Response(jsonfeed.json_feed(self._issues(base, path, agency)), content_type=jsonfeed.TYPE)
            case "cap.atom":
                return Response(self._messages(base, path, folder, agency), content_type=atom.TYPE)
        return self._message(name, base, agency)

    def _alerts(self, base: str, path: str, agency: str) -> entries.Feed:
        return entries.alerts(entries.changes(self._alerts_view(), agency), base, f"{base}{path}", agency)

    def _issues(self, base: str, path: str, agency: str) -> entries.Feed:
        empty = views.Overview(0, 0, 0, USUAL_ZONE, NOTHING, ())
        return entries.issues(self._view("views/overview", views.Overview) or empty, base, f"{base}{path}", agency)

    def _messages(self, base: str, path: str, folder: str, agency: str) -> bytes:
        """The list of CAP messages, each entry leading to its document."""
        told = cap.messages(entries.changes(self._alerts_view(), agency))
        documents = {entries.urn(one): f"{base}{folder}cap/{cap.identifier(one)}.xml" for one in told}
        return atom.atom(entries.alerts(told, base, f"{base}{path}", agency), documents, "application/cap+xml")

    def _message(self, name: str, base: str, agency: str) -> Response:
        view = self._alerts_view()
        changes = entries.changes(view, agency)
        one = next((one for one in cap.messages(changes) if name == f"cap/{cap.identifier(one)}.xml"), None)
        if one is None:
            abort(404)
        sender = f"kentongan@{urlsplit(base).hostname or 'localhost'}"
        return Response(cap.cap(one, changes, sender, base, view.zone), content_type=cap.TYPE)

    def _alerts_view(self) -> views.AlertsView:
        return self._view("views/alerts", views.AlertsView) or views.AlertsView(0, USUAL_ZONE, NOTHING, ())

    def _view(self, path: str, kind: type[views.V]) -> views.V | None:
        return views.unpack(self._cache.read(path), kind)
