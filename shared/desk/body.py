"""The body of a request, which has to come in time: desk has few threads, and anybody may knock."""

from __future__ import annotations

import socket
from contextlib import suppress
from io import BytesIO
from threading import Timer
from typing import Final

from werkzeug import Request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

PATIENT: Final = 10.0  # seconds for the body of whom we expect: who shows a token of ours, or a signature
BRIEF: Final = 1.0  # for anybody else's
_SOCKETS: Final = ("gunicorn.socket", "werkzeug.socket")  # as the servers call it that run us, in the cloud and here


def receive(request: Request, expected: bool) -> bool:
    """Read the body, so that later looks at it wait no more; whether it came whole and in time, else it is empty.

    When time is over no more is read from the connection, however little each wait for it was. Raises RequestEntityTooLarge.
    """
    if not (request.content_length or "Transfer-Encoding" in request.headers):
        return True
    body, whole = b"", False
    timer = Timer(PATIENT if expected else BRIEF, _hang_up, [request])
    timer.daemon = True
    timer.start()
    try:
        body = request.get_data(cache=False)
        whole = request.content_length in (None, len(body))
    except _broken(request):
        pass
    finally:
        timer.cancel()
        request.stream = BytesIO(body if whole else b"")
    limit = request.max_content_length
    if limit and request.content_length is None and len(body) >= limit:  # what comes in chunks is read that far, without a word
        raise RequestEntityTooLarge
    return whole


def _broken(request: Request) -> tuple[type[Exception], ...]:
    """What reading raises where a body ends early, or is sent in chunks that are none."""
    if "gunicorn.socket" not in request.environ:
        return (ClientDisconnected,)
    from gunicorn.http.errors import ParseException  # it is there where it serves, and cannot be loaded on Windows

    return ClientDisconnected, ParseException


def _hang_up(request: Request) -> None:
    for name in _SOCKETS:
        if name in request.environ:
            with suppress(OSError):  # it is closed already
                request.environ[name].shutdown(socket.SHUT_RD)
