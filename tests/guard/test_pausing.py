"""Pausing Scheduler's jobs, against a stand-in of its REST API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from shared.gcp.scheduler import pause
from shared.ports import Retryable

JOBS = tuple(f"projects/p/locations/asia-southeast2/jobs/{name}" for name in ("collect", "report", "tick"))


@contextmanager
def scheduler(states: dict[str, str]) -> Iterator[str]:
    """A Scheduler that holds jobs by full name with their states; its host:port. A job in state BROKEN answers 500."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            name, _, verb = self.path.removeprefix("/v1/").partition(":")
            assert verb == "pause"
            match states.get(name):
                case None:
                    self._answer(404, {"error": {"message": "no such job", "status": "NOT_FOUND"}})
                case "ENABLED":
                    states[name] = "PAUSED"
                    self._answer(200, {"name": name, "state": "PAUSED"})
                case "BROKEN":
                    self._answer(500, {"error": {"message": "try again", "status": "INTERNAL"}})
                case _:
                    self._answer(400, {"error": {"message": "not enabled", "status": "FAILED_PRECONDITION"}})

        def _answer(self, status: int, body: object) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_all_jobs_are_paused_and_again_changes_nothing() -> None:
    states = dict.fromkeys(JOBS, "ENABLED")
    with scheduler(states) as address:
        pause(JOBS, address)
        assert states == dict.fromkeys(JOBS, "PAUSED")
        pause(JOBS, address)
    assert states == dict.fromkeys(JOBS, "PAUSED")


def test_a_job_that_is_not_there_hinders_no_other() -> None:
    states = {JOBS[1]: "ENABLED"}
    with scheduler(states) as address:
        pause(JOBS, address)
    assert states == {JOBS[1]: "PAUSED"}


def test_where_one_cannot_be_paused_it_is_tried_again() -> None:
    states = {JOBS[0]: "ENABLED", JOBS[1]: "BROKEN", JOBS[2]: "ENABLED"}
    with scheduler(states) as address, pytest.raises(Retryable, match="report was not paused: INTERNAL"):
        pause(JOBS, address)
    assert states[JOBS[0]] == "PAUSED"


def test_where_nobody_answers_it_is_tried_again() -> None:
    with scheduler({}) as address:
        pass
    with pytest.raises(Retryable):
        pause(JOBS, address)
