"""The cost guard: what the program has used of its free quotas, and how it saves before they are gone.

Each stage counts what it uses and leaves the sum in `usage/<stage>`; collect reads them at each round and saves by steps.
Nothing that was collected is lost. Where a month's budget is given, see budget.py, its end pauses the jobs; billing stays on.
Where there are no quotas there is no tally (`Services.tally`), and nothing is counted and saved.

| step | from | what follows |
|---|---|---|
| 0 | | all as configured |
| 1 | 70 % of a day's documents, 85 % of a month's messages or CPU | sources rest twice as long; no second opinions |
| 2 | 85 % of a day, 95 % of a month, half of the month's budget where there is one | sources rest six times as long |
| 3 | 95 % of a day | no source is asked; report leaves expired documents for another day |
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Final

from shared.guard import costs
from shared.guard.ledger import RESETS_AT, Spent, leave, left, spent
from shared.guard.tally import Tally
from shared.meter.limits import limits
from shared.model import DAY, Seconds
from shared.ports import Store, Write

__all__ = ["STOPPED", "Spent", "heard", "leaving", "resting", "saving", "step", "taken", "working"]

# A free day of Firestore, as in shared/meter/limits.json (a test compares).
FREE: Final = Spent(writes=20_000, reads=50_000, deletes=20_000)
STEPS: Final = (0.7, 0.85, 0.95)
# of the month's quotas; they never stop the watch: a few cents are better than days in the dark
MONTH_STEPS: Final = (0.85, 0.95)
RESTS: Final = (1, 2, 6)  # times the configured interval, by step
STOPPED: Final = 3
JAKARTA: Final = "asia-southeast2"  # whose free share is the smaller one, for regions that the meter does not know


def step(used: Spent, region: str = JAKARTA) -> int:
    """How much must be saved after so much was used: 0 to STOPPED."""
    day = max(used.writes / FREE.writes, used.reads / FREE.reads, used.deletes / FREE.deletes)
    sent, cpu_ms = _free_month(region)
    month = max(used.sent / sent, used.cpu_ms / cpu_ms)
    return max(sum(day >= limit for limit in STEPS), sum(month >= limit for limit in MONTH_STEPS))


def saving(store: Store, tally: Tally | None, now: Seconds) -> int:
    """The step that holds now; 0 on a back end that has no quotas. Raises Retryable as the store does."""
    if tally is None:
        return 0
    documents = left(store)
    used = step(spent(documents, now), tally.region)
    return max(used, costs.step(costs.unpack(documents.get(costs.NAME)), now))


def working(tally: Tally | None) -> AbstractContextManager[None]:
    """Around the work on a request, which takes time of the processor."""
    return nullcontext() if tally is None else tally.working()


def taken(tally: Tally | None) -> Spent:
    """What this process has used since the last call, for a stage that leaves no sum."""
    return Spent() if tally is None else tally.take()


def heard(tally: Tally | None, used: Spent) -> None:
    """Count what another stage says it has used."""
    if tally is not None:
        tally.add(used)


def resting(every: Seconds, step: int, now: Seconds) -> Seconds:
    """How much longer than it would a source of this interval rests at a step: at most until the quotas are back."""
    left = DAY - (now - RESETS_AT) % DAY
    return min(every * (RESTS[min(step, len(RESTS) - 1)] - 1), left)


def leaving(store: Store, tally: Tally | None, stage: str, now: Seconds) -> list[Write]:
    """The write that leaves a stage's sum; none on a back end that has no quotas."""
    return [] if tally is None else [leave(store, tally, stage, now)]


@cache
def _free_month(region: str) -> tuple[float, float]:
    """A month's free bytes of messages and milliseconds of a vCPU."""
    known = limits()
    free = {quota.key: known.free(quota, region if region in known.regions else JAKARTA) * quota.unit for quota in known.quotas}
    return free["bus_bytes"], free["vcpu_s"] * 1_000
