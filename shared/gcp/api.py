"""One request to one of Google's JSON APIs, by httpx alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, TypeVar

import httpx
import msgspec
from msgspec import Meta, Struct

from shared.gcp.token import Token
from shared.ports import Permanent, Retryable
from shared.tls import trusted

DEADLINE: Final = 20.0  # seconds for one request
LARGEST_REQUEST: Final = 10 * 1024 * 1024  # bytes, base64 included

T = TypeVar("T")
Json = dict[str, object]


class Refused(Exception):
    """An answer other than 200: `status` is the name of its google.rpc.Code, empty where the body names none."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Api:
    """One of Google's JSON APIs, in the cloud or as emulator."""

    def __init__(self, name: str, emulator: str, deadline: float, login: Mapping[str, str] | None = None) -> None:
        """`name` as in <name>.googleapis.com; `emulator` is host:port, or empty for the cloud.

        `login`: headers of a person (`shared.gcp.login`), in place of the function's own account.
        """
        self._root = f"http://{emulator}/v1" if emulator else f"https://{name}.googleapis.com/v1"
        self._client = httpx.Client(verify=trusted(), timeout=deadline, trust_env=False)
        self._login = login
        self._token = None if emulator or login else Token(self._client)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def post(self, path: str, body: Json, kind: type[T]) -> T:
        """The answer to a request; raises Refused where it is no, Retryable where none came."""
        content = msgspec.json.encode(body)
        if len(content) > LARGEST_REQUEST:
            raise Permanent(f"request of {len(content)} bytes to {path}, at most {LARGEST_REQUEST} are allowed")
        headers = {**(self._login or self._own()), "Content-Type": "application/json"}
        try:
            response = self._client.post(f"{self._root}/{path}", content=content, headers=headers)
            if response.status_code != httpx.codes.OK:
                raise _refused(response)
            return msgspec.json.decode(response.content, type=kind)
        except (httpx.RequestError, msgspec.MsgspecError) as error:
            raise Retryable(f"{self._root}/{path}: {error!r}") from error

    def _own(self) -> dict[str, str]:
        """Who asks; the emulators take "owner" as the owner's token."""
        return {"Authorization": f"Bearer {self._token.value() if self._token else 'owner'}"}


class Problem(Struct):
    """An error as Google's APIs write it; `status` is the name of its google.rpc.Code."""

    message: str = ""
    status: str = ""


class _Failure(Struct):
    error: Problem


def _refused(response: httpx.Response) -> Refused:
    """The error in an answer; streaming methods wrap it into a list, and proxies answer in their own words."""
    try:
        failure = msgspec.json.decode(response.content, type=_Failure | Annotated[list[_Failure], Meta(min_length=1)])
    except msgspec.MsgspecError:
        return Refused("", f"HTTP {response.status_code}: {response.text[:200]}")
    problem = failure.error if isinstance(failure, _Failure) else failure[0].error
    return Refused(problem.status, problem.message)
