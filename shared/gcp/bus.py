"""The Bus on Pub/Sub, by the official client."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import wait
from typing import Any

from google.cloud import pubsub_v1

from shared.gcp.clients import DEADLINE, FAILURES, retrying, signed_in, status_of
from shared.gcp.errors import bus_error
from shared.limits import check_messages
from shared.settings import Settings


class PubSubBus:
    """Bus of the functions whose process lives on (detect, report)."""

    def __init__(self, settings: Settings, deadline: float = DEADLINE) -> None:
        """`deadline`: seconds that one publish may take with its retries."""
        self._project = settings.project
        self._deadline = deadline
        with signed_in():
            self._client: Any = pubsub_v1.PublisherClient(
                # One publish is one call of ours, so send what it holds in as few requests as the broker takes (10 MB, 1,000
                # messages) and do not wait for more to come than the loop below needs to hand them over.
                batch_settings=pubsub_v1.types.BatchSettings(max_bytes=9_000_000, max_messages=1_000, max_latency=0.005),
                publisher_options=pubsub_v1.types.PublisherOptions(
                    # The default tries for 10 minutes, long after our caller's push has failed and been repeated.
                    retry=retrying(deadline),
                    timeout=deadline,
                    # No flow control: the caller holds all messages in memory anyway, and waits for all of them.
                    flow_control=pubsub_v1.types.PublishFlowControl(
                        limit_exceeded_behavior=pubsub_v1.types.LimitExceededBehavior.IGNORE
                    ),
                ),
            )

    def close(self) -> None:
        """Give the connection back."""
        self._client.stop()
        self._client.transport.close()

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        """Return once the broker has accepted every message; raise Retryable if it may not have."""
        check_messages(messages)
        address = self._client.topic_path(self._project, topic)
        try:
            # no future is left behind: one that fails later would be acknowledged unseen
            futures = [self._client.publish(address, data) for data in messages]
            wait(futures, self._deadline)
            for future in futures:
                future.result(0)
        except FAILURES as error:
            raise bus_error(status_of(error), str(error), topic) from error
