"""The access token of the function's own service account, from the metadata server of Google Cloud."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import Final

import httpx
import msgspec
from msgspec import Struct

from shared.model import Seconds
from shared.ports import Retryable

METADATA: Final = "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token"
MARGIN: Final[Seconds] = 60  # a token is renewed so long before it expires


class _Granted(Struct):
    access_token: str
    expires_in: Seconds


class Token:
    """A token that is asked for when first needed, kept, and renewed in time. Threads may share it."""

    def __init__(self, client: httpx.Client, url: str = METADATA, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds from anywhere."""
        self._client = client
        self._url = url
        self._clock = clock
        self._lock = Lock()
        self._value = ""
        self._renew_at = 0.0

    def value(self) -> str:
        """A token that is valid for at least a minute; raises Retryable where none is to be had."""
        with self._lock:
            if not self._value or self._clock() >= self._renew_at:
                granted = self._ask()
                self._value, self._renew_at = granted.access_token, self._clock() + granted.expires_in - MARGIN
            return self._value

    def _ask(self) -> _Granted:
        try:
            response = self._client.get(self._url, headers={"Metadata-Flavor": "Google"}).raise_for_status()
            return msgspec.json.decode(response.content, type=_Granted)
        except (httpx.HTTPError, msgspec.MsgspecError) as error:
            raise Retryable(f"no token from {self._url} (it exists only on Google Cloud): {error}") from error
