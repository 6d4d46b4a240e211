"""The REST twins against a server that answers as Google's front ends may."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest

from shared.gcp.rest import RestBus, RestStore
from shared.gcp.token import Token
from shared.ports import LARGEST_COMMIT, LARGEST_DOCUMENT, Conflict, KentonganError, Permanent, Put, Retryable
from shared.settings import Settings, read_settings
from tests.emulators import Emulators


@dataclass
class Server:
    """Gives the same answer to everybody, once its hiccups are over, and remembers who asked."""

    host: str = ""
    code: int = 200
    hiccups: int = 0
    body: bytes = b"{}"
    asked: list[dict[str, str]] = field(default_factory=list)

    def settings(self) -> Settings:
        return read_settings(Emulators(self.host, self.host).environ)


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            state.asked.append(dict(self.headers))
            self.send_response(503 if len(state.asked) <= state.hiccups else state.code)
            self.send_header("Content-Length", str(len(state.body)))
            self.end_headers()
            self.wfile.write(state.body)

        do_GET = do_POST = answer  # noqa: N815 - names that http.server looks for

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        state.host = f"127.0.0.1:{http.server_port}"
        thread = Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        yield state
        http.shutdown()
        thread.join()


def failure(status: str) -> bytes:
    return json.dumps({"error": {"code": 0, "status": status, "message": "because"}}).encode()


@pytest.mark.parametrize(
    ("code", "body", "expected"),
    [
        (429, failure("RESOURCE_EXHAUSTED"), Retryable),
        (503, failure("UNAVAILABLE"), Retryable),
        (403, failure("PERMISSION_DENIED"), Retryable),
        (409, failure("ALREADY_EXISTS"), Conflict),
        (409, failure("ABORTED"), Conflict),
        (400, failure("FAILED_PRECONDITION"), Conflict),
        (400, failure("INVALID_ARGUMENT"), Permanent),
        (400, b"[" + failure("INVALID_ARGUMENT") + b"]", Permanent),
        (502, b"<html>Bad Gateway</html>", Retryable),
        (500, b"[]", Retryable),
        (200, b"not JSON", Retryable),
        (200, b'{"writeResults": 7}', Retryable),
    ],
)
def test_what_an_answer_means(server: Server, code: int, body: bytes, expected: type[KentonganError]) -> None:
    server.code, server.body = code, body
    with closing(RestStore(server.settings())) as store, pytest.raises(expected) as caught:
        store.commit([Put("a/b", b"", expect="2026-11-25T10:00:00Z")])
    assert type(caught.value) is expected


def test_an_error_in_the_middle_of_a_stream_is_no_answer(server: Server) -> None:
    stored = {"name": "projects/p/databases/(default)/documents/a/b", "fields": {"data": {"bytesValue": ""}}, "updateTime": ""}
    problem = json.loads(failure("UNAVAILABLE"))
    with closing(RestStore(server.settings())) as store:
        server.body = json.dumps([{"found": stored}, problem]).encode()
        with pytest.raises(Retryable, match="because"):
            store.read(["a/b", "a/c"])
        server.body = json.dumps([{"document": stored}, problem]).encode()
        with pytest.raises(Retryable, match="because"):
            store.scan("a", "", "~", 10)


def test_a_read_is_tried_once_more_and_a_commit_is_not(server: Server) -> None:
    server.hiccups, server.body = 1, b"[]"
    with closing(RestStore(server.settings())) as store:
        assert store.read(["a/b"]) == [None]
        assert len(server.asked) == 2
        server.hiccups = 4
        with pytest.raises(Retryable):
            store.due("a", 1, 1)
        with pytest.raises(Retryable):
            store.commit([Put("a/b", b"")])
    assert len(server.asked) == 5


def test_the_emulators_get_the_owners_token(server: Server) -> None:
    with closing(RestBus(server.settings())) as bus:
        bus.publish("tone-asked", [b"x"])
    assert server.asked[0]["Authorization"] == "Bearer owner"


def test_what_base64_makes_too_large_for_a_request_is_permanent(server: Server) -> None:
    noise = random.Random(1).randbytes(LARGEST_DOCUMENT)  # zeros would be compressed
    writes = [Put(f"a/{number}", noise) for number in range(LARGEST_COMMIT // LARGEST_DOCUMENT)]
    with closing(RestStore(server.settings())) as store, pytest.raises(Permanent, match="request of"):
        store.commit(writes)
    assert server.asked == []


def test_a_token_is_kept_and_renewed_a_minute_early(server: Server) -> None:
    now = 1_000.0
    with httpx.Client(trust_env=False) as client:
        token = Token(client, f"http://{server.host}/token", lambda: now)
        server.body = b'{"access_token": "first", "expires_in": 3600, "token_type": "Bearer"}'
        assert token.value() == "first"
        server.body = b'{"access_token": "second", "expires_in": 3600, "token_type": "Bearer"}'
        now += 3539
        assert token.value() == "first"
        now += 1
        assert token.value() == "second"
    assert [headers["Metadata-Flavor"] for headers in server.asked] == ["Google", "Google"]


@pytest.mark.parametrize(("code", "body"), [(404, b""), (200, b"no token")])
def test_no_token_is_retryable(server: Server, code: int, body: bytes) -> None:
    server.code, server.body = code, body
    with httpx.Client(trust_env=False) as client, pytest.raises(Retryable, match="no token"):
        Token(client, f"http://{server.host}/token").value()
