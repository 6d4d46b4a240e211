"""Every chat and push service over real HTTP: accepted whatever a feed says, within every limit; and what each answer means."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.http import Client
from shared.model import AlertKind, Change
from shared.notices import Delivered, Later, Never, Notice, Outcome
from shared.receivers import KINDS, RECEIVERS
from tests.receivers.fake import Fake, Reply, serving
from tests.receivers.samples import (
    AT,
    COLLECTOR,
    LONG,
    LOWERED,
    NASTY,
    OPENED,
    RAISED,
    RESOLVED,
    WATCHWORD,
    WIDE,
    notice,
    poisoned,
)
from tests.receivers.services import CHECKS
from tests.receivers.sink import closed_port_url

ADDRESSES = ("google-chat", "slack", "teams", "discord")


@pytest.fixture(params=CHECKS)
def service(request: pytest.FixtureRequest) -> Iterator[Fake]:
    with serving(request.param) as fake:
        yield fake


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client("kentongan-tests", allow_loopback=True) as one:
        yield one


def send(service: Fake, client: Client, told: Notice | None = None, **changes: str) -> Outcome:
    return RECEIVERS[service.kind](told or notice(), service.receiver(**changes), service.settings(), client, AT)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_of_notice_is_accepted(service: Fake, client: Client, language: str) -> None:
    for transition in (OPENED, RAISED, LOWERED, RESOLVED, WATCHWORD, COLLECTOR):
        assert send(service, client, notice(transition), language=language) == Delivered()
    assert service.faults == []
    assert "SIAGA" in json.dumps(service.sent)


@pytest.mark.parametrize("kind", ["issue", "watchword", "collector"])
@pytest.mark.parametrize("change", ["opened", "resolved"])
def test_the_longest_and_nastiest_texts_are_accepted(service: Fake, client: Client, change: Change, kind: AlertKind) -> None:
    for text in (NASTY, NASTY * 40, LONG, WIDE, "&" * 5000, "\\" * 5000, '"' * 5000, "<" * 5000, "*" * 5000, " ", ""):
        assert send(service, client, poisoned(text, change, kind)) == Delivered(), text[:40]
    assert service.faults == []
    assert not {"\u202e", "\u200b", "\x1b", "\u2028"} & set(json.dumps(service.sent, ensure_ascii=False))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=400))
def test_any_text_is_accepted(service: Fake, client: Client, text: str) -> None:
    assert send(service, client, poisoned(text)) == Delivered()
    assert service.faults == []


def test_without_links_and_on_this_computer_alone_no_dead_button_is_sent(service: Fake, client: Client) -> None:
    here = service.settings(BASE_URL="http://127.0.0.1:8080", DESK_URL="http://127.0.0.1:8080/desk")
    for where in (here, service.settings(LINK_KEY="", BASE_URL="", DESK_URL="")):
        assert RECEIVERS[service.kind](notice(), service.receiver(), where, client, AT) == Delivered()
    assert service.faults == []
    assert "127.0.0.1" not in json.dumps(service.sent)


@pytest.mark.parametrize("status", [401, 404, 405, 408, 425, 429, 500, 502, 503, 302])
def test_later(service: Fake, client: Client, status: int) -> None:
    service.answers = [Reply(status, headers={"Retry-After": "1800"})]
    outcome = send(service, client)
    assert isinstance(outcome, Later)
    assert (outcome.after, outcome.answered) == (1800, True)


@pytest.mark.parametrize("status", [400, 413, 422])
def test_never(service: Fake, client: Client, status: int) -> None:
    service.answers = [Reply(status, b'{"error": {"message": "bad"}, "description": "bad", "message": "bad"}')]
    outcome = send(service, client)
    assert outcome == Never(f"penerima menolak dengan {status}: bad")


GONE = [("telegram", 403), *((kind, 410) for kind in CHECKS)]


@pytest.mark.parametrize(("kind", "status"), GONE)
def test_a_place_that_is_gone_is_left_alone(client: Client, kind: str, status: int) -> None:
    with serving(kind) as service:
        service.answers = [Reply(status)]
        outcome = send(service, client)
    assert isinstance(outcome, Never)
    assert outcome.gone
    assert str(status) in outcome.reason


def test_pauses_told_in_the_body(client: Client) -> None:
    with serving("telegram") as service:
        service.answers = [Reply(429, b'{"ok":false,"description":"Too Many Requests","parameters":{"retry_after":35}}')]
        assert send(service, client) == Later("penerima menjawab 429: Too Many Requests", 35)
    with serving("discord") as service:
        service.answers = [Reply(429, b'{"message":"You are being rate limited.","retry_after":64.57,"global":false}')]
        assert send(service, client) == Later("penerima menjawab 429: You are being rate limited.", 65)
    with serving("whatsapp") as service:
        service.answers = [Reply(400, b'{"error":{"message":"(#130429) Rate limit hit","code":130429}}')]
        assert isinstance(send(service, client), Later)


def test_a_mistyped_key_of_google_chat_may_be_put_right(client: Client) -> None:
    said = '{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":%s}}'
    with serving("google-chat") as service:
        service.answers = [
            Reply(400, (said % '[7,{"reason":"API_KEY_INVALID"}]').encode()),
            Reply(400, (said % '{"reason":1}').encode()),
        ]
        assert send(service, client) == Later("penerima menolak dengan 400: API key not valid.")
        assert send(service, client) == Never("penerima menolak dengan 400: API key not valid.")


def test_a_group_that_has_moved_says_where_to(client: Client) -> None:
    with serving("telegram") as service:
        service.answers = [Reply(400, b'{"description":"group chat was upgraded","parameters":{"migrate_to_chat_id":-100987}}')]
        outcome = send(service, client)
    assert outcome == Never('grup ini sekarang bernomor lain: ganti to menjadi "-100987"', gone=True)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"<html>" * 9000,
        b'{"error":' + b"[" * 100_000,
        b'{"error": 7, "parameters": [], "retry_after": "x"}',
    ],
)
def test_answers_that_nobody_expects(service: Fake, client: Client, body: bytes) -> None:
    for status in (400, 429, 500):
        service.answers = [Reply(status, body)]
        outcome = send(service, client)
        assert isinstance(outcome, Never if status == 400 else Later)


UNUSABLE = ["http://10.0.0.1/x", "kata sandi", "file:///etc/passwd", "https://user:p@a.example/", "//x"]
NO_TOKENS = ["../../x", "123456789:pendek", "123456789:AAF kunci rahasia bot telegram abcdef", "http://a.example"]


class TestSecrets:
    def test_a_missing_one_is_told_by_name(self, service: Fake, client: Client) -> None:
        outcome = RECEIVERS[service.kind](notice(), service.receiver(), service.settings(SECRET_RAHASIA=" "), client, AT)
        assert outcome == Later("rahasia RAHASIA belum diisi: setel SECRET_RAHASIA")
        assert service.sent == []

    def test_none_is_told_by_a_service_that_repeats_everything(self, service: Fake, client: Client) -> None:
        service.echo = True
        outcome = send(service, client)
        assert isinstance(outcome, Never)
        for piece in ("AAF-kunci", "rahasia-sekali", "kunci-rahasia", "token-rahasia", "tk_rahasia", "EAA-rahasia"):
            assert piece not in outcome.reason

    def test_none_is_told_where_nobody_listens(self, client: Client) -> None:
        for kind in CHECKS:
            fake = Fake(kind, closed_port_url().removesuffix("/hook"))
            outcome = send(fake, client)
            assert isinstance(outcome, Later)
            assert not outcome.answered
            assert fake.secret not in outcome.reason

    @pytest.mark.parametrize("kind", ADDRESSES)
    @pytest.mark.parametrize("address", UNUSABLE)
    def test_an_address_that_may_not_be_opened(self, client: Client, kind: str, address: str) -> None:
        fake = Fake(kind)
        outcome = RECEIVERS[kind](notice(), fake.receiver(), fake.settings(SECRET_RAHASIA=address), client, AT)
        assert isinstance(outcome, Never)
        assert address not in outcome.reason

    @pytest.mark.parametrize("token", NO_TOKENS)
    def test_what_is_no_token_never_becomes_an_address(self, client: Client, token: str) -> None:
        with serving("telegram") as service:
            settings = service.settings(SECRET_RAHASIA=token)
            outcome = RECEIVERS["telegram"](notice(), service.receiver(), settings, client, AT)
            assert service.sent == []
        assert isinstance(outcome, Later)
        assert token not in outcome.reason


def test_the_table_says_what_is_allowed() -> None:
    assert all(kind.limits and kind.name for kind in KINDS.values())
    assert all(kind.secret for kind in KINDS.values() if "secret" in kind.needs + kind.takes)


SPOILT = {
    "telegram": ("text", "<i>miring</i>"),
    "google-chat": ("cardsV2", [{"card": {"sections": [{"widgets": [{"textParagraph": {"text": "<users/all>"}}]}]}}]),
    "ntfy": ("message", "é" * 2049),
    "whatsapp": ("to", "0812"),
    "slack": ("text", "<!channel>"),
    "teams": ("type", "card"),
    "discord": ("allowed_mentions", {"parse": ["everyone"]}),
}


def test_the_checks_themselves_can_fail(service: Fake, client: Client) -> None:
    assert send(service, client) == Delivered()
    key, value = SPOILT[service.kind]
    headers = {"content-length": "10", "content-type": "application/json", "authorization": f"Bearer {service.secret}"}
    paths = {"telegram": f"/bot{service.secret}/sendMessage", "whatsapp": "/123456789012345/messages", "ntfy": "/"}
    path = paths.get(service.kind, service.secret.removeprefix(service.url) + "&messageReplyOption=x")
    check = CHECKS[service.kind]
    assert list(check(path, headers, service.sent[0])) == []
    assert list(check(path, headers, {**service.sent[0], key: value})) != []


@pytest.mark.parametrize("service", ["telegram"], indirect=True)
def test_telegram_hangs_what_follows_below_what_it_follows(service: Fake, client: Client) -> None:
    service.answers = [Reply(200, b'{"ok":true,"result":{"message_id":41}}'), Reply(200, b'{"ok":true,"result":"?"}')]
    assert send(service, client) == Delivered("41")
    assert send(service, client, replace(notice(RAISED), follows="41")) == Delivered()
    first, second = service.sent[-2:]
    assert "reply_parameters" not in first
    assert second["reply_parameters"] == {"message_id": 41, "allow_sending_without_reply": True}
    assert service.faults == []
