"""What both official clients share: how long they try, and the status of what they raise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from google.api_core import exceptions
from google.api_core.retry import Retry, if_exception_type
from google.auth.exceptions import GoogleAuthError

from shared.ports import Retryable

DEADLINE: Final = 20.0  # seconds for one call with its retries: well inside the 60 s of the shortest stage, see stages.tf

FAILURES: Final = (exceptions.GoogleAPICallError, exceptions.RetryError, GoogleAuthError)  # all that a call may raise


def status_of(error: Exception) -> str:
    """Name of the google.rpc.Code that an error carries; empty where no answer came."""
    code = getattr(error, "grpc_status_code", None)
    return str(code.name) if code is not None else ""


def retrying(deadline: float) -> Retry:
    """Try again on what passes by itself, for at most `deadline` seconds."""
    passing = if_exception_type(exceptions.ServiceUnavailable, exceptions.InternalServerError, exceptions.TooManyRequests)
    return Retry(predicate=passing, initial=0.1, maximum=2.0, multiplier=2.0, timeout=deadline)


@contextmanager
def signed_in() -> Iterator[None]:
    """For making a client: whoever has no login at Google yet, on a laptop, is told how to get one."""
    try:
        yield
    except GoogleAuthError as error:
        raise Retryable("belum masuk ke Google Cloud; jalankan: gcloud auth application-default login") from error
