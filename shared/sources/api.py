"""Answers of programming interfaces: JSON of a documented shape, or a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeVar
from urllib.parse import urlencode

import msgspec

from shared.http import Client, Response
from shared.sources.conditional import LONGEST_WAIT
from shared.sources.contract import Question, SourceError

T = TypeVar("T")
_NOTHING: Final[Mapping[str, str]] = {}
_REASONS: Final = {
    400: "permintaan ditolak; periksa account, query, dan kunci",
    401: "kunci ditolak; perbarui rahasia sumber ini",
    403: "tidak diizinkan; periksa izin dan kuota kunci",
    404: "tidak ditemukan; periksa account dan url",
    429: "terlalu sering atau kuota habis",
}


class Refusal(SourceError):
    """The interface answered with an error; `body` is what it said."""

    def __init__(self, response: Response, question: Question) -> None:
        """The refusal that an answer stands for."""
        reason = _REASONS.get(response.status) or ("sedang bermasalah" if response.status >= 500 else "jawaban tidak dikenal")
        wait = min(response.retry_after(question.now), LONGEST_WAIT)
        super().__init__(f"Layanan menjawab {response.status}: {reason}", wait)
        self.status = response.status
        self.body = response.body


def get(
    client: Client,
    question: Question,
    address: str,
    parameters: Mapping[str, str],
    shape: type[T],
    headers: Mapping[str, str] = _NOTHING,
    share: float = 1.0,
) -> T:
    """The answer to a GET as `shape`; `share` of the question's time may go. Raises Refusal, or SourceError where it fits not."""
    url = f"{address}?{urlencode(parameters)}" if parameters else address
    sent = {"accept": "application/json", **headers}
    response = client.get(url, sent, url.startswith("http://"), question.seconds * share)
    return read(response, question, shape)


def read(response: Response, question: Question, shape: type[T]) -> T:
    """An answer as `shape`; raises Refusal where it is an error, SourceError where it is something else."""
    if response.status != 200:
        raise Refusal(response, question)
    try:
        return msgspec.json.decode(response.body, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise SourceError("Layanan menjawab dengan isi yang tidak seperti dokumentasinya") from error


def secret(question: Question) -> str:
    """The source's key; raises SourceError with the remedy where it is missing or could not stand in a header."""
    value = question.secret.strip()
    if value and value.isascii() and value.isprintable():
        return value
    raise SourceError(f"Kunci belum diisi: simpan di SECRET_{question.source.secret or '...'}")
