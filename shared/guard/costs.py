"""What the month has cost so far, as the budget last told it: one document, `usage/budget`, JSON so that a person can read it."""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import Struct

from shared.indonesian import local, number
from shared.model import Seconds
from shared.ports import Document

NAME: Final = "budget"  # beside the sums of the stages, so that one query reads all
PATH: Final = f"usage/{NAME}"
HALF: Final = 0.5  # of the budget: from here on the sources are thinned
THINNED: Final = 2  # the step of `guard` that holds then
ZONE: Final = "America/Los_Angeles"  # billing's
LEAST_WHOLE: Final = 1_000  # budgets from here on are told without cents


class Costs(Struct, frozen=True):
    """The month's costs, and how far stopping has come."""

    since: Seconds  # beginning of the month, in billing's own zone
    budget: float
    cost: float
    currency: str = ""
    stops_at: Seconds = 0  # when the budget was first seen used up; 0: not yet
    paused_at: Seconds = 0  # when Scheduler's jobs were paused; 0: not yet
    last_paused_at: Seconds = 0  # the same, of whatever month and budget; 0: never

    @property
    def spent(self) -> bool:
        """Whether the budget is used up."""
        return self.cost >= self.budget

    @property
    def amounts(self) -> str:
        """How much of how much, Indonesian: "50.123 dari 50.000 IDR"."""
        places = 2 if self.budget < LEAST_WHOLE else 0
        return f"{number(self.cost, places)} dari {number(self.budget, places)} {self.currency}".strip()

    def over(self, now: Seconds) -> bool:
        """Whether the month is over, as billing counts months."""
        return _month(self.since) < _month(now)


def _month(at: Seconds) -> tuple[int, int]:
    here = local(at, ZONE)
    return here.year, here.month


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
    return THINNED if costs is not None and not costs.over(now) and costs.cost >= HALF * costs.budget else 0
