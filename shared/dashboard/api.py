"""The views for other programs: JSON, described by /api/v1/openapi.json."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec
from flask import Response, abort

from shared.dashboard import openapi, viewer
from shared.dashboard.cache import ViewCache
from shared.dashboard.finding import Finding
from shared.dashboard.names import issue_path
from shared.dashboard.viewer import Viewer
from shared.views import AlertsView, IssueView, Overview, V, unpack

JSON: Final = "application/json; charset=utf-8"


class Api:
    """JSON documents, one read each; as stored, but for a viewer of one agency without the others."""

    def __init__(self, cache: ViewCache, finding: Finding) -> None:
        """Over the documents of this cache, and the hours for searching."""
        self._cache = cache
        self._finding = finding

    def overview(self) -> Response:
        """`/api/v1/overview`."""
        return self._view("views/overview", Overview, viewer.overview_for)

    def alerts(self) -> Response:
        """`/api/v1/alerts`."""
        return self._view("views/alerts", AlertsView, viewer.alerts_for)

    def sources(self) -> Response:
        """`/api/v1/sources`."""
        return self._view("views/sources", None, None)

    def issue(self, issue: str) -> Response:
        """`/api/v1/issues/<id>`."""
        return self._view(issue_path(issue), IssueView, viewer.issue_for)

    def mentions(self) -> Response:
        """`/api/v1/mentions`: a search."""
        return Response(msgspec.json.encode(self._finding.api_search()), content_type=JSON)

    def openapi(self) -> Response:
        """`/api/v1/openapi.json`."""
        return Response(msgspec.json.encode(openapi.document()), content_type=JSON)

    def _view(self, path: str, kind: type[V] | None, cut: Callable[[V, Viewer], V | None] | None) -> Response:
        document = self._cache.read(path)
        if document is None:
            abort(404)
        looking = viewer.viewer()
        if kind is None or cut is None or not (looking.agency or looking.anybody):
            return Response(document.data, content_type=JSON)
        view = unpack(document, kind)
        shown = cut(view, looking) if view is not None else None
        return Response(msgspec.json.encode(shown), content_type=JSON) if shown is not None else abort(404)
