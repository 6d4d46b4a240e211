"""Crashes between any two steps of notify, and two instances at once: nothing lost, nothing sent twice but under the same id."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.config.schema import ReceiverConfig
from shared.http import Client
from shared.model import Seconds
from shared.notices import LEASE, Notice, Outcome, due_names
from shared.ports import Conflict, Retryable, Write
from shared.receivers import RECEIVERS
from shared.settings import Settings
from tests.notify.deployment import NOW, Deployment, Dying, Killed, Meeting
from tests.receivers.samples import OPENED
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
