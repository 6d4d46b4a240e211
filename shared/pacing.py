"""How often somebody may ask: token buckets, so that a crawler eats neither the day's free reads nor the processor."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

from shared.model import Seconds

MOST_CALLERS: Final = 4_096  # remembered at once; who comes back after being forgotten begins anew


def last_hop(forwarded_for: str, remote: str, behind_proxy: bool) -> str:
    """The address that asks. Behind Cloud Run the last one of X-Forwarded-For: what a caller writes there stands before it."""
    seen = forwarded_for.rpartition(",")[2].strip()
    return seen if seen and behind_proxy else remote


class Buckets:
    """For each caller a bucket that holds `most` requests and fills up within `seconds`; safe between threads."""

    def __init__(self, most: int, seconds: Seconds) -> None:
        """All buckets are full at first."""
        self._most = most
        self._seconds = seconds
        self._kept: OrderedDict[str, tuple[float, Seconds]] = OrderedDict()
        self._lock = threading.Lock()

    def give(self, caller: str, unused: int) -> None:
        """Put back what was taken out and not used."""
        with self._lock:
            if unused > 0 and caller in self._kept:
                left, at = self._kept[caller]
                self._kept[caller] = (min(self._most, left + unused), at)

    def wait(self, caller: str, now: Seconds, cost: int = 1) -> Seconds:
        """Take out `cost` requests; 0 where they were there, else in how many seconds they will be (nothing is taken)."""
        with self._lock:
            left, at = self._kept.pop(caller, (float(self._most), now))
            left = min(self._most, left + max(0, now - at) * self._most / self._seconds)
            short = cost - left
            self._kept[caller] = (left - cost if short <= 0 else left, max(at, now))
            while len(self._kept) > MOST_CALLERS:
                self._kept.popitem(last=False)
        return 0 if short <= 0 else max(1, -int(-short * self._seconds // self._most))
