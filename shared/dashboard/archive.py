"""The hours that are over, read backwards: mentions for search and for the complaints' page, within a bounded number of reads.

Hours are those of arrival. A read of an hour costs one document a part, and one where there is none. An hour is written ten
minutes after its end and hardly ever changes, so it is remembered for a while, within a bounded memory; what officers put right
meanwhile is laid over it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from shared.deskview import LaidMarks
from shared.model import HOUR, Seconds
from shared.ports import Store
from shared.views import unpack

if TYPE_CHECKING:
    from shared.deeds import Kept, Marks

SHARD: Final = "0"
MOST_DOCUMENTS: Final = 72  # a request
KEPT_BYTES: Final = 16_000_000  # of compressed hours that are remembered
KEPT_SECONDS: Final[Seconds] = 600


@dataclass
class Span:
    """What a request has looked through so far: hours from `start` up to `end`, exclusive."""

    start: Seconds
    end: Seconds
    documents: int = 0
    widest: int = 1  # documents of the hour that had most of them

    @property
    def spent(self) -> bool:
        """Whether another hour, as wide as the widest so far, would be more than a request may read."""
        return self.documents + self.widest > MOST_DOCUMENTS


class Archive:
    """Hours of one shard; threads may share it."""

    def __init__(self, store: Store, clock: Callable[[], Seconds]) -> None:
        """Over this store; the clock only tells for how long an hour has been remembered."""
        self._store = store
        self._clock = clock
        self._kept: OrderedDict[Seconds, tuple[Seconds, tuple[bytes, ...]]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def backwards(self, end: Seconds, oldest: Seconds, span: Span) -> Iterator[list[Kept]]:
        """The mentions of each hour before `end`, the newest hour first, down to `oldest` or until the reads are spent.

        They are as officers have put them right, also where no hour says so yet: that costs one more read, which does not count.
        `span` always says what has been looked through. Raises Retryable as the store does.
        """
        from shared.detect.storing.columns import unpack_kept  # brings along detect's records: only who searches waits for it
        from shared.rulings import overlaid, ruled

        lately, hour = self._lately(), end - HOUR
        while hour >= oldest and not span.spent:
            parts = self._parts(hour, span)
            span.start = hour
            yield [ruled(overlaid(kept, lately)) for part in parts for kept in unpack_kept(part)]
            hour -= HOUR

    def _lately(self) -> Mapping[str, Marks]:
        """What officers have put right of late, by mention."""
        view = unpack(self._store.read(["views/marks"])[0], LaidMarks)
        return view.mentions if view else {}

    def _parts(self, hour: Seconds, span: Span) -> tuple[bytes, ...]:
        """The documents of an hour; each counts, remembered or not, so that a request's span does not depend on luck."""
        from shared.detect.storing.hours import MOST_PARTS, hour_name

        now = self._clock()
        read_at, parts = self._kept.get(hour, (0, ()))
        if not read_at or now - read_at > KEPT_SECONDS:
            name = hour_name(SHARD, hour)
            parts = tuple(document.data for _, document in self._store.scan("hours", name, f"{name}.", MOST_PARTS))
            self._remember(hour, now, parts)
        span.documents += max(1, len(parts))
        span.widest = max(span.widest, len(parts))
        return parts

    def _remember(self, hour: Seconds, now: Seconds, parts: tuple[bytes, ...]) -> None:
        with self._lock:  # requests come in threads: two that read the same hour must not count it twice
            self._forget(hour)
            self._kept[hour] = now, parts
            self._size += sum(map(len, parts))
            while self._size > KEPT_BYTES and self._kept:
                self._forget(next(iter(self._kept)))

    def _forget(self, hour: Seconds) -> None:
        _, parts = self._kept.pop(hour, (0, ()))
        self._size -= sum(map(len, parts))
