"""The cost guard: what is counted, when it saves, and how the stages obey."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from shared import guard
from shared.config.schema import Agency, Config
from shared.detect.fold import fold
from shared.detect.judging.wording import coverage_sentence
from shared.detect.state import State
from shared.detect.storing.log import Segment
from shared.guard.counting import CountingBus, CountingStore
from shared.guard.ledger import Spent, day_of, left, spent
from shared.guard.tally import Tally
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.meter.limits import limits
from shared.model import DAY, HOUR, Round
from shared.ports import ABSENT, Conflict, Delete, Put
from shared.settings import read_settings
from shared.wiring import connect

NOW = 1_795_046_400 + 12 * HOUR
CONFIG = Config(agencies=(Agency(id="33.99", name="Kabupaten Sagara"),))


@pytest.fixture
def local(tmp_path: Path) -> Iterator[LocalStore]:
    store = LocalStore(str(tmp_path))
    yield store
    store.close()


@pytest.fixture
def tally() -> Tally:
    return Tally()


@pytest.fixture
def store(local: LocalStore, tally: Tally) -> CountingStore:
    return CountingStore(local, tally)


def use(store: CountingStore, writes: int) -> None:
    for number in range(writes):
        store.commit([Put("a/b", str(number).encode())])


def test_it_counts_as_the_embedded_store_does(store: CountingStore, tally: Tally, local: LocalStore) -> None:
    store.commit([Put("a/b", b"1"), Put("a/c", b"2", due_at=5), Delete("a/d")])
    store.read(["a/b", "a/none"])
    store.scan("a", "a", "z", 10)
    store.scan("nothing", "a", "z", 10)
    store.due("a", 9, 10)
    with pytest.raises(Conflict):
        store.commit([Put("a/b", b"3", expect=ABSENT)])
    used, really = tally.take(), local.used
    assert (used.reads, used.deletes) == (really.reads, really.deletes)
    assert used.writes == really.writes + 1  # one that failed might have arrived
    assert tally.take() == Spent()


def test_sums_of_stages_add_up_within_a_day_and_begin_anew(store: CountingStore, tally: Tally) -> None:
    use(store, 3)
    store.commit(guard.leaving(store, tally, "detect", NOW))
    use(store, 2)
    store.commit(guard.leaving(store, tally, "detect", NOW + HOUR))
    store.commit(guard.leaving(store, tally, "collect", NOW + HOUR))
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


def test_a_months_quotas_slow_the_watch_but_never_stop_it() -> None:
    free = {quota.key: limits().free(quota, guard.JAKARTA) for quota in limits().quotas}
    for share, steps in ((0.84, 0), (0.86, 1), (0.96, 2), (3.0, 2)):
        assert guard.step(Spent(cpu_ms=int(free["vcpu_s"] * share * 1_000))) == steps
        assert guard.step(Spent(sent=int(free["bus_bytes"] * 2**30 * share))) == steps
    busy = Spent(cpu_ms=150_000_000)
    assert [guard.step(busy, region) for region in ("asia-southeast2", "us-central1", "europe-west1")] == [2, 0, 2]


def test_messages_and_processor_add_up_over_a_month_of_days(store: CountingStore, tally: Tally, tmp_path: Path) -> None:
    for day in range(3):
        with closing(LocalBus(str(tmp_path))) as bus:
            CountingBus(bus, tally).publish("alerts-changed", [b"x", b"y" * 5_000])
        guard.heard(tally, Spent(sent=100, cpu_ms=7))
        store.commit(guard.leaving(store, tally, "detect", NOW + day * DAY))
    used = spent(left(store), NOW + 2 * DAY)
    assert (used.sent, used.cpu_ms, used.writes < 4) == (3 * (2 * (1_000 + 5_000) + 100), 21, True)
    assert spent(left(store), NOW + 31 * DAY).sent == 0
    guard.heard(None, used)  # no quotas: not counted
    assert guard.taken(None) == Spent()


def test_only_the_time_with_a_request_at_work_counts_and_once_for_all_of_them() -> None:
    clock = iter([0.0, 10.0, 12.0, 13.0, 15.0, 16.0, 90.0, 91.0]).__next__
    tally = Tally(cpu=0.5, clock=clock)
    assert tally.take().cpu_ms == 0  # at 0
    with tally.working():  # from 10
        with tally.working():  # 12 to 13
            pass
        assert tally.take().cpu_ms == 2_500  # up to 15
    assert tally.take().cpu_ms == 500  # until 16; asked at 90
    assert tally.take().cpu_ms == 0


def test_what_an_older_version_left_is_read(local: LocalStore) -> None:
    local.commit([Put("usage/detect", msgspec.msgpack.encode([day_of(NOW), 5, 6, 7]))])
    used = spent(left(local), NOW)
    assert (used.writes, used.reads, used.deletes, used.cpu_ms) == (5, 6, 7, 0)


def test_a_back_end_without_quotas_is_left_alone(local: LocalStore) -> None:
    assert guard.saving(local, None, NOW) == 0
    assert guard.leaving(local, None, "collect", NOW) == []


@pytest.mark.parametrize("light", [True, False])
def test_the_cloud_has_quotas_and_a_laptop_has_none(light: bool, tmp_path: Path) -> None:
    cloud = connect(read_settings({"BACKEND": "gcp", "GOOGLE_CLOUD_PROJECT": "p", "REGION": "us-central1"}), light)
    assert cloud.tally is not None
    assert cloud.tally.region == "us-central1"
    here = connect(read_settings({"KENTONGAN_DATA": str(tmp_path)}), light)
    assert isinstance(here.store, LocalStore)
    assert isinstance(here.bus, LocalBus)
    with closing(here.store), closing(here.bus):
        assert here.tally is None


def test_a_broken_sum_stops_nothing(store: CountingStore, tally: Tally) -> None:
    store.commit([Put("usage/detect", b"broken")])
    assert guard.saving(store, tally, NOW) == 0


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
