"""The ledger of tokens for second opinions: what a local day may still spend. Part of the state, so it is folded like all else.

Tokens are reserved before anybody is asked, and the reservation is taken back only by the fact that tells what was spent instead.
One whose answer never comes counts until its day is over; one that is still open at midnight counts for the new day, too, because
it may be spent in it. So no local day can spend more than its cap, however answers are lost, late or told twice.
"""

from __future__ import annotations

from msgspec import Struct, field

from shared.model import Seconds
from shared.opinions import VALID

LAPSED: Seconds = 2 * VALID  # after the asking nobody begins to answer any more, with an hour for clocks that differ


class Reserved(Struct, frozen=True, array_like=True):
    """Tokens put aside for one ask."""

    at: Seconds
    tokens: int


class Ledger(Struct, array_like=True):
    """One local day's tokens."""

    day: int = 0  # number of the local day, see clock.local_day
    spent: int = 0
    reserved: dict[str, Reserved] = field(default_factory=dict)  # by ask

    def turn(self, day: int, now: Seconds) -> None:
        """Begin a new day, if it is one."""
        if day > self.day:
            self.day, self.spent = day, 0
            self.reserved = {ask: one for ask, one in self.reserved.items() if now - one.at <= LAPSED}

    def free(self, cap: int) -> int:
        """What may still be reserved of this day's cap."""
        return max(0, cap - self.spent - sum(one.tokens for one in self.reserved.values()))

    def reserve(self, ask: str, tokens: int, now: Seconds) -> None:
        """Put tokens aside."""
        self.reserved[ask] = Reserved(now, tokens)

    def settle(self, ask: str, tokens: int) -> None:
        """Spend so many of what was put aside for an ask; telling it twice changes nothing."""
        if self.reserved.pop(ask, None) is not None:
            self.spent += tokens
