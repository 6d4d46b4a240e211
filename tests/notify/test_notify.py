"""The notify stage on the real store, with real HTTP to a sink: who is told, once, in order, through every fault."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shared import notify
from shared.config.schema import Agency, Config, ReceiverConfig
from shared.http import Client
from shared.messages import AnswersGiven, encode
from shared.model import DAY, Level, Seconds
from shared.notices import GIVE_UP, KEPT, LONGEST_WAIT, Missed, Notice, Outcome, due_names
from shared.ports import Permanent
from shared.receivers import RECEIVERS
from shared.settings import Settings
from shared.wiring import Services
from tests.notify.deployment import NOW, Deployment, config
from tests.receivers.samples import LOWERED, OPENED, RAISED, settings
from tests.receivers.sink import Sink, closed_port_url


def test_everyone_who_wants_to_know_is_told_once(deployed: Deployment, hook: Sink) -> None:
    piket, kepala = (ReceiverConfig(id=id, kind="webhook", url=hook.url, secret="HUMAS") for id in ("piket", "kepala"))
    deployed.config = config(piket, replace(kepala, least="awas"))
    deployed.hand(OPENED)
    deployed.hand(RAISED)
    deployed.hand(RAISED, OPENED)  # redelivered, in a new batch
    assert hook.ids == [OPENED.id, RAISED.id, RAISED.id]
    assert hook.faults == []
    delivered = deployed.notice(RAISED, "kepala")
    assert (delivered.state, delivered.attempts, delivered.due_at, delivered.done_at) == ("delivered", 1, NOW + KEPT, NOW)


def test_a_notice_at_rest_is_thrown_away_when_its_time_of_keeping_is_over_and_sends_nothing(
    deployed: Deployment, hook: Sink
) -> None:
    deployed.hand(OPENED)
    name = deployed.notice(OPENED).name
    deployed.now += KEPT - 1
    deployed.tick()
    assert deployed.notice(OPENED).state == "delivered"
    deployed.now += 1
    deployed.tick()
    assert deployed.store.read([f"notices/{name}"]) == [None]
    assert hook.ids == [OPENED.id]


def test_the_agencys_own_zone_is_used(deployed: Deployment) -> None:
    agency = Agency(id="33.99", name="Pemerintah Kabupaten Sagara", zone="Asia/Makassar")
    deployed.config = Config(agencies=(agency,), receivers=deployed.config.receivers)
    deployed.hand(OPENED)
    assert deployed.notice().zone == "Asia/Makassar"


class TestFaults:
    @pytest.mark.parametrize("answer", [500, 429, 503, "reset", "slow"])
    def test_passing_faults_are_tried_again(self, deployed: Deployment, hook: Sink, answer: int | str) -> None:
        hook.answers = [answer]
        deployed.hand(OPENED)
        waiting = deployed.notice()
        assert waiting.state == "pending"
        assert waiting.reason
        assert NOW + 60 <= (waiting.due_at or 0) <= NOW + 75
        hook.events.clear()  # of a slow receiver, which may have taken it after all
        deployed.hand(OPENED)
        deployed.tick()
        assert hook.events == []  # not before its time
        deployed.wait()
        deployed.tick()
        assert hook.ids == [OPENED.id]
        assert deployed.notice().state == "delivered"

    def test_nobody_listens(self, deployed: Deployment) -> None:
        deployed.config = config(ReceiverConfig(id="piket", kind="webhook", url=closed_port_url()))
        deployed.hand(OPENED)
        assert deployed.notice().state == "pending"

    def test_the_pause_asked_for_is_kept(self, deployed: Deployment, hook: Sink) -> None:
        hook.answers, hook.retry_after = [429], "1800"
        deployed.hand(OPENED)
        assert deployed.notice().due_at == NOW + 1800

    def test_a_receiver_that_is_gone_is_left_alone(self, deployed: Deployment, hook: Sink) -> None:
        hook.answers = [410]
        deployed.hand(OPENED)
        failed = deployed.notice()
        assert (failed.state, failed.due_at) == ("failed", NOW + KEPT)
        assert "410" in failed.reason
        assert due_names(deployed.store, NOW + 30 * DAY, 10) == ()

    @pytest.mark.parametrize(("answers", "tries"), [(["reset"], 1), ([429], 1), ([500, 500, 500], 3)])
    def test_a_receiver_that_is_down_is_waited_for_once_a_message(
        self, deployed: Deployment, hook: Sink, answers: list[int | str], tries: int
    ) -> None:
        hook.answers, hook.retry_after = answers, "60" if answers == [429] else ""
        alerts = [replace(OPENED, id=f"{alert}-1", alert=alert) for alert in ("a1", "a2", "a3")]
        deployed.hand(*alerts)
        assert len(hook.headers) == tries
        assert [deployed.notice(one).state for one in alerts] == ["pending"] * 3
        deployed.now += 80
        deployed.tick()
        assert sorted(hook.ids) == ["a1-1", "a2-1", "a3-1"]

    def test_one_broken_receiver_does_not_keep_the_others_waiting(self, deployed: Deployment, hook: Sink) -> None:
        broken = ReceiverConfig(id="mati", kind="webhook", url=closed_port_url())
        deployed.config = config(broken, *deployed.config.receivers)
        deployed.hand(OPENED)
        assert hook.ids == [OPENED.id]

    def test_a_week_is_enough(self, deployed: Deployment, hook: Sink) -> None:
        hook.answers = [500] * 1000
        deployed.hand(OPENED)
        while deployed.notice().state == "pending":
            deployed.wait()
            deployed.tick()
        given_up = deployed.notice()
        assert given_up.state == "failed"
        assert given_up.reason == "tidak sampai dalam 7 hari; terakhir: penerima menjawab 500"
        assert GIVE_UP < given_up.done_at - NOW <= GIVE_UP + LONGEST_WAIT
        assert given_up.attempts == len(hook.headers)

    def test_a_receiver_that_left_the_configuration_may_come_back(self, deployed: Deployment, hook: Sink) -> None:
        hook.answers, before = [500], deployed.config
        deployed.hand(OPENED)
        deployed.config = config()
        deployed.wait()
        deployed.tick()
        assert (deployed.notice().state, deployed.notice().reason) == ("pending", "penerima tidak ada lagi dalam konfigurasi")
        deployed.config = before
        deployed.wait()
        deployed.tick()
        assert hook.ids == [OPENED.id]


class TestOrder:
    def test_a_later_change_takes_over_what_did_not_arrive(self, deployed: Deployment, hook: Sink) -> None:
        hook.answers = [500, 500]
        deployed.hand(OPENED)
        deployed.hand(RAISED)
        deployed.hand(LOWERED)
        assert hook.ids == [LOWERED.id]
        missed = hook.events[0]["data"]["missed"]
        assert [(one["id"], one["number"], one["change"]) for one in missed] == [
            (OPENED.id, 1, "opened"),
            (RAISED.id, 2, "raised"),
        ]
        assert deployed.notice(OPENED).state == deployed.notice(RAISED).state == "folded"
        assert due_names(deployed.store, NOW + 30 * DAY, 10) == ()

    def test_what_was_told_is_not_told_again(self, deployed: Deployment, hook: Sink) -> None:
        hook.answers = [500]
        for transition in (OPENED, RAISED, LOWERED):
            deployed.hand(transition)
        assert [len(event["data"]["missed"]) for event in hook.events] == [1, 0]

    def test_an_overtaken_change_is_not_sent_as_news(self, deployed: Deployment, hook: Sink) -> None:
        deployed.hand(RAISED)
        deployed.hand(OPENED)
        assert hook.ids == [RAISED.id]
        assert deployed.notice(OPENED).state == "folded"
        deployed.hand(LOWERED)
        assert [one["id"] for one in hook.events[1]["data"]["missed"]] == [OPENED.id]

    def test_one_message_keeps_the_order_of_time(self, deployed: Deployment, hook: Sink) -> None:
        deployed.hand(LOWERED, OPENED, RAISED)
        assert hook.ids == [OPENED.id, RAISED.id, LOWERED.id]

    def test_threads_of_other_receivers_and_alerts_do_not_mix(self, deployed: Deployment, hook: Sink) -> None:
        hook.answers = [500, 500]
        deployed.config = config(*(replace(one, id=id) for one in deployed.config.receivers for id in ("piket", "piket-2")))
        deployed.hand(OPENED)
        deployed.hand(replace(RAISED, alert="a1b2-0"), replace(RAISED, alert="zz"))
        assert [event["data"]["missed"] for event in hook.events] == [[], [], [], []]
        assert deployed.notice(OPENED).state == "pending"

    def test_a_notice_taken_over_while_it_is_tried(
        self, deployed: Deployment, hook: Sink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = RECEIVERS["webhook"]

        def slow(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
            if notice.transition.id == OPENED.id:
                deployed.hand(RAISED)  # another instance, meanwhile
            return real(notice, receiver, settings, client, now)

        monkeypatch.setitem(RECEIVERS, "webhook", slow)
        deployed.hand(OPENED)
        assert hook.ids == [RAISED.id, OPENED.id]
        assert deployed.notice(OPENED).state == "folded"


def test_missed_is_recorded(deployed: Deployment, hook: Sink) -> None:
    hook.answers = [500]
    deployed.hand(OPENED)
    deployed.hand(RAISED)
    assert deployed.notice(RAISED).missed == (Missed(OPENED.id, 1, "opened", Level.SIAGA, OPENED.at),)


class TestMessages:
    def test_none_of_ours(self, deployed: Deployment) -> None:
        services = Services(settings(), deployed.bus, deployed.store)
        for data in (b"", b"{}", encode(AnswersGiven(()), "b")):
            with pytest.raises(Permanent):
                notify.handle(data, services, deployed.config, deployed.client, lambda: NOW)

    def test_a_due_name_without_a_notice(self, deployed: Deployment, hook: Sink) -> None:
        deployed.hand(OPENED, due=["a1b2-000009-piket"])
        assert hook.ids == [OPENED.id]
