"""The pages on this computer: the dashboard, and desk below /desk, in a thread of their own."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable

from werkzeug import Request, Response
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import BaseWSGIServer, make_server

from shared import desk
from shared.cli.parser import LARGEST_PORT
from shared.cli.terminal import Trouble
from shared.dashboard import create_app
from shared.model import Seconds
from shared.wiring import Services

FRESH_SECONDS = 5  # a local reader costs nothing: show what is new at once


def serve(services: Services, port: int, clock: Callable[[], Seconds]) -> BaseWSGIServer:
    """Serve on 127.0.0.1 until the process ends; raises Trouble where the port is taken."""

    @Request.application
    def answer(request: Request) -> Response:
        return desk.respond(request, services, clock())

    pages = DispatcherMiddleware(create_app(services, clock, cache_seconds=FRESH_SECONDS).wsgi_app, {"/desk": answer})
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # its requests would run through what people read
    with listen(port) as listening:  # make_server takes a copy of it
        server = make_server("127.0.0.1", port, pages, threaded=True, fd=listening.fileno())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def listen(port: int) -> socket.socket:
    """A socket that listens on 127.0.0.1; raises Trouble where the port is taken or not for everybody."""
    try:
        return socket.create_server(("127.0.0.1", port))
    except PermissionError as error:
        raise Trouble(f"port {port} tidak boleh dipakai pengguna biasa", "pilih yang lain, misalnya --port 8081") from error
    except OSError as error:
        other = port + 1 if port < LARGEST_PORT else 8081
        raise Trouble(
            f"port {port} sudah dipakai program lain; mungkin Kentongan sudah berjalan", f"pilih yang lain: --port {other}"
        ) from error
