"""Crashes between any two steps of notify, and two instances at once: nothing lost, nothing sent twice but under the same id."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from shared.config.schema import ReceiverConfig
from shared.delivery.moves import OVERTAKEN
from shared.http import Client
from shared.model import Seconds
from shared.notices import LEASE, Notice, Outcome, due_names
from shared.ports import Conflict, Delete, Document, Permanent, Put, Retryable, Write
from shared.receivers import RECEIVERS
from shared.settings import Settings
from tests.notify.deployment import NOW, Deployment, Dying, Killed, Meeting, config
from tests.receivers.samples import OPENED, RAISED
from tests.receivers.sink import Sink


class TestCrashes:
    def test_between_create_and_send(self, deployed: Deployment, hook: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
        def dies(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
            raise Killed

        with monkeypatch.context() as patch:
            patch.setitem(RECEIVERS, "webhook", dies)
            with pytest.raises(Killed):
                deployed.hand(OPENED)
        deployed.hand(OPENED)  # redelivered at once: the lease still holds
        assert hook.events == []
        assert due_names(deployed.store, NOW + LEASE - 1, 10) == ()
        deployed.now += LEASE
        deployed.tick()
        assert hook.ids == [OPENED.id]
        assert deployed.notice().attempts == 2

    def test_between_send_and_record_repeats_the_same_id(self, deployed: Deployment, hook: Sink) -> None:
        deployed.store = Dying(deployed.store, commits=1)
        with pytest.raises(Killed):
            deployed.hand(OPENED)
        deployed.now += LEASE
        deployed.hand(OPENED)  # even without a tick
        assert hook.ids == [OPENED.id, OPENED.id]
        assert {headers["webhook-id"] for headers in hook.headers} == {OPENED.id}

    def test_before_create_nothing_has_happened(self, deployed: Deployment, hook: Sink) -> None:
        deployed.store = Dying(deployed.store, commits=0)
        with pytest.raises(Killed):
            deployed.hand(OPENED)
        deployed.hand(OPENED)
        assert hook.ids == [OPENED.id]

    def test_a_store_that_is_down_asks_for_redelivery(self, deployed: Deployment, hook: Sink) -> None:
        deployed.store = Dying(deployed.store, commits=0, error=Retryable("store is down"))
        with pytest.raises(Retryable):
            deployed.hand(OPENED)
        deployed.hand(OPENED)
        assert hook.ids == [OPENED.id]


class TestTwoInstances:
    def test_the_same_message_at_once_is_sent_once(self, deployed: Deployment, hook: Sink) -> None:
        deployed.store = Meeting(deployed.store, at="scan")
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(deployed.hand, OPENED) for _ in range(2)]:
                done.result()
        assert hook.ids == [OPENED.id]

    def test_the_same_due_notice_at_once_is_tried_once(self, deployed: Deployment, hook: Sink) -> None:
        hook.answers = [500]
        deployed.hand(OPENED)
        deployed.wait()
        names = due_names(deployed.store, deployed.now, 10)
        deployed.store = Meeting(deployed.store, at="read")
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(deployed.hand, due=names) for _ in range(2)]:
                done.result()
        assert hook.ids == [OPENED.id]

    def test_a_writer_who_always_loses_gives_the_message_back(
        self, deployed: Deployment, hook: Sink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def loses(writes: Sequence[Write]) -> list[str]:
            raise Conflict("somebody else was first")

        monkeypatch.setattr(deployed.store, "commit", loses)
        with pytest.raises(Conflict):
            deployed.hand(OPENED)
        assert hook.events == []


class TestManyReceivers:
    @pytest.fixture
    def three(self, deployed: Deployment) -> Deployment:
        [piket] = deployed.config.receivers
        deployed.config = config(*(replace(piket, id=f"p{number}") for number in range(3)))
        return deployed

    @pytest.mark.parametrize("error", [Conflict("somebody else was first"), Permanent("too large")])
    def test_one_notice_that_cannot_be_written_keeps_no_other_waiting(
        self, three: Deployment, hook: Sink, error: Exception, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = three.kept.commit

        def refuses(writes: Sequence[Write]) -> list[str]:
            if any(write.path.endswith("-p0") for write in writes if not isinstance(write, Delete)):
                raise error
            return real(writes)

        with monkeypatch.context() as patch:
            patch.setattr(three.store, "commit", refuses)
            with pytest.raises(Retryable):
                three.hand(OPENED)
        assert hook.ids == [OPENED.id] * 2
        hook.answers = [500] * 3
        three.hand(replace(OPENED, id="c3-1", alert="c3"))
        three.now += 120
        hook.events.clear()
        monkeypatch.setattr(three.store, "commit", refuses)
        with pytest.raises(Retryable):
            three.tick()
        assert hook.ids == ["c3-1"] * 2

    def test_an_unreadable_one_that_another_instance_writes_neither(
        self, three: Deployment, hook: Sink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hook.answers = [500] * 3
        three.hand(OPENED)
        three.now += 120
        names, real = due_names(three.store, three.now, 10), three.kept.commit
        [document] = three.store.read([f"notices/{names[0]}"])
        assert document is not None
        real([Put(f"notices/{names[0]}", b"{}", document.due_at)])

        def refuses(writes: Sequence[Write]) -> list[str]:
            if any(isinstance(write, Put) and write.data == b"{}" for write in writes):
                raise Conflict("somebody else was first")
            return real(writes)

        monkeypatch.setattr(three.store, "commit", refuses)
        with pytest.raises(Conflict):
            three.hand(due=names)
        assert hook.ids == [OPENED.id] * 2

    def test_a_message_longer_than_a_lease_sends_nothing_twice(
        self, deployed: Deployment, hook: Sink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        [piket] = deployed.config.receivers
        deployed.config = config(*(replace(piket, id=f"p{number:02}") for number in range(20)))
        real = RECEIVERS["webhook"]

        def slow(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
            deployed.now += 8
            if receiver.id == "p15":
                deployed.tick()  # another instance, meanwhile
            return real(notice, receiver, settings, client, now)

        monkeypatch.setitem(RECEIVERS, "webhook", slow)
        deployed.hand(OPENED)
        assert hook.ids == [OPENED.id] * 20


def test_a_change_that_comes_late_is_listed_by_the_next(
    deployed: Deployment, hook: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, late = deployed.store.scan, [OPENED]

    def scan(collection: str, start: str, end: str, limit: int) -> list[tuple[str, Document]]:
        found = real(collection, start, end, limit)
        if late:
            hook.answers = [500]
            deployed.hand(late.pop())  # another instance, between our look and our telling
        return found

    monkeypatch.setattr(deployed.store, "scan", scan)
    deployed.hand(replace(RAISED, at=NOW))
    deployed.now += 120
    deployed.tick()
    assert hook.ids == [RAISED.id]
    assert (deployed.notice().state, deployed.notice().reason) == ("folded", OVERTAKEN)
    deployed.hand(replace(RAISED, id="a1b2-3", number=3))
    assert [one["id"] for one in hook.events[-1]["data"]["missed"]] == [OPENED.id]
