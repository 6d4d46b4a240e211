"""What a process has used since it was last asked. Threads may share it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from shared.guard.spent import Spent


class Tally:
    """A sum, and a stopwatch that runs while at least one request is worked on: so Cloud Run bills."""

    def __init__(self, cpu: float = 1.0, region: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        """`cpu`: vCPU of this process; `region` decides how much is free; `clock` counts seconds from anywhere."""
        self.region = region
        self._cpu, self._clock = cpu, clock
        self._lock = Lock()
        self._used = Spent()
        self._working = 0  # requests
        self._since = 0.0

    def add(self, more: Spent) -> None:
        """Count."""
        with self._lock:
            self._used = self._used.plus(more)

    def take(self) -> Spent:
        """What was used since the last call, requests in progress up to now."""
        with self._lock:
            self._read_watch()
            used, self._used = self._used, Spent()
        return used

    @contextmanager
    def working(self) -> Iterator[None]:
        """Around the work on a request."""
        with self._lock:
            self._read_watch()
            self._working += 1
        try:
            yield
        finally:
            with self._lock:
                self._read_watch()
                self._working -= 1

    def _read_watch(self) -> None:
        now = self._clock()
        if self._working:
            self._used = self._used.plus(Spent(cpu_ms=round((now - self._since) * 1_000 * self._cpu)))
        self._since = now
