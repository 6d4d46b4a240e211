"""When a source is asked again: by its own rhythm, by what its server says, and longer each time while it fails.

All from what was seen, none by chance: two rounds with the same past choose the same times.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from itertools import pairwise
from statistics import median_low
from typing import Final, NamedTuple

from shared.model import DAY, HOUR, Seconds

LEAST_DATES: Final = 5  # of a feed, before its rhythm is known
MOST_DATES: Final = 50  # the newest: what was usual last year says nothing
LONGEST_REST: Final[Seconds] = 1800  # of a source that works, unless its configured interval is longer
LONGEST_BACKOFF: Final[Seconds] = HOUR
BROKEN_AFTER: Final = 8  # failures in a row: about five hours at the usual interval
BROKEN_REST: Final[Seconds] = 6 * HOUR


class Rhythm(NamedTuple):
    """How a source publishes; zeros where too little is known."""

    pace: Seconds = 0  # between two items, as a median
    longest: Seconds = 0  # between two items, the longest of late


def rhythm(published: Iterable[Seconds], now: Seconds) -> Rhythm:
    """The rhythm of a feed with items of these times; 0 and times to come are none."""
    times = sorted({at for at in published if 0 < at <= now}, reverse=True)[:MOST_DATES]
    if len(times) < LEAST_DATES:
        return Rhythm()
    gaps = [newer - older for newer, older in pairwise(times)]
    return Rhythm(median_low(gaps), max(gaps))


def rest(every: Seconds, pace: Seconds, silence: Seconds, fresh_for: Seconds = 0, says: Seconds = 0) -> Seconds:
    """How long a source that works is left alone: its interval, or longer where asking sooner would bring nothing.

    That is: while its server vouches for the answer (`fresh_for`), and where it publishes seldom (a quarter of its pace) or
    sleeps (an eighth of its silence so far); but not longer than it `says` that it stays unchanged, nor than LONGEST_REST.
    """
    seldom = max(pace // 4, silence // 8) if pace else 0
    return max(every, min(fresh_for, LONGEST_REST), min(seldom, says or LONGEST_REST, LONGEST_REST))


def backoff(source: str, streak: int, every: Seconds) -> Seconds:
    """How long a source rests after so many failures in a row: twice as long each time, up to an hour.

    After BROKEN_AFTER failures the circuit is open: one try in BROKEN_REST, until one succeeds. Up to a tenth less, by a hash, so
    that sources that failed together do not come back together.
    """
    broken = streak >= BROKEN_AFTER
    longest = BROKEN_REST if broken else LONGEST_BACKOFF
    wait = longest if broken else min(longest, every << min(streak - 1, 12))
    share = int.from_bytes(sha256(f"{source}/{streak}".encode()).digest()[:4]) / 2**32
    return min(DAY, round(wait * (1 - share / 10)))
