"""Asking only for what changed: a server's validators are kept as the cursor and sent back to it."""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import Struct

from shared.http import Client, Response
from shared.model import HOUR, Seconds
from shared.sources.contract import Question, SourceError

LONGEST_WAIT: Final[Seconds] = 6 * HOUR  # of what a source asks for
_LONGEST_VALIDATOR: Final = 200
_REFUSALS: Final = {
    401: "akses ditolak",
    403: "akses ditolak",
    404: "alamat umpan tidak ditemukan",
    410: "umpan sudah ditutup",
    429: "terlalu sering",
}


class Validators(Struct, frozen=True, array_like=True):
    """The cursor: what the server wants to hear back, for the URL that it belongs to."""

    url: str
    etag: str
    modified: str


def get_if_changed(client: Client, question: Question, accept: str, seconds: float) -> Response | None:
    """What lies at the source's URL; None where it is as the cursor knows it. Raises SourceError, FetchError or AddressError."""
    url = question.source.url
    known = _known(question.cursor, url)
    response = client.get(url, _headers(known, accept), url.startswith("http://"), seconds)
    if response.status == 304 and (known.etag or known.modified):  # else there is nothing that it could be the same as
        return None
    if response.status != 200:
        raise refused(response, question.now)
    return response


def validators(url: str, response: Response) -> str:
    """The cursor after an answer; absurdly long or odd validators are not kept."""
    etag, modified = (_plain(response.headers.get(name, "")) for name in ("etag", "last-modified"))
    return msgspec.json.encode(Validators(url, etag, modified)).decode()


def refused(response: Response, now: Seconds) -> SourceError:
    """What an answer without content means."""
    status = response.status
    reason = _REFUSALS.get(status) or ("sedang bermasalah" if status >= 500 else "bukan jawaban yang diharapkan")
    return SourceError(f"Sumber menjawab {status}: {reason}", min(response.retry_after(now), LONGEST_WAIT))


def _known(cursor: str, url: str) -> Validators:
    """The validators of the last answer; none where there was none or the URL has changed."""
    try:
        known = msgspec.json.decode(cursor, type=Validators)
    except msgspec.MsgspecError:
        return Validators(url, "", "")
    return known if known.url == url else Validators(url, "", "")


def _headers(known: Validators, accept: str) -> dict[str, str]:
    headers = {"accept": accept, "if-none-match": known.etag, "if-modified-since": known.modified}
    return {name: value for name, value in headers.items() if value}


def _plain(value: str) -> str:
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR else ""
