"""Cloud Scheduler, as far as the guard needs it: pausing jobs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.gcp.api import DEADLINE, Api, Json, Refused
from shared.logs import log
from shared.ports import Retryable

_NOT_RUNNING: Final = frozenset({"FAILED_PRECONDITION", "NOT_FOUND"})  # paused already, or there is no such job


def pause(jobs: Sequence[str], emulator: str = "", deadline: float = DEADLINE) -> None:
    """Pause the jobs with these full names (projects/P/locations/L/jobs/J); those that do not run are left as they are.

    `emulator`: host:port of a stand-in; empty for the cloud. Raises Retryable where one could not be paused; the next may be.
    """
    api = Api("cloudscheduler", emulator, deadline)
    try:
        for job in jobs:
            _pause(api, job)
    finally:
        api.close()


def _pause(api: Api, job: str) -> None:
    try:
        api.post(f"{job}:pause", {}, Json)
    except Refused as error:
        if error.status not in _NOT_RUNNING:
            raise Retryable(f"{job} was not paused: {error.status or 'no answer'} {error}") from error
        log("NOTICE", "job does not run", job=job, reason=error.status)
