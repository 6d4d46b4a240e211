"""Opened by people from links in notices: the only public writer. It verifies, publishes one fact, and touches no store."""

import functions_framework
from flask import Request, Response

from shared import entry
from shared.desk import HEADERS, answer


@functions_framework.http
def desk(request: Request) -> Response:
    """GET shows, POST acts."""
    services, now = entry.services(light=True), entry.now()
    token = request.path.strip("/")
    status, page = answer(request.method, token, request.form, services, now)
    return Response(page, status, HEADERS)
