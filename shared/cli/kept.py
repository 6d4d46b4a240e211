"""Messages that were set aside, as `dlq` and `quarantine` list them: at most so many of a kind, and that there may be more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from shared.ports import Keep, Kept

MOST: Final = 500  # of a kind at once: each stands in memory
MORE: Final = "Mungkin masih ada lagi sesudah yang ini."


def kept(keep: Keep) -> list[Kept]:
    """Dead letters, then those in quarantine."""
    return keep.kept(MOST)


def crowded(messages: Iterable[Kept]) -> bool:
    """Whether there may be more than were looked at."""
    return max(Counter(one.kind for one in messages).values(), default=0) >= MOST
