"""The cost guard: what the program has used of a day's free quotas, and how it saves before they are gone.

Each stage counts its own documents and leaves the sum in `usage/<stage>`; collect reads them at each round and saves by steps.
Nothing that was collected is lost. Where a month's budget is given, see budget.py, its end pauses the jobs; billing stays on.

| step | from | what follows |
|---|---|---|
| 0 | | all as configured |
| 1 | 70 % | sources rest twice as long; nobody is asked for second opinions |
| 2 | 85 %, or half of the month's budget where there is one | sources rest six times as long |
| 3 | 95 % | no source is asked; report leaves expired documents for another day |
"""

from __future__ import annotations

from typing import Final

from shared.guard import costs
from shared.guard.counting import CountingStore
from shared.guard.ledger import RESETS_AT, Spent, leave, left, spent
from shared.model import DAY, Seconds
from shared.ports import Store, Write

__all__ = ["STOPPED", "CountingStore", "leaving", "resting", "saving", "step"]

# A free day of Firestore, as in shared/meter/limits.json (a test compares).
FREE: Final = Spent(writes=20_000, reads=50_000, deletes=20_000)
STEPS: Final = (0.7, 0.85, 0.95)
RESTS: Final = (1, 2, 6)  # times the configured interval, by step
STOPPED: Final = 3


def step(used: Spent) -> int:
    """How much must be saved after so much was used: 0 to STOPPED."""
    share = max(used.writes / FREE.writes, used.reads / FREE.reads, used.deletes / FREE.deletes)
    return sum(share >= limit for limit in STEPS)


def saving(store: Store, now: Seconds) -> int:
    """The step that holds now; 0 on a back end that has no quotas. Raises Retryable as the store does."""
    if not isinstance(store, CountingStore):
        return 0
    documents = left(store)
    return max(step(spent(documents, now)), costs.step(costs.unpack(documents.get(costs.NAME)), now))


def resting(every: Seconds, step: int, now: Seconds) -> Seconds:
    """How much longer than it would a source of this interval rests at a step: at most until the quotas are back."""
    left = DAY - (now - RESETS_AT) % DAY
    return min(every * (RESTS[min(step, len(RESTS) - 1)] - 1), left)


def leaving(store: Store, stage: str, now: Seconds) -> list[Write]:
    """The write that leaves a stage's sum; none on a back end that has no quotas."""
    return [leave(store, stage, now)] if isinstance(store, CountingStore) else []
