"""The archive as a bucket of Cloud Storage, over its JSON API: https://cloud.google.com/storage/docs/json_api/v1/objects/insert."""

from __future__ import annotations

from typing import Final

import httpx

from shared.gcp.token import Token
from shared.ports import Retryable
from shared.tls import trusted

DEADLINE: Final = 120.0  # seconds for one upload: a large day is some 10 MB


class BucketArchive:
    """Objects of one bucket."""

    def __init__(self, bucket: str, emulator: str = "", deadline: float = DEADLINE) -> None:
        """`emulator`: host:port of a stand-in; empty for the cloud."""
        root = f"http://{emulator}" if emulator else "https://storage.googleapis.com"
        self._url = f"{root}/upload/storage/v1/b/{bucket}/o"
        self._client = httpx.Client(verify=trusted(), timeout=deadline, trust_env=False)
        self._token = None if emulator else Token(self._client)

    def put(self, name: str, data: bytes) -> None:
        """Keep these bytes under this name, in place of what was there.

        Raises Retryable where it was not done: a missing right or bucket is put right by an operator.
        """
        headers = {
            "Authorization": f"Bearer {self._token.value() if self._token else 'owner'}",
            "Content-Type": "application/gzip",
        }
        try:
            answer = self._client.post(self._url, params={"uploadType": "media", "name": name}, content=data, headers=headers)
        except httpx.RequestError as error:
            raise Retryable(f"{self._url}: {error!r}") from error
        if answer.status_code != httpx.codes.OK:
            raise Retryable(f"Cloud Storage did not keep {name}: HTTP {answer.status_code} {answer.text[:200]}")

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()
