"""One POST to a service, and what its answer means: accepted, later, or never. Reasons never hold a secret.

| answer | outcome |
|---|---|
| 2xx | delivered |
| 408, 421, 425, 429 | later, after the pause that is asked for |
| 401, 403, 404, 405 | later: a proxy that is set up anew says so; a token or secret address that a person can put right |
| other 4xx | never; where the place itself is gone (410, and what a service says so with): left alone from then on |
| anything else, or none | later |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import msgspec

from shared.model import Seconds
from shared.notices import Delivered, Later, Never, Outcome
from shared.ports import Permanent, Retryable
from shared.text import one_line, tidy

if TYPE_CHECKING:
    from shared.http import Client, Response

PATIENT: Final = (408, 421, 425, 429)  # client errors that pass: timeout, wrong connection, too early, too many
MENDABLE: Final = (401, 403, 404, 405)  # refusals of whoever comes, whatever the message is
GONE: Final = (410,)
HIDDEN: Final = "(rahasia)"
LONGEST_DETAIL: Final = 160  # characters of what a service says about its refusal
LEAST_SECRET: Final = 6  # characters; less is no secret and may be part of any word
LEAST_PIECE: Final = 12  # characters of a part of an address: "services" and "messages" are words

Judge = Callable[["Response", Seconds], Outcome]

encode = msgspec.json.encode


def post(
    client: Client,
    url: str,
    payload: object,
    now: Seconds,
    judge: Judge,
    headers: Mapping[str, str] | None = None,
    *,
    secret: str,
) -> Outcome:
    """POST a payload as JSON once, and judge the answer. `secret` is blotted out of whatever is said about it."""
    sent = {"Content-Type": "application/json; charset=utf-8", **(headers or {})}
    try:
        outcome = judge(client.post(url, encode(payload), sent), now)
    except Retryable as error:
        outcome = Later(str(error), answered=False)
    except Permanent as error:  # an address that may not be opened
        outcome = Never(str(error))
    match outcome:
        case Later(reason, after, answered):
            return Later(hide(reason, secret), after, answered)
        case Never(reason, gone):
            return Never(hide(reason, secret), gone)
    return outcome


def judge(reply: Response, now: Seconds, gone: tuple[int, ...] = GONE, after: Seconds = 0) -> Outcome:
    """What an answer means by its status. `gone`: statuses of a place that is no more; `after`: a pause told in the body."""
    status, detail = reply.status, said(reply)
    tail = f": {detail}" if detail else ""
    if 200 <= status < 300:
        return Delivered()
    if status in gone:
        return Never(f"penerima sudah tidak ada ({status}){tail}", gone=True)
    if 400 <= status < 500 and status not in PATIENT:
        reason = f"penerima menolak dengan {status}{tail}"
        return Later(reason, reply.retry_after(now)) if status in MENDABLE else Never(reason)
    return Later(f"penerima menjawab {status}{tail}", max(after, reply.retry_after(now)))


def said(reply: Response) -> str:
    """What a service says about its refusal, on one line; empty where that is a page for people or nothing."""
    if reply.status < 400:
        return ""
    answer = fields(reply)
    error = answer.get("error")
    found = error.get("message") if isinstance(error, dict) else error
    text = found or answer.get("description") or answer.get("message")
    if not isinstance(text, str):
        plain = reply.headers.get("content-type", "").startswith("text/plain")
        text = reply.body[: 4 * LONGEST_DETAIL].decode("utf-8", "replace") if plain else ""
    return one_line(tidy(text[: 4 * LONGEST_DETAIL]), LONGEST_DETAIL)


def fields(reply: Response) -> dict[str, Any]:
    """The answer's JSON object; empty where it is none."""
    try:
        return msgspec.json.decode(reply.body, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}


def hide(text: str, secret: str) -> str:
    """A text without a secret: whole, or the parts of a secret address, however a service repeats it."""
    parts = urlsplit(secret) if "://" in secret else None
    pieces = [*parts.path.split("/"), *parts.query.replace("=", "&").split("&")] if parts else secret.split(":")
    hidden = {piece for piece in pieces if len(piece) >= LEAST_PIECE} | ({secret} if len(secret) >= LEAST_SECRET else set())
    for piece in sorted(hidden, key=lambda one: (-len(one), one)):
        text = text.replace(piece, HIDDEN)
    return text
