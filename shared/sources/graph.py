"""Meta's Graph API as Instagram and Facebook Pages use it: own account, own token, only what is written to the agency."""

from __future__ import annotations

from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from shared.http import Client
from shared.sources.api import Refusal, get, secret
from shared.sources.contract import Question, SourceError

T = TypeVar("T")
NEWEST: Final = "25"  # posts that are looked at
COMMENTS: Final = "comments.limit(50)"


class Problem(Struct, frozen=True):
    """An error as Meta writes it."""

    code: int = 0


class Failure(Struct, frozen=True):
    """The body of an error."""

    error: Problem = Problem()


_REMEDIES: Final = {
    4: "Meta membatasi aplikasi ini untuk sementara",
    10: "Izin aplikasi kurang; selesaikan App Review (docs/sources.md)",
    17: "Meta membatasi akun ini untuk sementara",
    32: "Meta membatasi halaman ini untuk sementara",
    190: "Token Meta sudah tidak berlaku; buat yang baru",
    200: "Izin aplikasi kurang; selesaikan App Review (docs/sources.md)",
}


def edge(client: Client, question: Question, name: str, fields: str, shape: type[T]) -> T:
    """An edge of the account, such as `media`; half of the time may go. Raises SourceError with what is to be done."""
    address = f"{question.source.url}/{question.source.account}/{name}"
    headers = {"authorization": f"Bearer {secret(question)}"}  # not in the address, where logs would see it
    try:
        return get(client, question, address, {"fields": fields, "limit": NEWEST}, shape, headers, 0.5)
    except Refusal as refusal:
        remedy = _REMEDIES.get(_code(refusal.body))
        if remedy is None:
            raise
        raise SourceError(remedy, refusal.wait) from refusal


def _code(body: bytes) -> int:
    """Meta's number of an error, 0 where it says none."""
    try:
        return msgspec.json.decode(body, type=Failure).error.code
    except (msgspec.MsgspecError, RecursionError):
        return 0
