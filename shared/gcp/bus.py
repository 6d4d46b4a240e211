"""The Bus on Pub/Sub, by the official client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from google.pubsub_v1.services.publisher import PublisherClient

from shared.gcp.clients import DEADLINE, FAILURES, retrying, signed_in, status_of
from shared.gcp.errors import bus_error
from shared.gcp.requests import requests
from shared.limits import check_messages
from shared.settings import Settings


class PubSubBus:
    """Bus of detect, whose process lives on.

    By the client that sends a request when it is told to, not by the one of `google.cloud.pubsub_v1`, which gathers messages of
    many callers: its threads go on trying after the caller was told that a publish failed, and after the connection is closed.
    """

    def __init__(self, settings: Settings, deadline: float = DEADLINE) -> None:
        """`deadline`: seconds that one request may take with its retries."""
        self._project = settings.project
        self._deadline = deadline
        with signed_in():
            self._client: Any = PublisherClient()

    def close(self) -> None:
        """Give the connection back."""
        self._client.transport.close()

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        """Return once the broker has accepted every message; raise Retryable if it may not have."""
        check_messages(messages)
        address = PublisherClient.topic_path(self._project, topic)
        for part in requests(messages):
            request = {"topic": address, "messages": [{"data": data} for data in part]}
            try:
                self._client.publish(request, retry=retrying(self._deadline), timeout=self._deadline)
            except FAILURES as error:
                raise bus_error(status_of(error), str(error), topic) from error
