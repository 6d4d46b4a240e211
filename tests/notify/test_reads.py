"""What notify reads of the free quota, which is 50,000 documents a day, and that saving there keeps the order of changes."""

from __future__ import annotations

from typing import Literal

import pytest
from msgspec.structs import replace

from shared.config.schema import ReceiverConfig
from shared.delivery import threads
from shared.http import Client
from shared.model import HOUR, Level, Seconds, Transition
from shared.notices import Delivered, Later, Notice, Outcome, due_names, pack
from shared.ports import Put
from shared.receivers import RECEIVERS
from shared.settings import Settings
from tests.notify.deployment import NOW, Deployment, config
from tests.receivers.samples import LOWERED, OPENED, RAISED
from tests.receivers.sink import Sink


def staff(it: Deployment, receivers: int, least: Literal["waspada", "siaga"] = "siaga") -> None:
    """Let so many receivers be told."""
    person = ReceiverConfig(id="p", kind="webhook", url=it.hook.url, secret="HUMAS", least=least)
    it.config = config(*(replace(person, id=f"p{number:02}") for number in range(receivers)))


def change(number: int, alert: str = "a1b2") -> Transition:
    return replace(OPENED if number == 1 else RAISED, id=f"{alert}-{number}", alert=alert, number=number, at=NOW)


def remember(it: Deployment, changes: int, alert: str = "a1b2") -> None:
    """Let everybody have been told of so many changes."""
    told = (
        Notice(change(number, alert), one.id, "UTC", NOW, None, "delivered")
        for one in it.config.receivers
        for number in range(1, changes + 1)
    )
    it.store.commit([Put(f"notices/{notice.name}", pack(notice)) for notice in told])


@pytest.mark.parametrize(("receivers", "changes"), [(1, 0), (15, 0), (15, 20), (15, 60)])
def test_each_receiver_reads_its_own_thread(deployed: Deployment, hook: Sink, receivers: int, changes: int) -> None:
    staff(deployed, receivers)
    remember(deployed, changes)
    before = deployed.kept.used.reads
    deployed.hand(change(changes + 1))
    assert len(hook.ids) == receivers
    assert deployed.kept.used.reads - before <= 1 + receivers * (min(changes, 20) + 2)


def test_an_all_clear_reads_them_once_more_to_know_who_was_told(deployed: Deployment, hook: Sink) -> None:
    staff(deployed, 15)
    remember(deployed, 20)
    before = deployed.kept.used.reads
    deployed.hand(replace(LOWERED, number=21))
    assert len(hook.ids) == 15
    assert deployed.kept.used.reads - before <= 2 + 15 * (20 + 22)


@pytest.mark.parametrize("receivers", [20, 40])
def test_the_full_hour_reads_with_the_receivers_not_with_their_square(deployed: Deployment, hook: Sink, receivers: int) -> None:
    staff(deployed, receivers, "waspada")
    for alert in ("s0", "s1"):  # that have flickered for a day
        remember(deployed, 20, alert)
        deployed.hand(replace(change(21, alert), change="reopened", issue=alert, from_level=Level.NORMAL, to_level=Level.WASPADA))
    deployed.now = NOW - NOW % HOUR + HOUR
    before = deployed.kept.used.reads
    while due_names(deployed.store, deployed.now, 50):
        deployed.tick()
    assert len(hook.ids) == receivers  # both in one message
    assert deployed.kept.used.reads - before <= receivers * 35


def test_one_receiver_that_is_down_reads_little_all_day(deployed: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    def but_one(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
        return Later("mati", answered=False) if receiver.id == "p00" else Delivered()

    monkeypatch.setitem(RECEIVERS, "webhook", but_one)
    staff(deployed, 40)
    remember(deployed, 20)
    deployed.hand(change(21))
    before, end = deployed.kept.used.reads, NOW + 24 * HOUR
    while deployed.now < end:
        deployed.now += 300
        deployed.tick()
    assert deployed.notice(change(21), "p00").attempts > 24
    assert deployed.kept.used.reads - before <= 288 + 28 * 30  # detect's own question every five minutes, and the tries


def test_who_was_told_is_known_however_many_they_are(deployed: Deployment, hook: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "PAGE", 7)
    staff(deployed, 5)
    remember(deployed, 4)
    deployed.config = replace(deployed.config, receivers=tuple(replace(one, least="awas") for one in deployed.config.receivers))
    deployed.hand(replace(LOWERED, number=5))
    assert hook.ids == [LOWERED.id] * 5


def test_a_long_alert_of_many_receivers_is_seen_to_its_end(deployed: Deployment, hook: Sink) -> None:
    staff(deployed, 30)
    remember(deployed, 20)
    hook.answers = [500] * 30
    deployed.hand(change(21))
    hook.events.clear()
    deployed.now += 120
    deployed.tick()
    assert hook.ids == ["a1b2-21"] * 30


def test_who_has_not_been_told_when_the_next_change_comes_is_told_that_one_alone(
    deployed: Deployment, hook: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(deployed, 3)
    remember(deployed, 1)
    real = RECEIVERS["webhook"]

    def slow(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
        if notice.name == "a1b2-000002-p00":
            deployed.hand(change(3))  # another instance, meanwhile
        return real(notice, receiver, settings, client, now)

    monkeypatch.setitem(RECEIVERS, "webhook", slow)
    deployed.hand(change(2))
    assert sorted(hook.ids) == ["a1b2-2", *["a1b2-3"] * 3]  # p00's was on its way
    assert deployed.notice(change(2), "p02").state == "folded"


def test_what_another_instance_has_told_meanwhile_is_not_told_again(
    deployed: Deployment, hook: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(deployed, 3)
    remember(deployed, 1)
    real, twice = RECEIVERS["webhook"], [change(2)]

    def slow(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
        while twice:
            deployed.hand(twice.pop())  # delivered a second time, meanwhile
        return real(notice, receiver, settings, client, now)

    monkeypatch.setitem(RECEIVERS, "webhook", slow)
    deployed.hand(change(2))
    assert hook.ids == ["a1b2-2"] * 3
