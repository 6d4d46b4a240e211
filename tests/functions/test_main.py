"""Every main.py through functions-framework: what it takes, whom it refuses, what becomes of messages that it cannot handle."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import msgspec
import pytest
from msgspec.structs import replace
from standardwebhooks import Webhook

from shared import entry
from shared.demo import scenario
from shared.detect.storing.log import header_path
from shared.guard.counting import CountingBus, CountingStore
from shared.guard.ledger import left, spent
from shared.guard.tally import Tally
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.messages import AlertsChanged, AnswersGiven, Classified, Collected, decode, encode, open_as
from shared.model import DAY, Answer, Judged, Mention, Round
from shared.permits import AnswerLink, sign
from shared.ports import Put, Retryable
from shared.settings import Settings
from shared.views import Overview
from shared.wiring import Services
from tests.detect.facts import judged
from tests.functions.conftest import LINK_KEY, House, pushed
from tests.receivers.samples import OPENED

PUSHED = ("classify", "detect", "guard", "notify")
CALLED = (("collect", "/"), ("detect", "/tick"), ("report", "/"))

MENTION = Mention("00000000000000a1", "https://k.example/1", "Puskesmas Sagara kehabisan obat, warga kecewa", "K", "k", 1, 1)
MESSAGES = {
    "classify": encode(Collected((MENTION,), Round("r1", 1, ())), "batch-1"),
    "detect": encode(Classified((judged("Jalan rusak", 1_795_000_000),)), "batch-1"),
    "notify": encode(AlertsChanged((replace(OPENED, at=scenario.CRISIS),)), "batch-1"),
}

COSTS = b'{"costAmount": 1, "budgetAmount": 50000, "costIntervalStart": "2026-11-01T07:00:00Z", "currencyCode": "IDR"}'


def _fails(*_: object) -> None:
    raise Retryable("nobody is at home")


@pytest.fixture
def no_bus(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The broker does not answer."""
    monkeypatch.setattr(LocalBus, "publish", _fails)


@pytest.fixture
def no_store(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store does not answer."""
    monkeypatch.setattr(LocalStore, "read", _fails)


class TestWork:
    def test_collect_publishes_what_the_feeds_hold(self, house: House) -> None:
        house.configure()
        house.web.now = scenario.CRISIS
        answer = house.open("collect").call()
        assert answer.status_code == 200
        summary = msgspec.json.decode(answer.data, type=Round)
        assert {checked.status for checked in summary.checked} == {"ok"}
        bodies = [open_as(decode(data), Collected) for data in house.queued("mentions-collected")]
        assert bodies[-1].round == summary
        assert sum(len(body.mentions) for body in bodies) > 100

    def test_classify_publishes_facts(self, house: House) -> None:
        assert house.open("classify").push(MESSAGES["classify"]) == 204
        [message] = map(decode, house.queued("mentions-classified"))
        assert message.batch == "batch-1"
        facts = open_as(message, Classified).facts
        assert [type(fact) for fact in facts] == [Judged, Round]

    def test_detect_commits_facts_and_lets_time_pass(self, house: House) -> None:
        house.configure()
        door = house.open("detect")
        assert door.push(MESSAGES["detect"]) == 204
        assert house.store.read([header_path("0")]) != [None]
        assert house.store.read(["views/overview"]) == [None]
        assert door.call("/tick").status_code == 200
        assert house.store.read(["views/overview"]) != [None]

    def test_notify_tells_the_receiver(self, house: House) -> None:
        house.configure()
        assert house.open("notify").push(MESSAGES["notify"]) == 204
        [(headers, body)] = house.web.received
        assert headers["webhook-id"] == msgspec.json.decode(body)["data"]["transition"] == OPENED.id

    def test_report_says_what_it_wrote(self, house: House) -> None:
        house.configure()
        house.open("detect").call("/tick")
        answer = house.open("report").call()
        assert answer.status_code == 200
        path = msgspec.json.decode(answer.data, type=str)
        assert path.startswith("reports/")
        assert house.store.read([path]) != [None]

    def test_dashboard_shows_pages_to_everybody(self, house: House) -> None:
        house.configure()
        assert house.open("dashboard").get().status_code == 200
        house.open("detect").call("/tick")
        door = house.open("dashboard")
        assert "Kabupaten Sagara" in door.get().text
        assert msgspec.json.decode(door.get("/api/v1/overview").data, type=Overview).agencies[0].id == "33.99"
        assert door.get("/isu/tidak-ada").status_code == 404
        assert door.post().status_code == 405

    def test_guard_notes_what_the_month_has_cost(self, house: House) -> None:
        house.configure()
        assert house.open("guard").push(COSTS) == 204
        assert house.store.read(["usage/budget"]) != [None]
        assert house.queued("alerts-changed") == []


class TestStart:
    @pytest.mark.parametrize("stage", [*PUSHED, "collect", "report", "desk", "dashboard"])
    def test_only_detect_waits_for_the_official_clients(self, house: House, stage: str) -> None:
        house.configure()
        door = house.open(stage)
        assert (door.get() if stage == "dashboard" else door.call()).status_code < 500
        assert house.light == [stage != "detect"]


class TestDesk:
    @pytest.fixture
    def token(self, monkeypatch: pytest.MonkeyPatch) -> str:
        """Of a link that was sent to somebody; desk is switched on."""
        monkeypatch.setenv("LINK_KEY", LINK_KEY)
        monkeypatch.setenv("DESK_URL", "https://desk.example")
        until = int(time.time()) + DAY
        link = AnswerLink(alert="a1b2", transition="a1b2-1", receiver="piket", kind="acknowledge", expires_at=until)
        return sign(LINK_KEY, link)

    def test_an_answer_is_published(self, token: str, house: House) -> None:
        door = house.open("desk")
        shown = door.get(f"/{token}")
        assert (shown.status_code, house.queued("answers-given")) == (200, [])
        assert "form-action 'self'" in shown.headers["Content-Security-Policy"]
        assert door.post(f"/{token}").status_code == 200
        [data] = house.queued("answers-given")
        [answer] = open_as(decode(data), AnswersGiven).answers
        assert isinstance(answer, Answer)
        assert (answer.kind, answer.alert, answer.by) == ("acknowledge", "a1b2", "piket")

    def test_a_wrong_link_says_nothing(self, token: str, house: House) -> None:
        door = house.open("desk")
        assert [door.get(path).status_code for path in ("/", "/x", f"/{token[:-1]}")] == [404, 404, 404]
        assert door.post(f"/{token[:-1]}").status_code == 404

    def test_is_switched_off_by_default(self, house: House) -> None:
        assert [house.open("desk").post(path).status_code for path in ("/tautan", "/ingest")] == [404, 404]
        assert house.queued("answers-given") == []

    def test_items_are_taken_with_a_signature(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        key, now = "whsec_S2VudG9uZ2FuLWR1YS1wdWx1aC1lbXBhdC1ieXRl", datetime.now(UTC)
        monkeypatch.setenv("INGEST_KEY", key)
        body = b'{"items": [{"title": "Air keruh di Sagara", "outlet": "Hotline 112", "id": "1"}]}'
        headers = {"webhook-id": "m1", "webhook-timestamp": str(int(now.timestamp()))}
        door = house.open("desk")
        assert door.post("/ingest", body, headers).status_code == 401
        headers["webhook-signature"] = Webhook(key).sign("m1", now, body.decode())
        assert door.post("/ingest", body, headers).status_code == 202
        [data] = house.queued("mentions-collected")
        assert [one.title for one in open_as(decode(data), Collected).mentions] == ["Air keruh di Sagara"]

    @pytest.mark.usefixtures("no_bus")
    def test_says_when_an_answer_could_not_be_kept(self, token: str, house: House) -> None:
        assert house.open("desk").post(f"/{token}").status_code == 503


class TestQuotas:
    @pytest.fixture(autouse=True)
    def _counted(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """A back end with quotas."""
        connect = entry.connect  # type: ignore[attr-defined]

        def counting(settings: Settings, light: bool) -> Services:
            services, tally = connect(settings, light), Tally()
            return Services(settings, CountingBus(services.bus, tally), CountingStore(services.store, tally), tally)

        monkeypatch.setattr(entry, "connect", counting)
        house.configure()
        house.web.now = scenario.CRISIS

    @pytest.mark.parametrize(("stage", "path"), CALLED)
    def test_a_stage_with_one_instance_leaves_what_it_has_used(self, house: House, stage: str, path: str) -> None:
        assert house.open(stage).call(path).status_code == 200
        assert spent(left(house.store), int(time.time())).reads > 0

    def test_classify_says_what_it_has_used(self, house: House) -> None:
        door = house.open("classify")
        for _ in range(2):  # the first one tells nothing yet
            assert door.push(MESSAGES["classify"]) == 204
        _, second = house.queued("mentions-classified")
        assert open_as(decode(second), Classified).sent > 0

    def test_detect_leaves_what_classify_has_used(self, house: House) -> None:
        door = house.open("detect")
        assert door.push(encode(Classified((), sent=10**9), "batch-1")) == 204
        assert door.call("/tick").status_code == 200
        assert spent(left(house.store), int(time.time())).sent >= 10**9


class TestRefusal:
    @pytest.mark.parametrize(("stage", "path"), [*((stage, "/") for stage in PUSHED), *CALLED])
    def test_without_the_right_token_nothing_happens(self, house: House, stage: str, path: str) -> None:
        house.configure()
        assert house.open(stage).post(path, pushed(MESSAGES.get(stage, b""))).status_code == 403
        assert [(one.store.used.writes, one.bus.used.messages) for one in house.built] == [(0, 0)]  # type: ignore[attr-defined]


class TestBadMessages:
    @pytest.mark.parametrize("stage", PUSHED)
    def test_no_envelope_is_kept_aside(self, house: House, stage: str) -> None:
        house.configure()
        assert house.open(stage).call("/", b"<push>").status_code == 204
        [kept] = house.kept_aside()
        assert (kept.stage, kept.data) == (stage, b"<push>")
        assert kept.reason.startswith("no Pub/Sub envelope")

    @pytest.mark.parametrize("stage", PUSHED)
    @pytest.mark.parametrize("data", [b"kentong", MESSAGES["classify"][:-3], encode(AnswersGiven(()), "x")[::-1]])
    def test_what_never_can_be_read_is_kept_aside(self, house: House, stage: str, data: bytes) -> None:
        house.configure()
        assert house.open(stage).push(data) == 204
        assert [(kept.stage, kept.data) for kept in house.kept_aside()] == [(stage, data)]

    @pytest.mark.parametrize(("stage", "other"), [("classify", "notify"), ("detect", "classify"), ("notify", "detect")])
    def test_a_message_for_another_stage_is_kept_aside(self, house: House, stage: str, other: str) -> None:
        house.configure()
        assert house.open(stage).push(MESSAGES[other]) == 204
        assert [(kept.stage, kept.data) for kept in house.kept_aside()] == [(stage, MESSAGES[other])]


class TestTrouble:
    @pytest.mark.parametrize("stage", ["detect", "notify"])
    def test_a_push_waits_for_the_configuration(self, house: House, stage: str) -> None:
        assert house.open(stage).push(MESSAGES[stage]) == 503
        assert house.kept_aside() == []
        house.configure()
        assert house.open(stage).push(MESSAGES[stage]) == 204

    @pytest.mark.parametrize("stage", ["detect", "guard", "notify"])
    def test_a_push_waits_for_a_configuration_that_this_program_can_read(self, house: House, stage: str) -> None:
        house.configure()
        [kept] = house.store.read(["config/00000001"])
        assert kept is not None
        house.store.commit([Put("config/00000001", b'{"agencies": 7}')])
        assert house.open(stage).push(MESSAGES.get(stage, COSTS)) == 503
        assert house.kept_aside() == []
        house.store.commit([Put("config/00000001", kept.data)])
        assert house.open(stage).push(MESSAGES.get(stage, COSTS)) == 204

    @pytest.mark.usefixtures("no_bus")
    def test_classify_waits_for_the_broker(self, house: House) -> None:
        assert house.open("classify").push(MESSAGES["classify"]) == 503

    @pytest.mark.usefixtures("no_bus")
    @pytest.mark.parametrize("stage", PUSHED)
    def test_a_bad_message_waits_for_the_quarantine(self, house: House, stage: str) -> None:
        house.configure()
        assert house.open(stage).push(b"kentong") == 503

    @pytest.mark.parametrize(("stage", "path"), CALLED)
    def test_a_call_fails_loudly_while_the_store_is_down(self, house: House, no_store: None, stage: str, path: str) -> None:
        answer = house.open(stage).call(path)
        assert (answer.status_code, answer.text) == (503, "nobody is at home")

    @pytest.mark.usefixtures("no_store")
    def test_dashboard_says_so_too(self, house: House) -> None:
        assert house.open("dashboard").get().status_code == 503
