"""How requests come in and every response leaves: not too many, 304 where nothing changed, compressed for slow lines."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Callable
from typing import Final

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue

from shared.dashboard import problems
from shared.dashboard.cookies import on_this_computer
from shared.model import Seconds
from shared.pacing import Buckets, last_hop
from shared.settings import Settings

SMALLEST_COMPRESSED: Final = 1_000  # bytes: below, compression gains nothing
MINUTE: Final[Seconds] = 60


def content_policy(style: str, forms_to: str = "") -> str:
    """Content-Security-Policy: this one inline style, images of our own, forms that lead back here or to `forms_to` alone."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; "
        f"form-action 'self'{' ' * bool(forms_to)}{forms_to}; frame-ancestors 'none'; base-uri 'none'"
    )


def limit(app: Flask, settings: Settings, clock: Callable[[], Seconds], a_minute: int) -> None:
    """Answer at most so many requests a minute of one caller; 0: all."""
    if not a_minute:
        return
    buckets = Buckets(a_minute, MINUTE)

    @app.before_request
    def pace() -> ResponseReturnValue | None:
        wait = buckets.wait(caller(settings), clock())
        return problems.answer(429, {"Retry-After": str(wait)}) if wait else None


def caller(settings: Settings) -> str:
    """The address that asks, as Cloud Run has seen it."""
    return last_hop(request.headers.get("X-Forwarded-For", ""), request.remote_addr or "", settings.backend == "gcp")


def finish_responses(app: Flask, style: str) -> None:
    """Add the headers to every response of this application."""
    fixed = {
        "Content-Security-Policy": content_policy(style),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers.update(fixed)
        officers = bool(g.get("forms_to"))  # a page with forms, each good for one deed: nobody keeps it
        if officers:
            response.headers["Content-Security-Policy"] = content_policy(style, g.forms_to)
        if not on_this_computer(request):
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        response.headers["Cache-Control"] = "private, no-cache" if response.status_code == 200 and not officers else "no-store"
        response.vary.add("Cookie")
        if response.status_code == 200 and not officers:
            # The tag is of the bytes: it changes with the view, and also with the program, the language, what the reader has
            # seen, and warnings that depend on the clock.
            response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32], weak=True)
            response.make_conditional(request)
        return _compress(response)


def _compress(response: Response) -> Response:
    """The response in gzip where the browser takes it and it is worth it."""
    response.vary.add("Accept-Encoding")
    if response.status_code == 304 or not request.accept_encodings["gzip"]:
        return response
    body = response.get_data()
    if len(body) >= SMALLEST_COMPRESSED:
        response.set_data(gzip.compress(body, 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
