"""The views as stored, for other programs: documented by the structs of shared/views.py."""

from __future__ import annotations

from flask import Response, abort

from shared.dashboard.cache import ViewCache
from shared.dashboard.names import issue_path


class Api:
    """JSON documents, one read each."""

    def __init__(self, cache: ViewCache) -> None:
        """Over the documents of this cache."""
        self._cache = cache

    def view(self, name: str) -> Response:
        """`/api/v1/overview`, `sources` or `alerts`."""
        return self._as_stored(f"views/{name}")

    def issue(self, issue: str) -> Response:
        """`/api/v1/issues/<id>`."""
        return self._as_stored(issue_path(issue))

    def _as_stored(self, path: str) -> Response:
        document = self._cache.read(path)
        if document is None:
            abort(404)
        return Response(document.data, content_type="application/json; charset=utf-8")
