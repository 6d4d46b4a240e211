"""How many findings are taken from chats within an hour."""

from __future__ import annotations

from typing import Final

from shared.model import HOUR, Seconds
from shared.pacing import Buckets

MOST_AN_HOUR: Final = 30  # findings of one chat
MOST_ALTOGETHER: Final = 300


class Pace:
    """What chats have brought in lately."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._chats, self._all = Buckets(MOST_AN_HOUR, HOUR), Buckets(MOST_ALTOGETHER, HOUR)

    def refuses(self, chat: int, now: Seconds) -> bool:
        """Whether this chat, or all together, have brought in enough for now; else it counts."""
        return bool(self._chats.wait(str(chat), now) or self._all.wait("", now))
