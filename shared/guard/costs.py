"""What the month has cost so far, as the budget last told it: one document, `usage/budget`, JSON so that a person can read it."""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import Struct

from shared.model import DAY, Seconds
from shared.ports import Document

NAME: Final = "budget"  # beside the sums of the stages, so that one query reads all
PATH: Final = f"usage/{NAME}"
HALF: Final = 0.5  # of the budget: from here on the sources are thinned
THINNED: Final = 2  # the step of `guard` that holds then
LONGEST_MONTH: Final[Seconds] = 31 * DAY


class Costs(Struct, frozen=True):
    """The month's costs, and how far stopping has come."""

    since: Seconds  # beginning of the month, in billing's own zone
    budget: float
    cost: float
    currency: str = ""
    stops_at: Seconds = 0  # when the budget was first seen used up; 0: not yet
    paused_at: Seconds = 0  # when Scheduler's jobs were paused; 0: not yet

    @property
    def spent(self) -> bool:
        """Whether the budget is used up."""
        return self.cost >= self.budget


encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Costs).decode


def unpack(document: Document | None) -> Costs | None:
    """The costs in a document; None where there are none, or where they cannot be read: the guard must not stop the watch."""
    try:
        return None if document is None else _decode(document.data)
    except msgspec.MsgspecError:
        return None


def step(costs: Costs | None, now: Seconds) -> int:
    """How much must be saved in this month: 0, or THINNED from half of the budget on."""
    current = costs is not None and now < costs.since + LONGEST_MONTH
    return THINNED if costs is not None and current and costs.cost >= HALF * costs.budget else 0
