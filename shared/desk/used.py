"""Which forms were sent, and with what: one form is good for one deed.

Only of this process and bounded: detect knows the ids of deeds for longer, and applies none twice, however often it comes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final, Literal

MOST: Final = 10_000  # forms that are remembered

Claim = Literal["new", "again", "other"]


class Used:
    """Remembers the latest forms; safe between threads."""

    def __init__(self, most: int = MOST) -> None:
        """No form was sent yet."""
        self._most = most
        self._sent: OrderedDict[str, tuple[str, bool]] = OrderedDict()  # form -> content, and whether it is published
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many forms are remembered."""
        return len(self._sent)

    def claim(self, form: str, content: str) -> Claim:
        """Whether a form may be published with this content: "new", "again" where it is already, "other" where it had another.

        While the same is on its way (two taps), it is new once more: publishing twice does no harm, losing it would.
        """
        with self._lock:
            known, published = self._sent.setdefault(form, (content, False))
            while len(self._sent) > self._most:
                self._sent.popitem(last=False)
        if known != content:
            return "other"
        return "again" if published else "new"

    def published(self, form: str, content: str) -> None:
        """The broker has it."""
        with self._lock:
            if form in self._sent:  # else it is forgotten already
                self._sent[form] = (content, True)

    def release(self, form: str) -> None:
        """It could not be published: it may be sent again, also with other content."""
        with self._lock:
            if self._sent.get(form, ("", True))[1] is False:
                del self._sent[form]
