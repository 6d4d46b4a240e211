"""Topics and subscriptions on the Pub/Sub emulator, laid out as Terraform lays them out in the cloud."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping
from typing import Any, Final

import httpx

from shared.messages import CONSUMERS, TOPICS
from tests.emulators import PROJECT

DEAD_LETTERS: Final = "dead-letters"
ATTEMPTS: Final = 5  # deliveries before a message becomes a dead letter: the fewest that Pub/Sub takes
DEADLINE: Final = 60  # seconds to acknowledge a push
BACKOFF: Final = ("1s", "10s")  # the cloud waits 10 s at least; the emulator may be in more of a hurry


class PubSub:
    """The broker's REST interface, as far as a test needs it."""

    def __init__(self, host: str) -> None:
        """`host` is the emulator's host:port."""
        self._client = httpx.Client(base_url=f"http://{host}/v1/projects/{PROJECT}/", timeout=30, trust_env=False)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def lay_out(self, urls: Mapping[str, str], attempts: int = ATTEMPTS) -> None:
        """All topics; a push subscription of each to the URL of its one stage; pull subscriptions of what no stage takes.

        What a stage publishes can be watched too: each topic has a second, pulled subscription "<topic>-watch".
        """
        for topic in [*TOPICS.values(), DEAD_LETTERS]:
            self._put(f"topics/{topic}", {})
            self.watch(topic, "watch")
        for topic, stage in CONSUMERS.items():
            self._subscribe(
                topic,
                topic,
                pushConfig={"pushEndpoint": urls[stage]},
                retryPolicy={"minimumBackoff": BACKOFF[0], "maximumBackoff": BACKOFF[1]},
                deadLetterPolicy={"deadLetterTopic": _name("topics", DEAD_LETTERS), "maxDeliveryAttempts": attempts},
            )

    def publish(self, topic: str, data: bytes) -> None:
        """Publish a message."""
        self._post(f"topics/{topic}:publish", {"messages": [{"data": base64.b64encode(data).decode()}]})

    def watch(self, topic: str, watcher: str) -> None:
        """Let somebody else, too, see what the topic carries from now on."""
        self._subscribe(topic, f"{topic}-{watcher}")

    def pull(self, topic: str, watcher: str = "watch") -> list[bytes]:
        """What the topic has carried since the last pull, as far as it is there already."""
        return self._pull(f"subscriptions/{topic}-{watcher}", at_once=True)

    def receive(self, topic: str, count: int, watcher: str = "watch") -> list[bytes]:
        """Wait until the topic has carried so many messages more, at most half a minute; what came, acknowledged."""
        came: list[bytes] = []
        deadline = time.monotonic() + 30
        while len(came) < count and time.monotonic() < deadline:
            came += self._pull(f"subscriptions/{topic}-{watcher}", at_once=False)
        return came

    def _pull(self, subscription: str, at_once: bool) -> list[bytes]:
        body = {"maxMessages": 1000, "returnImmediately": at_once}
        found = self._post(f"{subscription}:pull", body).get("receivedMessages", [])
        if found:
            self._post(f"{subscription}:acknowledge", {"ackIds": [one["ackId"] for one in found]})
        return [base64.b64decode(one["message"]["data"]) for one in found]

    def _subscribe(self, topic: str, name: str, **options: object) -> None:
        body = {"topic": _name("topics", topic), "ackDeadlineSeconds": DEADLINE, "expirationPolicy": {}, **options}
        self._put(f"subscriptions/{name}", body)

    def _put(self, path: str, body: Mapping[str, object]) -> None:
        self._client.put(path, json=body).raise_for_status()

    def _post(self, path: str, body: Mapping[str, object]) -> dict[str, Any]:
        answer: dict[str, Any] = self._client.post(path, json=body).raise_for_status().json()
        return answer


def _name(kind: str, name: str) -> str:
    return f"projects/{PROJECT}/{kind}/{name}"
