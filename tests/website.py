"""A website on loopback for tests: answers are scripted by path, requests are recorded."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """An answer; `raw` replaces the whole response on the wire."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None


@dataclass
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]  # names in lower case
    body: bytes
    peer: int  # the client's port: the same for requests on one connection


class Website:
    """Give it pages by path, with or without the query: a Page, or a function of the request."""

    def __init__(self) -> None:
        self.pages: dict[str, Page | Callable[[Asked], Page]] = {}
        self.asked: list[Asked] = []
        self.url = ""

    def answer(self, asked: Asked) -> Page:
        """The page for a request."""
        self.asked.append(asked)
        page = self.pages.get(asked.path) or self.pages.get(asked.path.partition("?")[0], Page(404))
        return page(asked) if callable(page) else page

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.path for asked in self.asked]


@contextmanager
def website(address: str = "127.0.0.1") -> Iterator[Website]:
    """A running website; at 0.0.0.0 it is one of many names, as all of 127.0.0.0/8 lead there."""
    site = Website()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            page = site.answer(Asked(self.command, self.path, headers, self.rfile.read(length), self.client_address[1]))
            if page.raw is not None:
                self.wfile.write(page.raw)
                self.close_connection = True
                return
            self.send_response(page.status)
            for name, value in {"Content-Length": str(len(page.body)), **page.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if page.status != 304:
                self.wfile.write(page.body)

        do_POST = do_GET  # noqa: N815 (the base class's name)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Clients that hang up are part of the tests."""

    server = Server((address, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
