"""The budget's guard: whom it tells, when it pauses, and that the same message again changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from msgspec.structs import replace

from shared import guard, notices
from shared.config.schema import Agency, Config, ReceiverConfig
from shared.guard import costs
from shared.guard.budget import PATIENCE, handle, transition_of
from shared.guard.counting import CountingStore
from shared.guard.tally import Tally
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.messages import AlertsChanged, decode, open_as
from shared.model import DAY, Seconds, Transition
from shared.notices import Notice, State
from shared.ports import Permanent, Put, Retryable
from shared.receivers.message import compose
from shared.settings import read_settings
from shared.wiring import Services

NOVEMBER = 1_793_516_400  # 2026-11-01T07:00:00Z
DECEMBER = 1_796_112_000  # 2026-12-01T08:00:00Z
NOW = NOVEMBER + 12 * DAY
CONFIG = Config(
    agencies=(Agency(id="33.99", name="Kabupaten Sagara"),),
    receivers=(ReceiverConfig(id="piket", kind="console", least="awas"), ReceiverConfig(id="tik", kind="console", health=True)),
)


def said(cost: float, budget: float = 50_000, start: str = "2026-11-01T07:00:00Z") -> bytes:
    """A message as billing sends it (schema 1.0)."""
    return json.dumps(
        {
            "budgetDisplayName": "Kentongan kentongan-sagara",
            "alertThresholdExceeded": 1.0,
            "costAmount": cost,
            "costIntervalStart": start,
            "budgetAmount": budget,
            "budgetAmountType": "SPECIFIED_AMOUNT",
            "currencyCode": "IDR",
        }
    ).encode()


@dataclass
class World:
    """The guard on the embedded back end."""

    services: Services
    paused: list[Seconds] = field(default_factory=list)
    now: Seconds = NOW

    def hear(self, data: bytes) -> None:
        handle(data, self.services, CONFIG, lambda: self.paused.append(self.now), self.now)

    def told(self) -> list[Transition]:
        assert isinstance(self.services.bus, LocalBus)
        queued = self.services.bus.queued("alerts-changed")
        return [one for data in queued for one in open_as(decode(data), AlertsChanged).transitions]

    def settle(self, receiver: str, state: State) -> None:
        """As notify would."""
        notice = Notice(self.told()[0], receiver, "Asia/Jakarta", self.now, self.now, state)
        self.services.store.commit([Put(f"notices/{notice.name}", notices.pack(notice))])

    def saving(self, now: Seconds) -> int:
        return guard.saving(self.services.store, self.services.tally, now)

    def record(self) -> costs.Costs:
        found = costs.unpack(self.services.store.read([costs.PATH])[0])
        assert found is not None
        return found


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with closing(LocalStore(str(tmp_path))) as store, closing(LocalBus(str(tmp_path))) as bus:
        tally = Tally()
        yield World(Services(read_settings({}), bus, CountingStore(store, tally), tally))


def test_less_than_half_changes_nothing(world: World) -> None:
    world.hear(said(24_999))
    assert world.saving(NOW) == 0
    assert (world.told(), world.paused) == ([], [])


def test_half_thins_the_sources_until_the_month_is_over(world: World) -> None:
    world.hear(said(25_000))
    assert world.saving(NOW) == costs.THINNED < guard.STOPPED
    assert world.saving(NOVEMBER + 31 * DAY) == 0
    assert world.paused == []
    world.hear(said(10, start="2026-12-01T08:00:00Z"))
    assert world.saving(NOW) == 0


def test_jobs_are_paused_only_once_everybody_was_told(world: World) -> None:
    for settled in ((), ("piket",)):
        for receiver in settled:
            world.settle(receiver, "delivered")
        with pytest.raises(Retryable):
            world.hear(said(50_000))
        world.now += 60
        assert world.paused == []
    world.settle("tik", "failed")  # never will be
    world.hear(said(50_000))
    assert world.paused == [world.now]
    assert {one.id for one in world.told()} == {world.told()[0].id}  # told again and again, and so delivered once


def test_who_does_not_answer_is_waited_for_only_so_long(world: World) -> None:
    with pytest.raises(Retryable):
        world.hear(said(60_000))
    world.now += PATIENCE
    world.hear(said(60_000))
    assert world.paused == [world.now]
    assert world.record().stops_at == NOW


def test_the_same_again_changes_nothing_even_where_somebody_has_resumed(world: World) -> None:
    with pytest.raises(Retryable):
        world.hear(said(60_000))
    world.now += PATIENCE
    for cost in (60_000, 61_000, 59_000):
        world.hear(said(cost))
        world.now += DAY
    assert len(world.paused) == 1
    assert len(world.told()) == 2
    assert world.record().cost == 61_000


def test_an_old_months_message_that_comes_late_is_ignored(world: World) -> None:
    world.hear(said(10, start="2026-12-01T08:00:00Z"))
    world.hear(said(90_000))
    assert (world.told(), world.paused) == ([], [])


def test_last_months_costs_that_are_heard_first_in_the_new_month_stop_nothing(world: World) -> None:
    world.now = DECEMBER
    world.hear(said(60_000))
    assert (world.told(), world.paused, world.record().stops_at) == ([], [], 0)


def test_what_was_told_in_the_old_month_is_done_in_the_new_one(world: World) -> None:
    world.now = DECEMBER - 60
    with pytest.raises(Retryable):
        world.hear(said(60_000))
    world.now += PATIENCE
    world.hear(said(60_000))
    assert world.paused == [world.now]


def test_the_last_pause_is_remembered_in_the_new_month(world: World) -> None:
    with pytest.raises(Retryable):
        world.hear(said(60_000))
    world.now += PATIENCE
    world.hear(said(60_000))
    world.hear(said(10, start="2026-12-01T08:00:00Z"))
    assert (world.record().paused_at, world.record().last_paused_at) == (0, world.paused[0])


def test_small_amounts_are_told_with_cents() -> None:
    assert costs.Costs(NOVEMBER, 5, 5.4, "USD").amounts == "5,4 dari 5 USD"


def test_a_raised_budget_begins_anew(world: World) -> None:
    with pytest.raises(Retryable):
        world.hear(said(60_000))
    world.hear(said(60_000, budget=120_000))
    assert world.record().stops_at == 0
    assert world.saving(NOW) == costs.THINNED
    world.hear(said(60_000))  # a late repetition of the old one
    assert (world.record().budget, world.paused) == (120_000, [])


def test_a_broken_record_does_not_stop_the_watch(world: World) -> None:
    world.services.store.commit([Put(costs.PATH, b"broken")])
    assert world.saving(NOW) == 0


@pytest.mark.parametrize("data", [b"", b"{}", said(1, budget=0)])
def test_what_no_budget_says_is_set_aside(world: World, data: bytes) -> None:
    with pytest.raises(Permanent):
        world.hear(data)


def test_a_notice_that_this_program_cannot_read_is_waited_for_only_so_long(world: World) -> None:
    with pytest.raises(Retryable):
        world.hear(said(60_000))
    [named] = [Notice(one, "piket", "Asia/Jakarta", NOW, NOW).name for one in world.told()]
    world.services.store.commit([Put(f"notices/{named}", b"newer")])
    world.settle("tik", "delivered")
    with pytest.raises(Retryable):
        world.hear(said(60_000))
    world.now += PATIENCE
    world.hear(said(60_000))
    assert world.paused == [world.now]


def test_the_notice_says_what_has_happened(world: World) -> None:
    with pytest.raises(Retryable):
        world.hear(said(50_123))
    transition = transition_of(world.record(), CONFIG)
    assert world.told() == [transition]
    notice = replace(Notice(transition, "piket", "Asia/Jakarta", NOW, NOW))
    message = compose(notice, world.services.settings, NOW)
    assert message.status == "Kentongan BERHENTI MEMANTAU"
    assert "Kentongan berhenti memantau sejak" in message.why
    assert "50.123 dari 50.000 IDR" in message.why
