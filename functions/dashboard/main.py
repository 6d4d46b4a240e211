"""Read-only pages over the prepared views."""

from functools import cache

import functions_framework
from flask import Flask, Request
from werkzeug import Response

from shared import entry
from shared.dashboard import create_app


@cache
def app() -> Flask:
    """The pages, with their cache."""
    return create_app(entry.services(), entry.now)


@functions_framework.http
def dashboard(request: Request) -> Response:
    """Hand the request to the pages."""
    return Response.from_app(app().wsgi_app, request.environ)
