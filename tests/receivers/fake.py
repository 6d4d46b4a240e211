"""One service on loopback: takes what the real one takes, refuses what it refuses, and answers as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec

from shared.config.schema import ReceiverConfig
from shared.settings import Settings
from tests.receivers.samples import linked
from tests.receivers.services import CHAT, CHECKS, TOKEN


@dataclass
class Reply:
    """An answer."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Fake:
    """A running service of a kind."""

    kind: str
    url: str = ""
    sent: list[Any] = field(default_factory=list, repr=False)  # JSON bodies, all that arrived
    faults: list[str] = field(default_factory=list)
    answers: list[Reply] = field(default_factory=list)  # used up one by one, then 200
    methods: dict[str, list[Reply]] = field(default_factory=dict)  # Telegram's others, by name: answers, used up one by one
    asked: dict[str, list[Any]] = field(default_factory=dict)  # JSON bodies of those, in the order in which they first came
    echo: bool = False  # answer with whatever was asked, as careless services do

    @property
    def secret(self) -> str:
        """Its secret: a token, or the whole address."""
        own = {"telegram": TOKEN, "ntfy": "tk_rahasia", "whatsapp": "EAA-rahasia-whatsapp"}
        paths = {"google-chat": "/v1/spaces/AAA/messages?key=kunci-rahasia&token=token-rahasia"}
        return own.get(self.kind) or self.url + paths.get(self.kind, "/services/T0/B0/rahasia-sekali")

    def receiver(self, **changes: str) -> ReceiverConfig:
        """A receiver that leads here."""
        own = {
            "telegram": {"url": self.url, "to": CHAT},
            "ntfy": {"url": self.url, "to": "sagara-piket"},
            "whatsapp": {"url": self.url, "to": "6281234567890", "sender": "123456789012345"},
        }
        fields = {"id": "piket", "kind": self.kind, "secret": "RAHASIA", **own.get(self.kind, {}), **changes}
        return msgspec.convert(fields, ReceiverConfig)

    def settings(self, **environ: str) -> Settings:
        """Settings that hold its secret."""
        return linked(**{"SECRET_RAHASIA": self.secret, **environ})

    def take(self, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """Check a request, and answer it."""
        sent = json.loads(body)
        if answers := self.methods.get(method := path.rpartition("/")[2]):
            self.asked.setdefault(method, []).append(sent)
            return answers.pop(0)
        self.sent.append(sent)
        if not headers.get("content-type", "").startswith("application/json"):
            self.faults.append("content type")
        faults = list(CHECKS[self.kind](path, headers, sent))
        self.faults += faults
        if self.echo:
            return Reply(400, json.dumps({"message": f"{path} {headers} is wrong"}).encode())
        return self.answers.pop(0) if self.answers else Reply(400 if faults else 200)


class _Handler(BaseHTTPRequestHandler):
    fake: Fake

    def do_POST(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.fake.take(self.path, headers, self.rfile.read(int(headers["content-length"])))
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(kind: str) -> Iterator[Fake]:
    """A service of this kind while the block runs."""
    fake = Fake(kind)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"fake": fake}))
    server.daemon_threads = True
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
