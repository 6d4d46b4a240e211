"""The webhook receiver over real HTTP: what arrives, how it is signed, and what each answer means."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from shared.config.schema import ReceiverConfig
from shared.delivery.moves import brief
from shared.http import Client
from shared.model import Change, Level, Seconds, Transition
from shared.notices import Brief, Delivered, Later, Missed, Never, Outcome
from shared.receivers import RECEIVERS
from shared.receivers.sample import trial
from tests.receivers.samples import AT, COLLECTOR, DUTY, OPENED, SHARED, WATCHWORD, linked, notice, settings
from tests.receivers.schema import SCHEMA, problems
from tests.receivers.sink import SECRET, HurriedClient, Sink, closed_port_url, sink

OTHER = "whsec_" + "QUJD" * 10
NOW: Seconds = int(time.time())  # the receiver's library checks the signature's age by the real clock


@pytest.fixture
def hook() -> Iterator[Sink]:
    with sink() as running:
        yield running


@pytest.fixture
def client(hook: Sink) -> Iterator[Client]:
    with HurriedClient(hook) as one:
        yield one


def send(client: Client, url: str, secret: str = "HUMAS", **environ: str) -> Outcome:  # noqa: S107
    receiver = ReceiverConfig(id="piket", kind="webhook", url=url, secret=secret)
    return RECEIVERS["webhook"](notice(), receiver, settings(**environ), client, NOW)


def test_a_real_receiver_accepts_what_arrives(hook: Sink, client: Client) -> None:
    assert send(client, hook.url) == Delivered()
    [event] = hook.events
    assert hook.faults == []
    assert event["type"] == "alert.opened"
    assert event["timestamp"] == "2026-11-28T02:00:00Z"
    data = event["data"]
    assert (data["from_level"], data["to_level"], data["unit"]) == ("normal", "siaga", "Dinas Kesehatan")
    assert data["negative_share"] == 0.6667
    assert data["mentions"][0]["title"] == "Puluhan siswa dirawat"
    assert data["links"] == {"page": "", "acknowledge": "", "silence": "", "not_needed": ""}
    assert hook.headers[0]["content-type"] == "application/json"


def test_every_published_field_is_sent_and_required(hook: Sink, client: Client) -> None:
    send(client, hook.url)
    published = SCHEMA["properties"]["data"]
    assert set(hook.events[0]["data"]) == set(published["properties"]) == set(published["required"])


def test_links_are_for_this_receiver(hook: Sink, client: Client) -> None:
    receiver = ReceiverConfig(id="piket", kind="webhook", url=hook.url)
    hook.secret = ""
    assert RECEIVERS["webhook"](notice(), receiver, linked(), client, NOW) == Delivered()
    links = hook.events[0]["data"]["links"]
    assert links["page"].startswith("https://pantau.sagara.example/baca/")
    assert links["silence"].startswith("https://meja.sagara.example/")
    assert len(set(links.values())) == 4
    assert links["silence"] in hook.events[0]["data"]["text"]


def test_missed_changes_and_collector_alerts_keep_to_the_schema(hook: Sink, client: Client) -> None:
    receiver = ReceiverConfig(id="piket", kind="webhook", url=hook.url, secret="HUMAS")
    earlier = Missed("c0-0", 1, "opened", Level.WASPADA, AT)
    told = replace(notice(replace(COLLECTOR, number=2)), missed=(earlier,))
    assert RECEIVERS["webhook"](told, receiver, settings(), client, NOW) == Delivered()
    assert hook.faults == []
    [missed] = hook.events[0]["data"]["missed"]
    assert missed == {"id": "c0-0", "number": 1, "change": "opened", "to_level": "waspada", "at": "2026-11-28T02:00:00Z"}


def test_whatever_can_be_gathered_keeps_to_the_schema_in_a_digest(hook: Sink, client: Client) -> None:
    told = replace(notice(), digest=tuple(brief(one) for one in (COLLECTOR, WATCHWORD, DUTY, SHARED)))
    receiver = ReceiverConfig(id="piket", kind="webhook", url=hook.url, secret="HUMAS")
    assert RECEIVERS["webhook"](told, receiver, settings(), client, NOW) == Delivered()
    assert hook.faults == []


def test_a_digest_and_who_did_not_answer_keep_to_the_schema(hook: Sink, client: Client) -> None:
    receiver = ReceiverConfig(id="piket", kind="webhook", url=hook.url, secret="HUMAS", language="en")
    other = Brief("b-1", "b", "issue", "Kabupaten Sagara", "", "isu-8", "jalan", "opened", Level.NORMAL, Level.WASPADA, AT)
    told = replace(notice(), digest=(other,), more=3, escalated_from="budi")
    assert RECEIVERS["webhook"](told, receiver, settings(), client, NOW) == Delivered()
    assert hook.faults == []
    data = hook.events[0]["data"]
    assert (data["digest"][0]["to_level"], data["digest"][0]["at"]) == ("waspada", "2026-11-28T02:00:00Z")
    assert (data["more"], data["escalated_from"]) == (3, "budi")
    assert "Passed on to you: budi has not answered" in data["text"]
    assert "and 3 more changes" in data["text"]


def test_a_trial_keeps_to_the_schema_and_says_that_it_is_one(hook: Sink, client: Client) -> None:
    receiver = ReceiverConfig(id="piket", kind="webhook", url=hook.url, secret="HUMAS")
    told = trial(NOW, "Asia/Jakarta", ("33.99", "Kabupaten Sagara"), "piket")
    for sent in (told, notice()):
        assert RECEIVERS["webhook"](sent, receiver, linked(), client, NOW) == Delivered()
    assert hook.faults == []
    assert [event["data"]["test"] for event in hook.events] == [True, False]
    assert hook.events[0]["data"]["text"].startswith("UJI COBA · ")


def test_a_watchword_has_a_type_of_its_own_and_nothing_to_silence(hook: Sink, client: Client) -> None:
    receiver = ReceiverConfig(id="piket", kind="webhook", url=hook.url, secret="HUMAS")
    RECEIVERS["webhook"](notice(WATCHWORD), receiver, linked(), client, AT)
    assert hook.faults == []
    [event] = hook.events
    assert (event["type"], event["data"]["kind"], event["data"]["watchword"]) == ("watchword.seen", "watchword", "keracunan")
    assert event["data"]["links"]["not_needed"]
    assert not event["data"]["links"]["silence"]


@pytest.mark.parametrize(("told", "type"), [(DUTY, "duty.overdue"), (SHARED, "issue.shared")])
def test_what_follows_up_has_a_type_of_its_own_and_no_answers(hook: Sink, client: Client, told: Transition, type: str) -> None:
    receiver = ReceiverConfig(id="piket", kind="webhook", url=hook.url, secret="HUMAS")
    RECEIVERS["webhook"](notice(told), receiver, linked(), client, AT)
    assert hook.faults == []
    [event] = hook.events
    assert event["type"] == type
    links = event["data"]["links"]
    assert [kind for kind, address in links.items() if address] == ["page"]


@pytest.mark.parametrize("change", ["opened", "raised", "lowered", "resolved", "reopened"])
def test_every_change_has_a_type(hook: Sink, client: Client, change: Change) -> None:
    receiver = ReceiverConfig(id="piket", kind="webhook", url=hook.url, secret="HUMAS")
    RECEIVERS["webhook"](notice(replace(OPENED, change=change)), receiver, settings(), client, NOW)
    assert hook.events[0]["type"] == f"alert.{change}"
    assert hook.faults == []


def test_the_check_itself_can_fail() -> None:
    assert problems({"type": "alert.gone", "timestamp": "kemarin", "data": {}}) != []


class TestSignature:
    def test_two_keys_sign_twice(self, hook: Sink, client: Client) -> None:
        for hook.secret in (SECRET, OTHER):
            assert send(client, hook.url, SECRET_HUMAS=f"{SECRET} {OTHER}") == Delivered()
        assert len(hook.events) == 2
        assert len(hook.headers[0]["webhook-signature"].split()) == 2

    def test_an_altered_body_is_refused(self, hook: Sink, client: Client) -> None:
        send(client, hook.url)
        with pytest.raises(WebhookVerificationError):
            Webhook(SECRET).verify(b"{}", hook.headers[0])

    @pytest.mark.parametrize(
        "secret", ["", " ", "tanpa-awalan", "whsec_", "whsec_QUJD", "whsec_" + "A" * 33, f"{SECRET} kunci-lama"]
    )
    def test_nothing_is_sent_without_a_sound_secret(self, hook: Sink, client: Client, secret: str) -> None:
        outcome = send(client, hook.url, SECRET_HUMAS=secret)
        assert isinstance(outcome, Later)
        assert "HUMAS" in outcome.reason
        assert len(secret) < 8 or secret not in outcome.reason
        assert hook.headers == []

    def test_unsigned_where_no_secret_is_named(self, hook: Sink, client: Client) -> None:
        hook.secret = ""
        assert send(client, hook.url, secret="") == Delivered()
        assert "webhook-signature" not in hook.headers[0]
        assert hook.headers[0]["webhook-id"] == OPENED.id


class TestAnswers:
    @pytest.mark.parametrize("status", [200, 202, 204])
    def test_accepted(self, hook: Sink, client: Client, status: int) -> None:
        hook.answers = [status]
        assert send(client, hook.url) == Delivered()

    @pytest.mark.parametrize("status", [302, 401, 403, 404, 405, 408, 425, 429, 500, 502, 503])
    def test_later(self, hook: Sink, client: Client, status: int) -> None:
        hook.answers = [status]
        outcome = send(client, hook.url)
        assert isinstance(outcome, Later)
        assert hook.events == []

    @pytest.mark.parametrize("status", [400, 410, 413, 422])
    def test_never(self, hook: Sink, client: Client, status: int) -> None:
        hook.answers = [status]
        outcome = send(client, hook.url)
        assert isinstance(outcome, Never)
        assert str(status) in outcome.reason

    def test_the_pause_asked_for(self, hook: Sink, client: Client) -> None:
        hook.answers, hook.retry_after = [429], "1800"
        assert send(client, hook.url) == Later("penerima menjawab 429", 1800)

    def test_nobody_listens(self, client: Client) -> None:
        assert isinstance(send(client, closed_port_url()), Later)

    @pytest.mark.parametrize("fault", ["reset", "slow"])
    def test_no_answer(self, hook: Sink, client: Client, fault: str) -> None:
        hook.answers = [fault]
        assert isinstance(send(client, hook.url), Later)
