"""Read-only pages over the prepared views."""

from functools import cache
from logging import getLogger
from typing import Final

import functions_framework
from flask import Flask, Request
from werkzeug import Response

from shared import entry
from shared.dashboard import create_app
from shared.logs import unaddressed

getLogger("dashboard").addFilter(unaddressed)  # of the framework's application, which bears the function's name

REQUESTS_A_MINUTE: Final = 240  # of one address: an office behind one router reads at ease, a crawler does not


@cache
def app() -> Flask:
    """The pages, with their cache."""
    return create_app(entry.services(light=True), entry.now, requests_a_minute=REQUESTS_A_MINUTE)


@functions_framework.http
def dashboard(request: Request) -> Response:
    """Hand the request to the pages."""
    return Response.from_app(app().wsgi_app, request.environ)
