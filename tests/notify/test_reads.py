"""What notify reads of the free quota, which is 50,000 documents a day, and that saving there keeps the order of changes."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shared.config.schema import ReceiverConfig
from shared.http import Client
from shared.model import Seconds, Transition
from shared.notices import Notice, Outcome, pack
from shared.ports import Put
from shared.receivers import RECEIVERS
from shared.settings import Settings
from tests.notify.deployment import NOW, Deployment, config
from tests.receivers.samples import LOWERED, OPENED, RAISED
from tests.receivers.sink import Sink


def staff(it: Deployment, receivers: int) -> None:
    """Let so many receivers be told."""
    person = ReceiverConfig(id="p", kind="webhook", url=it.hook.url, secret="HUMAS")
    it.config = config(*(replace(person, id=f"p{number:02}") for number in range(receivers)))


def change(number: int) -> Transition:
    return replace(OPENED if number == 1 else RAISED, id=f"a1b2-{number}", number=number, at=NOW)


def remember(it: Deployment, changes: int) -> None:
    """Let everybody have been told of so many changes."""
    told = (
        Notice(change(number), one.id, "UTC", NOW, None, "delivered")
        for one in it.config.receivers
        for number in range(1, changes + 1)
    )
    it.store.commit([Put(f"notices/{notice.name}", pack(notice)) for notice in told])


@pytest.mark.parametrize(("receivers", "changes"), [(1, 0), (15, 0), (15, 20), (15, 60)])
def test_all_receivers_together_read_a_thread_once(deployed: Deployment, hook: Sink, receivers: int, changes: int) -> None:
    staff(deployed, receivers)
    remember(deployed, changes)
    before = deployed.kept.used.reads
    deployed.hand(change(changes + 1))
    assert len(hook.ids) == receivers
    assert deployed.kept.used.reads - before <= 1 + receivers * (min(changes, 20) + 1)


def test_an_all_clear_reads_it_once_too(deployed: Deployment, hook: Sink) -> None:
    staff(deployed, 15)
    remember(deployed, 20)
    before = deployed.kept.used.reads
    deployed.hand(replace(LOWERED, number=21))
    assert len(hook.ids) == 15
    assert deployed.kept.used.reads - before <= 2 + 15 * 21


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
