"""The only public writer: people come by links and forms, systems send items in. It touches no store."""

from logging import getLogger

import functions_framework
from flask import Request
from werkzeug import Response

from shared import entry
from shared.desk import respond
from shared.logs import unaddressed

getLogger("desk").addFilter(unaddressed)  # of the framework's application, which bears the function's name


@functions_framework.http
def desk(request: Request) -> Response:
    """GET shows, POST acts."""
    return respond(request, entry.services(light=True), entry.now())
