"""The pages on this computer: the dashboard, and desk below /desk, in a thread of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from werkzeug import Request, Response
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import BaseWSGIServer, make_server

from shared import desk
from shared.cli.terminal import Trouble
from shared.dashboard import create_app
from shared.model import Seconds
from shared.wiring import Services

FRESH_SECONDS = 5  # a local reader costs nothing: show what is new at once


def serve(services: Services, port: int, clock: Callable[[], Seconds]) -> BaseWSGIServer:
    """Serve on 127.0.0.1 until the process ends; raises Trouble where the port is taken."""

    @Request.application
    def answer(request: Request) -> Response:
        status, page = desk.answer(request.method, request.path.strip("/"), request.form, services, clock())
        return Response(page, status, desk.HEADERS)

    pages = DispatcherMiddleware(create_app(services, clock, cache_seconds=FRESH_SECONDS).wsgi_app, {"/desk": answer})
    try:
        server = make_server("127.0.0.1", port, pages, threaded=True)
    except SystemExit as error:  # werkzeug's word for a port that is taken
        raise Trouble(f"port {port} sudah dipakai program lain", f"pilih yang lain: --port {port + 1}") from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
