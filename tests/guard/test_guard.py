"""The cost guard: what is counted, when it saves, and how the stages obey."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared import guard
from shared.config.schema import Agency, Config
from shared.detect.fold import fold
from shared.detect.log import Segment
from shared.detect.state import State
from shared.detect.wording import coverage_sentence
from shared.guard.counting import CountingStore
from shared.guard.ledger import Spent, day_of, left, spent
from shared.local.store import LocalStore
from shared.meter.limits import limits
from shared.model import DAY, HOUR, Round
from shared.ports import ABSENT, Conflict, Delete, Put

NOW = 1_795_046_400 + 12 * HOUR
CONFIG = Config(agencies=(Agency(id="33.99", name="Kabupaten Sagara"),))


@pytest.fixture
def local(tmp_path: Path) -> Iterator[LocalStore]:
    store = LocalStore(str(tmp_path))
    yield store
    store.close()


@pytest.fixture
def store(local: LocalStore) -> CountingStore:
    return CountingStore(local)


def use(store: CountingStore, writes: int) -> None:
    for number in range(writes):
        store.commit([Put("a/b", str(number).encode())])


def test_it_counts_as_the_embedded_store_does(store: CountingStore, local: LocalStore) -> None:
    store.commit([Put("a/b", b"1"), Put("a/c", b"2", due_at=5), Delete("a/d")])
    store.read(["a/b", "a/none"])
    store.scan("a", "a", "z", 10)
    store.scan("nothing", "a", "z", 10)
    store.due("a", 9, 10)
    with pytest.raises(Conflict):
        store.commit([Put("a/b", b"3", expect=ABSENT)])
    used, really = store.take(), local.used
    assert (used.reads, used.deletes) == (really.reads, really.deletes)
    assert used.writes == really.writes + 1  # one that failed might have arrived
    assert store.take() == Spent()


def test_sums_of_stages_add_up_within_a_day_and_begin_anew(store: CountingStore) -> None:
    use(store, 3)
    store.commit(guard.leaving(store, "detect", NOW))
    use(store, 2)
    store.commit(guard.leaving(store, "detect", NOW + HOUR))
    store.commit(guard.leaving(store, "collect", NOW + HOUR))
    assert 5 + 3 <= spent(left(store), NOW + HOUR).writes <= 5 + 2 * 3
    assert spent(left(store), NOW + DAY).writes == 0


def test_the_day_begins_at_midnight_in_los_angeles() -> None:
    assert day_of(8 * HOUR - 1) == -1 or day_of(8 * HOUR - 1) < day_of(8 * HOUR)
    assert day_of(8 * HOUR) == day_of(32 * HOUR - 1)


def test_it_saves_by_steps() -> None:
    assert [guard.step(Spent(writes=writes)) for writes in (0, 13_999, 14_000, 17_000, 19_000, 50_000)] == [0, 0, 1, 2, 3, 3]
    assert guard.step(Spent(reads=36_000)) == 1
    assert guard.step(Spent(deletes=19_500)) == guard.STOPPED
    reset = 8 * 3600  # UTC
    assert [guard.resting(300, step, reset) for step in range(3)] == [0, 300, 1500]
    assert guard.resting(86_400, 2, reset - 60) == 60  # the quotas are back then


def test_limits_are_those_of_the_meter() -> None:
    free = {quota.key: quota.free for quota in limits().quotas}
    assert (guard.FREE.writes, guard.FREE.reads, guard.FREE.deletes) == (free["writes"], free["reads"], free["deletes"])


def test_a_back_end_without_quotas_is_left_alone(local: LocalStore) -> None:
    assert guard.saving(local, NOW) == 0
    assert guard.leaving(local, "collect", NOW) == []


def test_a_broken_sum_stops_nothing(store: CountingStore) -> None:
    store.commit([Put("usage/detect", b"broken")])
    assert guard.saving(store, NOW) == 0


def test_pages_say_it_and_a_stopped_hour_teaches_nothing() -> None:
    state = State()
    for number, saving in enumerate((0, 1, 3)):
        at = NOW + number * HOUR
        waiting = 5 if saving == guard.STOPPED else 0
        fold(state, Segment(number, at, 1, (Round(f"r{number}", at, (), waiting, saving),)), CONFIG)
        assert ("Jatah gratis" in coverage_sentence(state, CONFIG)) == bool(saving)
    assert "pengambilan berhenti" in coverage_sentence(state, CONFIG)
    assert not state.coverage.covered(NOW + 2 * HOUR)
    assert State.unpack(state.pack()).coverage.saving == guard.STOPPED
