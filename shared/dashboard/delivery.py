"""How every response leaves: what a browser may do with it, 304 where nothing changed, compressed for slow lines."""

from __future__ import annotations

import base64
import gzip
import hashlib
from typing import Final

from flask import Flask, Response, request

SMALLEST_COMPRESSED: Final = 1_000  # bytes: below, compression gains nothing


def content_policy(style: str) -> str:
    """Content-Security-Policy that allows nothing but this one inline style and images of our own."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; "
        "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    )


def finish_responses(app: Flask, style: str) -> None:
    """Add the headers to every response of this application."""
    fixed = {
        "Content-Security-Policy": content_policy(style),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers.update(fixed)
        response.headers["Cache-Control"] = "private, no-cache" if response.status_code == 200 else "no-store"
        if response.status_code == 200:
            # The tag is of the bytes: it also changes with the program and with warnings that depend on the clock.
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
