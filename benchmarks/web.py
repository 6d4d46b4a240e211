"""A news web in a process of its own, on loopback: feeds with one edition a round, and a sink that takes whatever is posted."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection

from shared.meter.feeds import Story, feed

__all__ = ["FeedServer", "Story", "feed"]


class FeedServer:
    """Serves feeds by name: the first request gets the first edition, and so on; the last one stays. A context manager."""

    def __init__(self, feeds: Mapping[str, Sequence[bytes]]) -> None:
        context = get_context("fork")
        self._port, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(dict(feeds), far), daemon=True)
        self.port = 0

    def __enter__(self) -> FeedServer:
        self._process.start()
        self.port = int(self._port.recv())
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.join()

    def url(self, name: str) -> str:
        """Where a feed, or any other name, is reached."""
        return f"http://127.0.0.1:{self.port}/{name}"


def _serve(feeds: Mapping[str, Sequence[bytes]], port: Connection) -> None:
    asked = {name: itertools.count() for name in feeds}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def _answer(self, status: int, body: bytes = b"") -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            name = self.path.strip("/")
            if name not in feeds:
                return self._answer(404)
            return self._answer(200, feeds[name][min(next(asked[name]), len(feeds[name]) - 1)])

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._answer(204)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.request_queue_size = 256
    port.send(server.server_address[1])
    server.serve_forever()
