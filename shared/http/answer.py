"""What a server answered, and its body within bounds."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final

from shared.http.gate import FetchError
from shared.model import DAY, Seconds

LARGEST_BODY: Final = 5_000_000  # bytes, as sent and after decompression
LARGEST_RATIO: Final = 150  # bytes out per byte in; feeds reach about 20
_PIECE: Final = 65_536
_TOO_LARGE: Final = f"Isi lebih besar dari {LARGEST_BODY // 1_000_000} MB"
_MAX_AGE: Final = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered: header names in lower case, the body decompressed, the URL after redirects."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes

    def retry_after(self, now: Seconds) -> Seconds:
        """How long the server asks to be left alone, in seconds or until a date; 0 where it says nothing usable."""
        text = self.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            return int(text[:9])
        return _until(text, now)

    def dated(self) -> Seconds:
        """What time it was at the server when it answered; 0 where it does not say, or where a cache answered in its place."""
        age = self.headers.get("age", "").strip()
        return 0 if age and age != "0" else _until(self.headers.get("date", "").strip(), 0)

    def fresh_for(self, now: Seconds) -> Seconds:
        """How long the server says that its answer stays as it is (RFC 9111: max-age, else Expires), at most a day."""
        control = self.headers.get("cache-control", "")
        if re.search(r"no-(?:cache|store)", control, re.IGNORECASE):
            return 0
        if found := _MAX_AGE.search(control):
            age = self.headers.get("age", "").strip()
            return min(DAY, max(0, int(found[1]) - (int(age[:9]) if age.isascii() and age.isdigit() else 0)))
        return min(DAY, _until(self.headers.get("expires", "").strip(), now))


def unpacked(chunks: Iterable[bytes], coding: str) -> bytes:
    """The body, decompressed piece by piece; raises FetchError where it is too large, swells too much, or cannot be read.

    What follows the end of a gzip stream is taken in, so that the connection can be used again, and dropped; it counts as sent.
    """
    if coding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError(f"Isi dikemas dengan cara yang tidak dikenal ({coding[:20]})")
    unpack = zlib.decompressobj(wbits=31) if coding.endswith("gzip") else None
    body, received = bytearray(), 0
    for chunk in chunks:
        received += len(chunk)
        if received > LARGEST_BODY:
            raise FetchError(_TOO_LARGE)
        rest = b"" if unpack and unpack.eof else chunk
        while rest:
            try:
                body += unpack.decompress(rest, _PIECE) if unpack else rest
            except zlib.error as error:
                raise FetchError("Isi terkompresi rusak") from error
            rest = unpack.unconsumed_tail if unpack else b""
            if len(body) > max(4 * _PIECE, LARGEST_RATIO * (received - len(rest))):
                raise FetchError("Isi membengkak tidak wajar ketika dibuka")
            if len(body) > LARGEST_BODY:
                raise FetchError(_TOO_LARGE)
    return bytes(body)


def _until(text: str, now: Seconds) -> Seconds:
    """Seconds until a date as headers write it; 0 where it is past or none."""
    try:
        return max(0, int(parsedate_to_datetime(text).timestamp()) - now)
    except (ValueError, OverflowError):
        return 0
