"""The past of a new agency: it teaches the baseline, counts nowhere, raises nothing, and twice is once."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from shared.detect.clock import local_hour
from shared.detect.counts.history import ENOUGH_HOURS
from shared.detect.judging.wording import learning_days
from shared.facts import Fact
from shared.model import DAY, HOUR, History, Seconds
from tests.detect.facts import AGENCY, CONFIG, START, crisis, round_at
from tests.detect.test_fold import Folder


def past(days: int = 30, end: Seconds = START, agency: str = AGENCY) -> History:
    """Three negative mentions a day by day, none by night; outlets that wrote lately and long ago."""
    start = end - days * DAY
    counts = [1000 * (local_hour(start + place * HOUR, CONFIG.zone)[0] in (9, 13, 20)) for place in range(days * 24)]
    return History("h1", agency, start, tuple(counts), (("Kabar Muara", end - DAY), ("Kabar Lama", end - 40 * DAY)))


def quiet(fold: Folder, since: Seconds, until: Seconds) -> None:
    for at in range(since, until, HOUR):
        fold(at, round_at(at))


def test_it_teaches_and_raises_nothing() -> None:
    fold = Folder()
    fold(START, round_at(START), past())
    state = fold.state
    noon, night = (state.baselines.expected(AGENCY, hour, 2) for hour in (9, 2))
    assert noon > 3 * night
    assert learning_days(state, AGENCY) == 0
    assert (state.totals.mentions, state.tally.hours, fold.transitions) == (0, {}, [])
    assert state.tally.outlets[AGENCY]["Kabar Muara"] == START - DAY
    quiet(fold, START + HOUR, START + DAY)
    assert fold.transitions == []
    assert list(state.tally.outlets[AGENCY]) == ["Kabar Muara"]


def test_an_alarm_does_not_wait_for_two_weeks() -> None:
    found = {}
    for known in (True, False):
        fold = Folder()
        fold(START, round_at(START), *([past()] if known else []))
        quiet(fold, START + HOUR, START + 6 * HOUR)
        for fact in crisis(START + 6 * HOUR, 36):
            fold(fact.mention.first_seen_at, fact)
        found[known] = max((transition.to_level for transition in fold.transitions if transition.kind == "issue"), default=0)
    assert found[True] > found[False]


def test_twice_is_once_and_restarts_change_nothing() -> None:
    states = []
    for restart, times in ((False, 1), (False, 2), (True, 3)):
        fold = Folder(restart)
        fold(START, round_at(START))
        quiet(fold, START + HOUR, START + 5 * HOUR)
        for _ in range(times):
            fold(START + 5 * HOUR, past())
        quiet(fold, START + 5 * HOUR, START + 9 * HOUR)
        states.append(fold.state.pack())
    assert states[0] == states[1] == states[2]


def test_who_knows_a_fortnight_or_is_not_watched_needs_none() -> None:
    fold = Folder()
    quiet(fold, START, START + (ENOUGH_HOURS + 2) * HOUR)
    before = fold.state.baselines.pack()
    fold(fold.state.clock, past(end=START + ENOUGH_HOURS * HOUR), past(agency="99.99"))
    assert fold.state.baselines.pack() == before
    assert "99.99" not in fold.state.tally.outlets


def test_what_was_borrowed_does_not_count_as_counted_here() -> None:
    fold = Folder(restart=True)
    fold(START, round_at(START), past(days=20), past(days=30))
    assert fold.state.counts_since(AGENCY) == START
    quiet(fold, START + HOUR, START + 3 * DAY)
    fold(fold.state.clock, past(days=40))
    assert fold.state.counts_since(AGENCY) == START
    assert fold.state.counts_since("33.98") == fold.state.clock


def test_its_own_level_stays_where_it_is_known() -> None:
    fold = Folder()
    quiet(fold, START, START + 3 * DAY)
    own = sum(fold.state.baselines.expected(AGENCY, hour, 2) for hour in range(24))
    loud = past(end=START + 3 * DAY)
    fold(START + 3 * DAY, History("h2", AGENCY, loud.start, tuple(9 * count for count in loud.negative)))
    assert sum(fold.state.baselines.expected(AGENCY, hour, 2) for hour in range(24)) < 2 * own + 1


@given(st.lists(st.integers(0, 50_000), max_size=400), st.integers(0, 2**31))
def test_any_past_can_be_folded(counts: list[int], number: int) -> None:
    fold, facts = Folder(), list[Fact]()
    facts.append(History("h", AGENCY, START - len(counts) * HOUR, tuple(counts)))
    facts.append(round_at(START))
    Random(number).shuffle(facts)
    fold(START, *facts)
    assert fold.transitions == []
    assert fold.state.baselines.known_hours(AGENCY) in (0, len(counts))
