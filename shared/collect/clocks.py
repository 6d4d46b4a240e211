"""Whether this computer's clock can be right, from what the servers of sources say: a wrong one must not get into the data.

All that detect keeps is ordered by time, and time never runs back: what a clock that was ahead has written stands in the way
until that date. So a round whose clock most servers contradict ends before it has written anything.
"""

from __future__ import annotations

from collections.abc import Collection
from statistics import median_low
from typing import Final

from shared.indonesian import stamp
from shared.model import HOUR, Seconds
from shared.ports import Retryable

LEAST: Final = 3  # hosts that have to agree
WRONG: Final[Seconds] = HOUR
NEAR: Final[Seconds] = 600  # caches tell old dates, each another one; those of clocks agree
MOST: Final = 2 / 3


def check_clock(told: Collection[Seconds], now: Seconds, zone: str) -> None:
    """Raise Retryable where the clocks of enough hosts (`told`, when each answered last) agree that `now` is hours off."""
    if len(told) < LEAST:
        return
    theirs = median_low(told)
    agree = sum(abs(one - theirs) <= NEAR for one in told)
    if abs(theirs - now) > WRONG and agree >= MOST * len(told):
        raise Retryable(f"jam komputer ini {stamp(now, zone)}, menurut {agree} situs {stamp(theirs, zone)}: betulkan jamnya")
