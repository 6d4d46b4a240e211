"""The ledger of tokens: no local day ever spends more than its cap, whatever becomes of the answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.detect.clock import local_day
from shared.detect.judging.ledger import LAPSED, Ledger
from shared.model import HOUR
from shared.opinions import VALID
from tests.detect.facts import START

ZONE = "Asia/Jakarta"
CAP = 1000


def test_a_day_begins_at_local_midnight() -> None:
    assert START % (24 * HOUR) == 0
    midnight = START + 17 * HOUR  # 00:00 WIB
    assert local_day(midnight, ZONE) == local_day(midnight - 1, ZONE) + 1
    ledger = Ledger()
    ledger.turn(local_day(midnight - 10 * HOUR, ZONE), midnight - 10 * HOUR)
    ledger.reserve("early", 300, midnight - 10 * HOUR)
    ledger.reserve("answered", 500, midnight - 10 * HOUR)
    ledger.settle("answered", 90)
    ledger.reserve("late", 200, midnight - 60)
    assert ledger.free(CAP) == 1000 - 300 - 90 - 200
    ledger.turn(local_day(midnight, ZONE), midnight)
    assert ledger.free(CAP) == 800, "what may still be spent after midnight counts for the new day"
    ledger.settle("late", 150)
    assert ledger.free(CAP) == 850


def test_a_settlement_counts_once_and_only_for_what_was_reserved() -> None:
    ledger = Ledger()
    ledger.reserve("a", 100, START)
    for ask in ("a", "a", "unknown"):
        ledger.settle(ask, 40)
    assert (ledger.spent, ledger.free(CAP)) == (40, 960)


def test_the_clock_of_the_ledger_never_goes_back() -> None:
    ledger = Ledger(day=7, spent=5)
    ledger.turn(6, START)
    assert (ledger.day, ledger.spent) == (7, 5)


steps = st.lists(
    st.tuples(st.integers(0, 6 * HOUR), st.integers(1, 600), st.integers(0, VALID), st.booleans(), st.booleans()), max_size=40
)


@given(steps)
def test_no_local_day_spends_more_than_its_cap(rows: list[tuple[int, int, int, bool, bool]]) -> None:
    """Each ask is answered within the hour, at any price up to what was reserved; some answers never come back, some twice."""
    ledger, now = Ledger(), START
    due: list[tuple[int, str, int]] = []
    spent: dict[int, int] = {}  # by the local day in which the model was really asked
    for number, (pause, tokens, delay, lost, twice) in enumerate(rows):
        now += pause
        for at, ask, cost in sorted(one for one in due if one[0] <= now):
            spent[local_day(at, ZONE)] = spent.get(local_day(at, ZONE), 0) + cost
            ledger.turn(local_day(at, ZONE), at)
            for _ in range(0 if lost else 2 if twice else 1):
                ledger.settle(ask, cost)
        due = [one for one in due if one[0] > now]
        ledger.turn(local_day(now, ZONE), now)
        if tokens <= ledger.free(CAP):
            ledger.reserve(str(number), tokens, now)
            due.append((now + delay, str(number), tokens - tokens % 7))
        assert ledger.spent + sum(one.tokens for one in ledger.reserved.values()) <= CAP
    assert all(total <= CAP for total in spent.values())
    assert VALID < LAPSED
