"""A receiver on loopback that checks what a real one checks, and misbehaves on request."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from standardwebhooks import Webhook

from shared.http import SECONDS, Client, Response
from tests.receivers.schema import problems

SECRET: Final = "whsec_S2VudG9uZ2FuLWR1YS1wdWx1aC1lbXBhdC1ieXRl"


@dataclass
class Sink:
    """What arrived, and how to answer: statuses are used up one by one, then 204."""

    url: str = ""
    secret: str = SECRET
    events: list[dict[str, Any]] = field(default_factory=list)  # accepted ones
    headers: list[dict[str, str]] = field(default_factory=list)  # of every request
    faults: list[str] = field(default_factory=list)  # what a real receiver would have refused
    answers: list[int | str] = field(default_factory=list)  # a status, or "reset", or "slow"
    retry_after: str = ""
    patience: threading.Event = field(default_factory=threading.Event)  # lets slow answers go

    @property
    def ids(self) -> list[str]:
        """Ids of the accepted events, in order of arrival."""
        return [event["data"]["transition"] for event in self.events]

    def accept(self, body: bytes, headers: dict[str, str]) -> int:
        """Take an event, as long as its signature is right; 401 where it is not, else 0."""
        if self.secret and not self._genuine(body, headers):
            self.faults.append("no matching signature found")
            return 401
        event = json.loads(body)
        self.faults += problems(event)
        if (event["data"]["transition"] == headers["webhook-id"]) == bool(event["data"]["digest"]):
            self.faults.append("webhook-id is not the transition's id, or is that of one of a digest")
        self.events.append(event)
        return 0

    def _genuine(self, body: bytes, headers: dict[str, str]) -> bool:
        """Whether the independent library signs the same way; at the time that the event names, whatever the clock says here."""
        sent_at = datetime.fromtimestamp(int(headers.get("webhook-timestamp", "0")), UTC)
        expected = Webhook(self.secret).sign(headers.get("webhook-id", ""), sent_at, body.decode())
        return expected in headers.get("webhook-signature", "").split()


class _Handler(BaseHTTPRequestHandler):
    sink: Sink

    def do_POST(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.sink.headers.append(headers)
        body = self.rfile.read(int(headers.get("content-length", "0")))
        answer = self.sink.answers.pop(0) if self.sink.answers else 204
        if answer == "reset":
            self._reset()
            return
        if answer == "slow":
            self.sink.patience.wait(30)
            answer = 204
        status = int(answer)
        self._answer(self.sink.accept(body, headers) or status if status < 300 else status)

    def _answer(self, status: int) -> None:
        try:
            self.send_response(status)
            if self.sink.retry_after:
                self.send_header("Retry-After", self.sink.retry_after)
            self.send_header("Content-Length", "0")
            self.end_headers()
        except OSError:  # the sender of a slow request has left
            self.close_connection = True

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def sink() -> Iterator[Sink]:
    """A running sink."""
    it = Sink()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"sink": it}))
    server.daemon_threads = True
    it.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield it
    finally:
        it.patience.set()
        server.shutdown()
        server.server_close()
        thread.join()


class HurriedClient(Client):
    """The guarded client, with less patience when a sink is about to answer slowly: always, it would fail on slow machines."""

    def __init__(self, hook: Sink) -> None:
        super().__init__("kentongan-tests", allow_loopback=True)
        self._hook = hook

    def post(
        self, url: str, body: bytes, headers: Mapping[str, str] | None = None, allow_http: bool = False, seconds: float = SECONDS
    ) -> Response:
        """As always, but for half a second where nothing will come."""
        return super().post(url, body, headers, allow_http, 0.5 if self._hook.answers[:1] == ["slow"] else seconds)


def closed_port_url() -> str:
    """An address on loopback where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}/hook"
