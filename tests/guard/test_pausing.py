"""Pausing Scheduler's jobs, against a stand-in of its REST API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from werkzeug import Request, Response

from shared.gcp.scheduler import pause
from shared.ports import Retryable
from tests.browser import serving

JOBS = tuple(f"projects/p/locations/asia-southeast2/jobs/{name}" for name in ("collect", "report", "tick"))


@contextmanager
def scheduler(states: dict[str, str]) -> Iterator[str]:
    """A Scheduler that holds jobs by full name with their states; its host:port. A job in state BROKEN answers 500."""

    @Request.application
    def answer(request: Request) -> Response:
        name, _, verb = request.path.removeprefix("/v1/").partition(":")
        assert (request.method, verb) == ("POST", "pause")
        match states.get(name):
            case None:
                return Response('{"error": {"message": "no such job", "status": "NOT_FOUND"}}', 404)
            case "ENABLED":
                states[name] = "PAUSED"
                return Response(json.dumps({"name": name, "state": "PAUSED"}))
            case "BROKEN":
                return Response('{"error": {"message": "try again", "status": "INTERNAL"}}', 500)
            case _:
                return Response('{"error": {"message": "not enabled", "status": "FAILED_PRECONDITION"}}', 400)

    with serving(answer) as address:
        yield address.removeprefix("http://")


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
