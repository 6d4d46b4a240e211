"""The simulated internet: feeds that grow as the day goes, answers that take their time or never come, receivers that say thanks.

It stands below the guarded client, in place of the network alone: redirects, turns and conditional requests are the real ones.
"""

from __future__ import annotations

import heapq
import random
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from shared.collect.asking import AT_ONCE, BUDGET_SECONDS
from shared.http import SECONDS, Client, FetchError, Response
from shared.meter.feeds import Story, feed
from shared.meter.sizes import QUESTION_BYTES, RECEIVER_S
from shared.model import Seconds

ITEMS: Final = 30  # of a feed
LATENCY: Final = 0.7  # seconds, median of a log-normal distribution
SPREAD: Final = 0.6  # sigma of its logarithm
HANGING: Final = 0.05  # share of requests that are never answered


class Traffic(NamedTuple):
    """What went out to the internet."""

    seconds: float  # that sources took, asked side by side and within collect's budget, and receivers, one after the other
    sent_bytes: int


class SimulatedClient(Client):
    """The guarded client with this internet below it. Choices depend on address and time, not on which thread comes first."""

    def __init__(self, outlets: Sequence[str], items: int = ITEMS) -> None:
        """`outlets`: the hosts that have a feed, of so many items."""
        super().__init__("Kentongan/0.1 (meter)")
        self.now: Seconds = 0
        self._feeds: dict[str, deque[Story]] = {host: deque(maxlen=items) for host in outlets}
        self._editions = dict.fromkeys(outlets, 0)
        self._taken: dict[str, float] = {}
        self._received: list[int] = []

    def publish(self, host: str, story: Story) -> None:
        """Put a story on top of an outlet's feed."""
        self._feeds[host].appendleft(story)
        self._editions[host] += 1

    def exchange(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, allow_http: bool) -> Response:
        """One request and its answer."""
        if method == "POST":
            self._received.append(len(body or b""))
            return Response(204, url, {}, b"")
        host = urlsplit(url).netloc
        chance = random.Random(f"{host} {self.now}")  # noqa: S311 - a simulation
        if chance.random() < HANGING:
            self._taken[host] = SECONDS
            raise FetchError("Tidak selesai menjawab dalam waktu yang diberikan")
        self._taken[host] = min(SECONDS, LATENCY * chance.lognormvariate(0, SPREAD))
        tag = f'"{self._editions[host]}"'
        if headers.get("if-none-match") == tag:
            return Response(304, url, {"etag": tag}, b"")
        return Response(200, url, {"etag": tag}, feed(self._feeds[host]))

    def settle(self) -> Traffic:
        """What went out since the last call, and how long it took."""
        free = [0.0] * AT_ONCE
        for host in sorted(self._taken):
            heapq.heappush(free, heapq.heappop(free) + self._taken[host])
        asked, told = len(self._taken), len(self._received)
        sent = (asked + told) * QUESTION_BYTES + sum(self._received)
        self._taken.clear()
        self._received.clear()
        return Traffic(min(max(free), BUDGET_SECONDS + 1) + told * RECEIVER_S, sent)
