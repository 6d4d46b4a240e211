"""What each form has said so far, so that a second tap is told so, and what is said anew after something else is done anew.

Only of this process and bounded: detect knows the ids of deeds for longer, and applies none twice, however often it comes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

from shared.links import FORM
from shared.model import Seconds

MOST: Final = 10_000  # forms that are remembered


class Used:
    """Remembers the latest forms, each with the ids of its messages; safe between threads."""

    def __init__(self, most: int = MOST) -> None:
        """No form was sent yet."""
        self._most = most
        self._sent: OrderedDict[str, tuple[Seconds, tuple[str, ...]]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many forms are remembered."""
        return len(self._sent)

    def said(self, form: str, now: Seconds) -> tuple[str, ...]:
        """The messages of this form that the broker has, in order; none once no such form can be open any more.

        While one is on its way (two taps) it is not among them: twice does no harm, losing it would.
        """
        at, messages = self._sent.get(form, (now, ()))
        return messages if now - at < FORM else ()

    def add(self, form: str, message: str, now: Seconds) -> None:
        """The broker has this message; twice in a row is once."""
        with self._lock:
            before = self.said(form, now)
            self._sent[form] = now, before if before[-1:] == (message,) else (*before, message)
            self._sent.move_to_end(form)
            while len(self._sent) > self._most:
                self._sent.popitem(last=False)
