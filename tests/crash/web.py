"""A loopback server for the crash tests: feeds that any process can wind on, and a webhook sink that outlives them all."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from xml.sax.saxutils import escape

from shared.model import Seconds


class News(NamedTuple):
    """One item of a feed."""

    at: Seconds
    outlet: str
    title: str

    @property
    def xml(self) -> str:
        """As RSS has it."""
        date = format_datetime(datetime.fromtimestamp(self.at, UTC))
        link = f"https://{self.outlet}.example/{self.at}-{abs(sum(map(ord, self.title)))}"
        return f"<item><title>{escape(self.title)}</title><link>{link}</link><pubDate>{date}</pubDate></item>"


class Web:
    """GET /<outlet>.xml?; POST /clock/<seconds> winds on; POST /hook keeps the event."""

    def __init__(self, news: Sequence[News]) -> None:
        self.now: Seconds = 0
        self.news = sorted(news)
        self.events: list[dict[str, object]] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

            def _answer(self, status: int, body: bytes = b"") -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_GET(self) -> None:
                outlet = self.path.strip("/").removesuffix(".xml")
                if outlet not in {one.outlet for one in web.news}:
                    self._answer(404)
                    return
                items = "".join(one.xml for one in web.news if one.outlet == outlet and web.now - 86_400 < one.at <= web.now)
                self._answer(200, f'<rss version="2.0"><channel><title>{outlet}</title>{items}</channel></rss>'.encode())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if self.path.startswith("/clock/"):
                    web.now = int(self.path.rsplit("/", 1)[1])
                else:
                    web.events.append(json.loads(body))
                self._answer(204)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])

    def __enter__(self) -> Web:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
