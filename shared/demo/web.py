"""A small news web on loopback: each outlet's feed as of the scenario's clock, and a sink that keeps what webhooks bring."""

from __future__ import annotations

import hashlib
import threading
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from xml.sax.saxutils import escape

from shared.demo.scenario import OUTLETS, Story
from shared.model import Seconds

FEED_SIZE: Final = 40  # items: several hours of the busiest outlet


class NewsWeb:
    """Serves the stories that have happened by `now`; use as a context manager."""

    def __init__(self, stories: Sequence[Story]) -> None:
        """Each outlet of `OUTLETS` has a feed, be it empty."""
        self.now: Seconds = 0
        self.received: list[tuple[dict[str, str], bytes]] = []  # webhooks: headers (names in small letters) and body
        self._stories: dict[str, list[Story]] = {outlet: [] for outlet in OUTLETS}
        for story in sorted(stories):
            self._stories[story.outlet].append(story)
        self._times = {outlet: [story.at for story in told] for outlet, told in self._stories.items()}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))

    @property
    def port(self) -> int:
        """Where it listens on 127.0.0.1."""
        return int(self._server.server_address[1])

    def __enter__(self) -> NewsWeb:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def feed(self, outlet: str) -> bytes | None:
        """RSS of an outlet's latest stories, the newest first; None where there is no such outlet."""
        if outlet not in self._stories:
            return None
        end = bisect_right(self._times[outlet], self.now)
        items = "".join(map(_item, reversed(self._stories[outlet][max(0, end - FEED_SIZE) : end])))
        name, home = escape(OUTLETS[outlet]), f"https://{outlet}.example/"
        about = f"<title>{name}</title><link>{home}</link><description>Berita rekaan {name}</description><language>id</language>"
        return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{about}{items}</channel></rss>'.encode()


def _item(story: Story) -> str:
    date = format_datetime(datetime.fromtimestamp(story.at, UTC), usegmt=True)
    address = f"https://{story.outlet}.example/{story.slug}"
    return (
        f"<item><title>{escape(story.title)}</title><link>{address}</link><guid>{address}</guid>"
        f"<description>{escape(story.lead)}</description><pubDate>{date}</pubDate></item>"
    )


def _handler(web: NewsWeb) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one piece: two small ones would wait for each other's acknowledgement

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def _answer(self, status: int, body: bytes = b"", tag: str = "") -> None:
            self.send_response(status)
            if tag:
                self.send_header("ETag", tag)
            if body:
                self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
            if status not in (204, 304):
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            body = web.feed(self.path.strip("/").removesuffix(".xml"))
            if body is None:
                return self._answer(404)
            tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == tag:
                return self._answer(304, tag=tag)
            return self._answer(200, body, tag)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            web.received.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self._answer(204)

    return Handler
