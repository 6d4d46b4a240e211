"""Whether this computer's clock can be right, from what the servers of sources say: a wrong one must not get into the data.

All that detect keeps is ordered by time, and time never runs back: what a clock that was ahead has written stands in the way
until that date. So a round whose clock nearly all servers contradict, with one voice, ends before it has written anything.
Servers may err alike, too, as those that tell local time as if it were UTC: with more than one in five on our side it goes on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from statistics import median_low
from typing import Final
from urllib.parse import urlsplit

from shared.config.schema import SourceConfig
from shared.indonesian import stamp
from shared.model import HOUR, Seconds
from shared.ports import Retryable

LEAST: Final = 5  # hosts that have to be asked
WRONG: Final[Seconds] = HOUR
NEAR: Final[Seconds] = 600  # caches tell old dates, each another one; those of clocks agree
MOST: Final = 0.8  # of them, that have to agree


def own_clocks(sources: Iterable[SourceConfig], clocks: Mapping[str, Seconds]) -> list[Seconds]:
    """What time it was at the hosts of these sources, each once; no others count: one feed may lead us to as many as it likes."""
    hosts = {urlsplit(source.url).hostname or "" for source in sources}
    return [clocks[host] for host in hosts if host in clocks]


def check_clock(told: Collection[Seconds], now: Seconds, zone: str) -> None:
    """Raise Retryable where the clocks of enough hosts (`told`, when each answered last) agree that `now` is hours off."""
    if len(told) < LEAST:
        return
    theirs = median_low(told)
    agree = sum(abs(one - theirs) <= NEAR for one in told)
    if abs(theirs - now) > WRONG and agree >= MOST * len(told):
        raise Retryable(f"jam komputer ini {stamp(now, zone)}, menurut {agree} situs {stamp(theirs, zone)}: betulkan jamnya")
