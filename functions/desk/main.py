"""The only public writer: people come by links and forms, systems send items in. It touches no store."""

import functions_framework
from flask import Request
from werkzeug import Response

from shared import entry
from shared.desk import respond


@functions_framework.http
def desk(request: Request) -> Response:
    """GET shows, POST acts."""
    return respond(request, entry.services(light=True), entry.now())
