"""Which forms were published as they are, so that a second tap is told so.

Only of this process and bounded: detect knows the ids of deeds for longer, and applies none twice, however often it comes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

MOST: Final = 10_000  # forms that are remembered


class Used:
    """Remembers the latest forms by the ids of their messages; safe between threads."""

    def __init__(self, most: int = MOST) -> None:
        """No form was sent yet."""
        self._most = most
        self._sent: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many forms are remembered."""
        return len(self._sent)

    def __contains__(self, id: str) -> bool:
        """Whether the broker has it. While it is on its way (two taps) not yet: twice does no harm, losing it would."""
        return id in self._sent

    def add(self, id: str) -> None:
        """The broker has it."""
        with self._lock:
            self._sent[id] = None
            while len(self._sent) > self._most:
                self._sent.popitem(last=False)
