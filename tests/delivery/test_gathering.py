"""Many notices in one message: the hour's WASPADA, quiet hours, and what waited while a receiver was down."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shared.config.duty import Duty
from shared.config.schema import ReceiverConfig
from shared.delivery.gathering import Waiting
from shared.delivery.moves import claim, gathered, lead
from shared.model import HOUR, Level, Seconds, Transition
from shared.notices import KEPT, LISTED, Notice, due_names, pack
from shared.ports import Document, Put
from tests.notify.deployment import NOW, Deployment, Dying, Killed, config
from tests.receivers.samples import OPENED, RAISED
from tests.receivers.sink import Sink

FULL: Seconds = NOW - NOW % HOUR + HOUR  # the next full hour


def smouldering(number: int, at: Seconds = NOW) -> Transition:
    """An issue that opens at WASPADA."""
    return replace(
        OPENED,
        id=f"s{number}-1",
        alert=f"s{number}",
        issue=f"i{number}",
        issue_name=f"isu {number}",
        to_level=Level.WASPADA,
        at=at,
    )


def burning(number: int, at: Seconds = NOW) -> Transition:
    """An issue that opens at SIAGA."""
    return replace(smouldering(number, at), to_level=Level.SIAGA)


def resolved(one: Transition) -> Transition:
    return replace(one, id=f"{one.alert}-2", number=2, change="resolved", from_level=one.to_level, to_level=Level.NORMAL)


@pytest.fixture
def keen(deployed: Deployment, hook: Sink) -> Deployment:
    """A receiver that wants to know of WASPADA too."""
    deployed.config = config(ReceiverConfig(id="piket", kind="webhook", url=hook.url, secret="HUMAS", least="waspada"))
    return deployed


class TestTheHour:
    def test_waspada_is_told_once_an_hour_in_one_message(self, keen: Deployment, hook: Sink) -> None:
        for number in (1, 2, 3):
            keen.hand(smouldering(number, NOW + number))
        keen.now = FULL - 1
        keen.tick()
        assert hook.ids == []
        keen.now = FULL
        keen.tick()
        assert hook.ids == ["s3-1"]
        leader = keen.notice(smouldering(3))
        assert [one.id for one in leader.digest] == ["s2-1", "s1-1"]
        assert [(one.issue_name, one.to_level) for one in leader.digest] == [("isu 2", Level.WASPADA), ("isu 1", Level.WASPADA)]
        assert {keen.notice(smouldering(number)).state for number in (1, 2)} == {"gathered"}
        keen.now += HOUR
        keen.tick()
        assert hook.ids == ["s3-1"]

    def test_one_alone_is_no_digest(self, keen: Deployment, hook: Sink) -> None:
        keen.hand(smouldering(1))
        keen.now = FULL
        keen.tick()
        assert hook.ids == ["s1-1"]
        assert keen.notice(smouldering(1)).digest == ()

    def test_what_rises_meanwhile_is_told_at_once(self, keen: Deployment, hook: Sink) -> None:
        keen.hand(smouldering(1), smouldering(2))
        raised = replace(burning(1), id="s1-2", number=2, change="raised", from_level=Level.WASPADA)
        keen.hand(raised)
        assert hook.ids == ["s1-2"]
        assert [one["id"] for one in hook.events[0]["data"]["missed"]] == ["s1-1"]
        keen.now = FULL
        keen.tick()
        assert hook.ids == ["s1-2", "s2-1"]

    def test_what_is_over_within_the_hour_is_told_as_over(self, keen: Deployment, hook: Sink) -> None:
        keen.hand(smouldering(1))
        keen.hand(resolved(smouldering(1)))
        keen.now = FULL
        keen.tick()
        assert [event["type"] for event in hook.events] == ["alert.resolved"]
        assert [one["id"] for one in hook.events[0]["data"]["missed"]] == ["s1-1"]

    def test_what_was_told_in_a_digest_is_not_told_as_missed(self, keen: Deployment, hook: Sink) -> None:
        keen.hand(smouldering(1), smouldering(2))
        keen.now = FULL
        keen.tick()
        keen.hand(replace(burning(1), id="s1-2", number=2, change="raised"))
        assert hook.events[-1]["data"]["missed"] == []

    def test_at_once_where_that_is_wanted(self, keen: Deployment, hook: Sink) -> None:
        keen.config = replace(keen.config, duty=Duty(waspada="at-once"))
        keen.hand(smouldering(1), smouldering(2))
        assert hook.ids == ["s1-1", "s2-1"]

    def test_receivers_do_not_mix(self, keen: Deployment, hook: Sink) -> None:
        [piket] = keen.config.receivers
        keen.config = replace(keen.config, receivers=(piket, replace(piket, id="piket-2")))
        keen.hand(smouldering(1), smouldering(2))
        keen.now = FULL
        keen.tick()
        assert hook.ids == ["s2-1", "s2-1"]
        for receiver in ("piket", "piket-2"):
            assert [one.id for one in keen.notice(smouldering(2), receiver).digest] == ["s1-1"]


def test_a_quiet_night_ends_with_one_message(deployed: Deployment, hook: Sink) -> None:
    deployed.config = config(replace(deployed.config.receivers[0], quiet="00.00-24.00"))
    for number in range(6):
        deployed.hand(burning(number, NOW + number))
    deployed.hand(replace(RAISED, at=NOW))
    assert hook.ids == [RAISED.id]  # awas does not wait
    deployed.config = config(replace(deployed.config.receivers[0], quiet=""))
    deployed.now = NOW + 30 * HOUR
    deployed.tick()
    assert hook.ids == [RAISED.id, "s5-1"]
    assert [one.id for one in deployed.notice(burning(5)).digest] == [f"s{number}-1" for number in (4, 3, 2, 1, 0)]


class TestDownForADay:
    def down(self, deployed: Deployment, hook: Sink, alarms: int) -> None:
        """A day in which the receiver answers 500, and so many alarms come, spread over it."""
        hook.answers = [500] * 100_000
        every = 900
        for moment in range(0, 24 * HOUR, every):
            deployed.now = NOW + moment
            first, last = alarms * moment // (24 * HOUR), alarms * (moment + every) // (24 * HOUR)
            deployed.hand(*(burning(number, deployed.now) for number in range(first, last)))
            deployed.tick()
        hook.answers = []

    def test_nothing_is_lost_and_nothing_bursts(self, deployed: Deployment, hook: Sink) -> None:
        alarms = 60
        self.down(deployed, hook, alarms)
        tried = len(hook.headers)
        for _ in range(24):
            deployed.now += 300
            deployed.tick()
        kept = deployed.notices().values()
        assert {notice.state for notice in kept} == {"delivered", "gathered"}
        assert len(kept) == alarms
        delivered = [notice for notice in kept if notice.state == "delivered"]
        assert len(hook.ids) == len(set(hook.ids)) == len(delivered)
        assert len(delivered) <= 10  # those of the last two hours, and one summary
        [summary] = [notice for notice in delivered if notice.digest]
        assert summary.more + len(summary.digest) + len(delivered) == alarms
        assert len(summary.digest) == LISTED
        assert tried < 24 * 25  # not each of them every hour

    def test_a_few_old_ones_come_one_by_one(self, deployed: Deployment, hook: Sink) -> None:
        self.down(deployed, hook, alarms=3)
        deployed.now += HOUR + 300
        deployed.tick()
        assert sorted(hook.ids) == ["s0-1", "s1-1", "s2-1"]


@pytest.mark.parametrize("commits", [0, 1, 2])
def test_killed_at_any_point_everything_is_told(keen: Deployment, hook: Sink, commits: int) -> None:
    keen.hand(smouldering(1), smouldering(2), smouldering(3))
    keen.now = FULL
    kept = keen.store
    keen.store = Dying(kept, commits)
    with pytest.raises(Killed):
        keen.tick()
    keen.store = kept
    for _ in range(3):
        keen.now += 120
        keen.tick()
    assert hook.ids == ["s3-1"] * (2 if commits == 2 else 1)
    assert [one.id for one in keen.notice(smouldering(3)).digest] == ["s2-1", "s1-1"]
    assert due_names(keen.store, keen.now + KEPT - HOUR, 10) == ()


def test_many_at_once_are_counted(keen: Deployment, hook: Sink) -> None:
    keen.hand(*(smouldering(number) for number in range(40)))
    keen.now = FULL
    keen.tick()
    [leader] = [notice for notice in keen.notices().values() if notice.state == "delivered"]
    assert (len(leader.digest), leader.more, len(hook.ids)) == (LISTED, 40 - 1 - LISTED, 1)


def test_what_is_being_sent_just_now_is_not_gathered(keen: Deployment) -> None:
    for number in (1, 2, 3):
        keen.hand(smouldering(number))
    keen.now = FULL
    names = [f"s{number}-000001-piket" for number in (1, 2, 3)]
    [document] = keen.store.read([f"notices/{names[0]}"])
    assert document is not None
    sending = claim(keen.notice(smouldering(1)), (), keen.now)
    keen.store.commit([Put(f"notices/{names[0]}", pack(sending), sending.due_at, document.revision)])
    leader = Waiting(keen.store).gather(keen.notice(smouldering(3)), (), keen.now)
    assert [one.id for one in leader.digest] == ["s2-1"]
    assert keen.notice(smouldering(1)).state == "pending"


def test_each_gathered_alarm_is_followed_up_by_itself(keen: Deployment) -> None:
    """Five alarms of a night in one message: whoever answers one of them has not answered the others."""
    alarms = [replace(Notice(burning(number), "piket", "Asia/Jakarta", NOW, NOW), escalate_at=NOW + HOUR) for number in (1, 2)]
    leader = lead(alarms[0], alarms[1:], NOW)
    assert gathered(alarms[1], leader, NOW).escalate_at == NOW + HOUR
    assert gathered(alarms[1], leader, NOW).due_at == NOW + HOUR
    assert leader.message != alarms[0].message == "s1-1"


def test_after_an_outage_each_receiver_gets_its_summary_at_once(deployed: Deployment, hook: Sink) -> None:
    """Whichever of its notices is due first: the gravest, which tells of all, may have been waiting for longer."""
    [piket] = deployed.config.receivers
    deployed.config = config(*(replace(piket, id=f"p{number}") for number in range(4)))
    old = NOW - 3 * HOUR
    for alarm in range(5):
        for receiver in deployed.config.receivers:
            due = NOW if alarm == 0 else NOW + 40 * 60
            one = Notice(burning(alarm, old + alarm), receiver.id, "UTC", old, due, attempts=4, reason="mati")
            deployed.store.commit([Put(f"notices/{one.name}", pack(one), due)])
    deployed.tick()
    assert hook.ids == ["s4-1"] * 4


def test_what_another_instance_writes_meanwhile_is_looked_at_again(
    keen: Deployment, hook: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        keen.hand(smouldering(number))
    keen.now = FULL
    real, once = keen.store.due, [True]

    def due(collection: str, now: Seconds, limit: int) -> list[tuple[str, Document]]:
        found = real(collection, now, limit)
        if once and now > keen.now:  # the look at what waits
            once.clear()
            name, document = found[0]
            keen.store.commit([Put(f"notices/{name}", document.data, document.due_at)])
        return found

    monkeypatch.setattr(keen.store, "due", due)
    keen.tick()
    assert hook.ids == ["s3-1"]
    assert [one.id for one in keen.notice(smouldering(3)).digest] == ["s2-1", "s1-1"]
