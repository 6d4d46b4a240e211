"""Who tells of what was gathered, until it arrives: a leader may itself be overtaken, refused, dropped, or told in another."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shared.config.schema import ReceiverConfig
from shared.delivery.failures import failed, retry
from shared.delivery.gathering import Waiting
from shared.delivery.moves import OVERTAKEN
from shared.http import Client
from shared.model import HOUR, Level, Seconds, Transition
from shared.notices import Later, Notice, Outcome, pack
from shared.ports import Delete, Put
from shared.receivers import RECEIVERS
from shared.settings import Settings
from tests.delivery.test_gathering import FULL, burning, keen, resolved, smouldering
from tests.notify.deployment import NOW, Deployment
from tests.receivers.sink import Sink

__all__ = ["keen"]


@pytest.fixture
def waiting(deployed: Deployment, hook: Sink) -> Deployment:
    """Five alarms are three hours old; one leads, and the receiver is back."""
    hook.answers = [500] * 1000
    deployed.hand(*(burning(number, NOW + number) for number in range(5)))
    deployed.now += 3 * HOUR
    deployed.tick()
    hook.answers = []
    assert [one.id for one in deployed.notice(burning(4)).digest] == ["s3-1", "s2-1", "s1-1", "s0-1"]
    return deployed


def raised(number: int) -> Transition:
    return replace(burning(number), id=f"s{number}-2", number=2, change="raised", from_level=Level.SIAGA, to_level=Level.AWAS)


def go_on(it: Deployment) -> None:
    for _ in range(20):
        it.now += 300
        it.tick()


def test_who_takes_over_the_leader_tells_of_them_too(waiting: Deployment, hook: Sink) -> None:
    waiting.hand(raised(4))
    [event] = hook.events
    assert event["data"]["transition"] == "s4-2"
    assert [one["id"] for one in event["data"]["missed"]] == ["s4-1"]
    assert [one["id"] for one in event["data"]["digest"]] == ["s3-1", "s2-1", "s1-1", "s0-1"]
    go_on(waiting)
    waiting.hand(raised(3))
    assert hook.ids == ["s4-2", "s3-2"]
    assert hook.events[-1]["data"]["missed"] == []


def test_one_failure_at_the_full_hour_loses_nothing(keen: Deployment, hook: Sink) -> None:
    keen.hand(*(smouldering(number, NOW + number) for number in (1, 2, 3)))
    hook.answers = [503]
    keen.now = FULL
    keen.tick()
    keen.hand(replace(raised(3), from_level=Level.WASPADA, at=FULL))
    [event] = hook.events
    assert [one["id"] for one in event["data"]["digest"]] == ["s2-1", "s1-1"]


def test_what_is_over_meanwhile_is_told_as_over_and_not_as_new_later(waiting: Deployment, hook: Sink) -> None:
    waiting.hand(resolved(burning(0)))
    go_on(waiting)
    over, summary = (event["data"] for event in hook.events)
    assert (over["transition"], [one["id"] for one in over["missed"]]) == ("s0-2", ["s0-1"])
    assert (summary["transition"], [one["id"] for one in summary["digest"]]) == ("s4-1", ["s3-1", "s2-1", "s1-1"])
    assert waiting.notice(burning(0)).state == "folded"


def test_what_is_counted_alone_has_its_own_line(waiting: Deployment, hook: Sink) -> None:
    """Where all that was listed has changed meanwhile, and is told for itself."""
    leader = waiting.notice(burning(4))
    counted = replace(leader, digest=leader.digest[:1], more=3)  # as where there is room for one
    [document] = waiting.store.read([f"notices/{leader.name}"])
    assert document is not None
    waiting.store.commit([Put(f"notices/{leader.name}", pack(counted), document.due_at, document.revision)])
    waiting.hand(resolved(burning(3)))
    go_on(waiting)
    assert hook.ids == ["s3-2", "s4-1"]
    assert hook.events[1]["data"]["text"].splitlines()[-1] == "Perubahan lain: 3"


def test_where_the_leader_is_being_sent_it_is_told_twice_and_never_later(
    waiting: Deployment, hook: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, once = RECEIVERS["webhook"], [resolved(burning(0))]

    def slow(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
        if once:
            waiting.hand(once.pop())  # another instance, meanwhile
            return Later("sibuk")
        return real(notice, receiver, settings, client, now)

    monkeypatch.setitem(RECEIVERS, "webhook", slow)
    waiting.now += HOUR + 300
    waiting.tick()
    leader = waiting.notice(burning(4))
    assert (leader.state, leader.reason, leader.leased_until) == ("pending", "sibuk", 0)
    go_on(waiting)
    assert hook.ids == ["s0-2", "s4-1"]
    assert [one["id"] for one in hook.events[1]["data"]["digest"]] == ["s3-1", "s2-1", "s1-1"]


def test_a_leader_that_is_refused_has_told_nobody(waiting: Deployment, hook: Sink) -> None:
    hook.answers = [400]
    waiting.now += HOUR + 300
    waiting.tick()
    assert waiting.notice(burning(4)).state == "failed"
    waiting.hand(raised(3))
    assert [one["id"] for one in hook.events[-1]["data"]["missed"]] == ["s3-1"]
    waiting.hand(raised(4))
    assert [one["id"] for one in hook.events[-1]["data"]["missed"]] == ["s4-1"]
    assert [one["id"] for one in hook.events[-1]["data"]["digest"]] == ["s2-1", "s1-1", "s0-1"]
    assert failed(waiting.store) == []


def test_a_leader_that_a_person_dropped_has_told_nobody(waiting: Deployment, hook: Sink) -> None:
    waiting.store.commit([Delete(f"notices/{waiting.notice(burning(4)).name}")])
    waiting.hand(raised(3))
    assert [one["id"] for one in hook.events[-1]["data"]["missed"]] == ["s3-1"]


def test_a_leader_that_was_put_back_too_late_takes_nobody_with_it(deployed: Deployment, hook: Sink) -> None:
    hook.answers = [400] * 5
    deployed.hand(*(burning(number, NOW - 3 * HOUR + number) for number in range(5)))
    deployed.hand(raised(4))
    for one in failed(deployed.store):
        retry(deployed.store, one.name, deployed.now)
    assert deployed.notice(burning(4)).reason == OVERTAKEN
    deployed.tick()
    assert hook.ids == ["s4-2", "s3-1"]
    assert [one["id"] for one in hook.events[1]["data"]["digest"]] == ["s2-1", "s1-1", "s0-1"]


def test_one_that_is_put_back_is_not_overtaken_by_who_told_of_its_alert_before(keen: Deployment, hook: Sink) -> None:
    """A number belongs to its alert: the seventh change of another one is no later change of this one."""
    keen.hand(smouldering(1), replace(smouldering(2, NOW + 1), number=7, change="reopened"))
    keen.now = FULL
    keen.tick()
    assert keen.notice(smouldering(1)).into == "s2-000007-piket"
    hook.answers = [400]
    alarm = replace(raised(1), from_level=Level.WASPADA, at=FULL)
    keen.hand(alarm)
    assert retry(keen.store, keen.notice(alarm).name, keen.now)
    keen.tick()
    assert hook.ids == ["s2-1", alarm.id]


def test_of_an_alert_the_last_change_alone_is_listed_and_the_others_are_counted(keen: Deployment, hook: Sink) -> None:
    keen.hand(smouldering(1), smouldering(2))
    keen.hand(resolved(smouldering(1)))
    keen.now = FULL
    keen.tick()
    [event] = hook.events
    assert (event["data"]["transition"], [one["id"] for one in event["data"]["digest"]]) == ("s2-1", ["s1-2"])
    assert event["data"]["more"] == 1


def test_a_notice_from_before_this_was_kept_counts_as_told(waiting: Deployment, hook: Sink) -> None:
    old = replace(waiting.notice(burning(3)), into="")
    waiting.store.commit([Put(f"notices/{old.name}", pack(old).replace(b',"into":""', b""), old.due_at)])
    waiting.hand(raised(3))
    assert hook.events[-1]["data"]["missed"] == []


def test_two_changes_of_one_alert_do_not_lie_in_one_summary(deployed: Deployment) -> None:
    """As where both were kept for an officer who follows."""
    old = NOW - 3 * HOUR
    changes = [*(burning(number, old) for number in range(4)), replace(burning(3, old), id="s3-3", number=3, change="reopened")]
    waiting = [Notice(one, "piket", "UTC", old, NOW) for one in changes]
    deployed.store.commit([Put(f"notices/{one.name}", pack(one), NOW) for one in waiting])
    leader = Waiting(deployed.store).gather(waiting[0], (), NOW)
    assert [leader.transition.id, *(one.id for one in leader.digest)] == ["s3-3", "s2-1", "s1-1", "s0-1"]


def test_who_is_overtaken_leads_nobody(deployed: Deployment, hook: Sink) -> None:
    """As where two instances have told of two changes at once, and only the later one arrived."""
    old = NOW - 3 * HOUR
    waiting = [Notice(burning(number, old), "piket", "UTC", old, NOW) for number in range(5)]
    later = Notice(resolved(burning(4, old)), "piket", "UTC", old, None, "delivered")
    deployed.store.commit([Put(f"notices/{one.name}", pack(one), one.due_at) for one in (*waiting, later)])
    for _ in range(2):
        deployed.tick()
    assert deployed.notice(burning(4)).reason == OVERTAKEN
    assert {
        id for event in hook.events for id in (event["data"]["transition"], *(one["id"] for one in event["data"]["digest"]))
    } == {f"s{number}-1" for number in range(4)}
