"""Politeness between requests: a host answers one of them at a time, and has a pause before the next."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from shared.http.gate import Exchange, FetchError

_MOST_HOSTS: Final = 1_000  # that are remembered; redirects may lead to ever new ones


@dataclass
class _Host:
    """One host: who is with it, and when the next may come."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


class Turns:
    """Hands out turns; shared by all threads of a client."""

    def __init__(self, spacing: float, elapsed: Callable[[], float], pause: Callable[[float], None] = time.sleep) -> None:
        """`spacing`: seconds from the end of an answer to the next request; `elapsed` is a clock in seconds."""
        self._spacing = spacing
        self._elapsed = elapsed
        self._pause = pause
        self._hosts: dict[str, _Host] = {}
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, host: str, exchange: Exchange) -> Iterator[None]:
        """The host for oneself; raises FetchError where its turn would come after the exchange's end."""
        one = self._host(host)
        if not one.turn.acquire(timeout=exchange.left()):
            raise FetchError("Giliran ke situs ini tidak tiba dalam waktu yang diberikan")
        try:
            wait = one.free_at - self._elapsed()
            if wait >= exchange.left():
                raise FetchError("Giliran ke situs ini tidak tiba dalam waktu yang diberikan")
            if wait > 0:
                self._pause(wait)
            try:
                yield
            finally:
                one.free_at = self._elapsed() + self._spacing
        finally:
            one.turn.release()

    def _host(self, host: str) -> _Host:
        with self._guard:
            if len(self._hosts) >= _MOST_HOSTS and host not in self._hosts:
                now = self._elapsed()
                self._hosts = {name: one for name, one in self._hosts.items() if one.turn.locked() or one.free_at > now}
            return self._hosts.setdefault(host, _Host())
