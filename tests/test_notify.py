"""The notify stage on the real store, with real HTTP to a sink: who is told, once, in order, through every fault."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from msgspec.structs import replace

from shared import notify
from shared.config.schema import Agency, Config, ReceiverConfig
from shared.http import Client
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.messages import AlertsChanged, AnswersGiven, encode
from shared.model import DAY, HOUR, Level, Seconds, Transition
from shared.notices import GIVE_UP, LEASE, LONGEST_WAIT, Later, Missed, Notice, Outcome, claim, settle, unpack
from shared.ports import Conflict, Document, Permanent, Retryable, Write
from shared.receivers import RECEIVERS
from shared.settings import Settings
from shared.wiring import Services
from tests.receivers.samples import COLLECTOR, LOWERED, OPENED, RAISED, RESOLVED, settings
from tests.receivers.samples import notice as fresh
from tests.receivers.sink import HurriedClient, Sink, closed_port_url, sink

NOW: Seconds = int(time.time())  # signatures are checked by the receiver's real clock


class Desk:
    """A deployment with one receiver, and a clock that the test moves."""

    def __init__(self, folder: Path, hook: Sink) -> None:
        self.hook = hook
        self.now = NOW
        self.store = LocalStore(str(folder))
        self.bus = LocalBus(str(folder))
        self.client = HurriedClient("kentongan-tests", allow_loopback=True)
        self.config = config(ReceiverConfig(id="piket", kind="webhook", url=hook.url, secret="HUMAS"))

    def hand(self, *transitions: Transition, due: Sequence[str] = ()) -> None:
        """Hand a message to the stage."""
        message = encode(AlertsChanged(transitions, tuple(due)), "b1")
        notify.handle(message, Services(settings(), self.bus, self.store), self.config, self.client, self.now)

    def tick(self) -> None:
        """Publish and handle what is due, as detect does."""
        self.hand(due=notify.due_names(self.store, self.now, 100))

    def notice(self, transition: Transition = OPENED, receiver: str = "piket") -> Notice:
        """The recorded notice."""
        [document] = self.store.read([f"notices/{transition.alert}-{transition.number:06d}-{receiver}"])
        assert document is not None
        found = unpack(document.data)
        assert found.due_at == document.due_at
        return found

    def wait(self) -> None:
        """Let the time pass until the next notice is due; signatures keep the real time, so only while nobody verifies."""
        self.now = min(document.due_at or 0 for _, document in self.store.due("notices", NOW + 30 * DAY, 100))


def config(*receivers: ReceiverConfig) -> Config:
    return Config(agencies=(Agency(id="33.99", name="Pemerintah Kabupaten Sagara"),), receivers=receivers)


@pytest.fixture
def hook() -> Iterator[Sink]:
    with sink() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, hook: Sink) -> Iterator[Desk]:
    it = Desk(tmp_path, hook)
    yield it
    it.client.close()
    it.store.close()
    it.bus.close()


@pytest.mark.parametrize(
    ("receiver", "transition", "reason"),
    [
        ({}, OPENED, "alarm"),
        ({}, RAISED, "alarm"),
        ({}, replace(OPENED, change="reopened"), "alarm"),
        ({"least": "awas"}, OPENED, None),
        ({"least": "awas"}, RAISED, "alarm"),
        ({"least": "awas"}, LOWERED, "all_clear"),
        ({"least": "awas"}, RESOLVED, None),
        ({}, RESOLVED, "all_clear"),
        ({}, replace(RESOLVED, from_level=Level.WASPADA), None),
        ({"agencies": ("33.99",)}, OPENED, "alarm"),
        ({"agencies": ("BGN",)}, OPENED, None),
        ({}, COLLECTOR, None),
        ({"health": True}, COLLECTOR, "health"),
        ({"health": True, "least": "awas", "agencies": ("BGN",)}, COLLECTOR, "health"),
        ({"health": True}, OPENED, "alarm"),
    ],
)
def test_wants(receiver: dict[str, object], transition: Transition, reason: str | None) -> None:
    assert notify.wants(ReceiverConfig(id="piket", kind="console", **receiver), transition) == reason  # type: ignore[arg-type]


def test_everyone_who_wants_to_know_is_told_once(desk: Desk, hook: Sink) -> None:
    piket, kepala = (ReceiverConfig(id=id, kind="webhook", url=hook.url, secret="HUMAS") for id in ("piket", "kepala"))
    desk.config = config(piket, replace(kepala, least="awas"))
    desk.hand(OPENED)
    desk.hand(RAISED)
    desk.hand(RAISED, OPENED)  # redelivered, in a new batch
    assert hook.ids == [OPENED.id, RAISED.id, RAISED.id]
    assert hook.faults == []
    delivered = desk.notice(RAISED, "kepala")
    assert (delivered.state, delivered.attempts, delivered.due_at, delivered.done_at) == ("delivered", 1, None, NOW)


def test_the_agencys_own_zone_is_used(desk: Desk) -> None:
    agency = Agency(id="33.99", name="Pemerintah Kabupaten Sagara", zone="Asia/Makassar")
    desk.config = Config(agencies=(agency,), receivers=desk.config.receivers)
    desk.hand(OPENED)
    assert desk.notice().zone == "Asia/Makassar"


class TestFaults:
    @pytest.mark.parametrize("answer", [500, 429, 503, "reset", "slow"])
    def test_passing_faults_are_tried_again(self, desk: Desk, hook: Sink, answer: int | str) -> None:
        hook.answers = [answer]
        desk.hand(OPENED)
        waiting = desk.notice()
        assert waiting.state == "pending"
        assert waiting.reason
        assert NOW + 60 <= (waiting.due_at or 0) <= NOW + 75
        hook.events.clear()  # of a slow receiver, which may have taken it after all
        desk.hand(OPENED)
        desk.tick()
        assert hook.events == []  # not before its time
        desk.wait()
        desk.tick()
        assert hook.ids == [OPENED.id]
        assert desk.notice().state == "delivered"

    def test_nobody_listens(self, desk: Desk) -> None:
        desk.config = config(ReceiverConfig(id="piket", kind="webhook", url=closed_port_url()))
        desk.hand(OPENED)
        assert desk.notice().state == "pending"

    def test_the_pause_asked_for_is_kept(self, desk: Desk, hook: Sink) -> None:
        hook.answers, hook.retry_after = [429], "1800"
        desk.hand(OPENED)
        assert desk.notice().due_at == NOW + 1800

    def test_a_receiver_that_is_gone_is_left_alone(self, desk: Desk, hook: Sink) -> None:
        hook.answers = [410]
        desk.hand(OPENED)
        failed = desk.notice()
        assert (failed.state, failed.due_at) == ("failed", None)
        assert "410" in failed.reason
        assert notify.due_names(desk.store, NOW + 30 * DAY, 10) == ()

    def test_one_broken_receiver_does_not_keep_the_others_waiting(self, desk: Desk, hook: Sink) -> None:
        broken = ReceiverConfig(id="mati", kind="webhook", url=closed_port_url())
        desk.config = config(broken, *desk.config.receivers)
        desk.hand(OPENED)
        assert hook.ids == [OPENED.id]

    def test_a_week_is_enough(self, desk: Desk, hook: Sink) -> None:
        hook.answers = [500] * 1000
        desk.hand(OPENED)
        while desk.notice().state == "pending":
            desk.wait()
            desk.tick()
        given_up = desk.notice()
        assert given_up.state == "failed"
        assert given_up.reason == "tidak sampai dalam 7 hari; terakhir: penerima menjawab 500"
        assert GIVE_UP < given_up.done_at - NOW <= GIVE_UP + LONGEST_WAIT
        assert given_up.attempts == len(hook.headers)

    def test_a_receiver_that_left_the_configuration(self, desk: Desk, hook: Sink) -> None:
        hook.answers = [500]
        desk.hand(OPENED)
        desk.config = config()
        desk.wait()
        desk.tick()
        assert desk.notice().state == "failed"


class Killed(BaseException):
    """The process ends here."""


class TestCrashes:
    def test_between_create_and_send(self, desk: Desk, hook: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
        def dies(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
            raise Killed

        with monkeypatch.context() as patch:
            patch.setitem(RECEIVERS, "webhook", dies)
            with pytest.raises(Killed):
                desk.hand(OPENED)
        desk.hand(OPENED)  # redelivered at once: the lease still holds
        assert hook.events == []
        assert notify.due_names(desk.store, NOW + LEASE - 1, 10) == ()
        desk.now += LEASE
        desk.tick()
        assert hook.ids == [OPENED.id]
        assert desk.notice().attempts == 2

    def test_between_send_and_record_repeats_the_same_id(self, desk: Desk, hook: Sink) -> None:
        desk.store = Dying(desk.store, commits=1)  # type: ignore[assignment]
        with pytest.raises(Killed):
            desk.hand(OPENED)
        desk.now += LEASE
        desk.hand(OPENED)  # even without a tick
        assert hook.ids == [OPENED.id, OPENED.id]
        assert {headers["webhook-id"] for headers in hook.headers} == {OPENED.id}

    def test_before_create_nothing_has_happened(self, desk: Desk, hook: Sink) -> None:
        desk.store = Dying(desk.store, commits=0)  # type: ignore[assignment]
        with pytest.raises(Killed):
            desk.hand(OPENED)
        desk.hand(OPENED)
        assert hook.ids == [OPENED.id]

    def test_a_store_that_is_down_asks_for_redelivery(self, desk: Desk, hook: Sink) -> None:
        desk.store = Dying(desk.store, commits=0, error=Retryable("store is down"))  # type: ignore[assignment]
        with pytest.raises(Retryable):
            desk.hand(OPENED)
        desk.hand(OPENED)
        assert hook.ids == [OPENED.id]


class Dying:
    """A store that fails once, after so many commits."""

    def __init__(self, store: LocalStore, commits: int, error: BaseException | None = None) -> None:
        self.store = store
        self.left = commits
        self.error = error or Killed()

    def read(self, paths: Sequence[str]) -> list[Document | None]:
        return self.store.read(paths)

    def scan(self, collection: str, start: str, end: str, limit: int) -> list[tuple[str, Document]]:
        return self.store.scan(collection, start, end, limit)

    def due(self, collection: str, now: Seconds, limit: int) -> list[tuple[str, Document]]:
        return self.store.due(collection, now, limit)

    def commit(self, writes: Sequence[Write]) -> list[str]:
        self.left -= 1
        if self.left == -1:
            raise self.error
        return self.store.commit(writes)

    def close(self) -> None:
        self.store.close()


class TestTwoInstances:
    def test_the_same_message_at_once_is_sent_once(self, desk: Desk, hook: Sink) -> None:
        desk.store = Meeting(desk.store, at="scan")  # type: ignore[assignment]
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(desk.hand, OPENED) for _ in range(2)]:
                done.result()
        assert hook.ids == [OPENED.id]

    def test_the_same_due_notice_at_once_is_tried_once(self, desk: Desk, hook: Sink) -> None:
        hook.answers = [500]
        desk.hand(OPENED)
        desk.wait()
        names = notify.due_names(desk.store, desk.now, 10)
        desk.store = Meeting(desk.store, at="read")  # type: ignore[assignment]
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(desk.hand, due=names) for _ in range(2)]:
                done.result()
        assert hook.ids == [OPENED.id]

    def test_a_writer_who_always_loses_gives_the_message_back(self, desk: Desk, hook: Sink) -> None:
        def loses(writes: Sequence[Write]) -> list[str]:
            raise Conflict("somebody else was first")

        desk.store.commit = loses  # type: ignore[method-assign]
        with pytest.raises(Conflict):
            desk.hand(OPENED)
        assert hook.events == []


class Meeting(Dying):
    """A store at which two threads meet before either goes on, the first time that they read or scan."""

    def __init__(self, store: LocalStore, at: str) -> None:
        super().__init__(store, commits=1000)
        self.at = at
        self.barrier = Barrier(2)
        self.met = 0

    def read(self, paths: Sequence[str]) -> list[Document | None]:
        found = super().read(paths)
        self._meet("read")
        return found

    def scan(self, collection: str, start: str, end: str, limit: int) -> list[tuple[str, Document]]:
        found = super().scan(collection, start, end, limit)
        self._meet("scan")
        return found

    def _meet(self, where: str) -> None:
        if where == self.at and self.met < 2:
            self.met += 1
            self.barrier.wait(10)


class TestOrder:
    def test_a_later_change_takes_over_what_did_not_arrive(self, desk: Desk, hook: Sink) -> None:
        hook.answers = [500, 500]
        desk.hand(OPENED)
        desk.hand(RAISED)
        desk.hand(LOWERED)
        assert hook.ids == [LOWERED.id]
        missed = hook.events[0]["data"]["missed"]
        assert [(one["id"], one["number"], one["change"]) for one in missed] == [
            (OPENED.id, 1, "opened"),
            (RAISED.id, 2, "raised"),
        ]
        assert desk.notice(OPENED).state == desk.notice(RAISED).state == "folded"
        assert notify.due_names(desk.store, NOW + 30 * DAY, 10) == ()

    def test_what_was_told_is_not_told_again(self, desk: Desk, hook: Sink) -> None:
        hook.answers = [500]
        for transition in (OPENED, RAISED, LOWERED):
            desk.hand(transition)
        assert [len(event["data"]["missed"]) for event in hook.events] == [1, 0]

    def test_an_overtaken_change_is_not_sent_as_news(self, desk: Desk, hook: Sink) -> None:
        desk.hand(RAISED)
        desk.hand(OPENED)
        assert hook.ids == [RAISED.id]
        assert desk.notice(OPENED).state == "folded"
        desk.hand(LOWERED)
        assert [one["id"] for one in hook.events[1]["data"]["missed"]] == [OPENED.id]

    def test_one_message_keeps_the_order_of_time(self, desk: Desk, hook: Sink) -> None:
        desk.hand(LOWERED, OPENED, RAISED)
        assert hook.ids == [OPENED.id, RAISED.id, LOWERED.id]

    def test_threads_of_other_receivers_and_alerts_do_not_mix(self, desk: Desk, hook: Sink) -> None:
        hook.answers = [500, 500]
        desk.config = config(*(replace(one, id=id) for one in desk.config.receivers for id in ("piket", "piket-2")))
        desk.hand(OPENED)
        desk.hand(replace(RAISED, alert="a1b2-0"), replace(RAISED, alert="zz"))
        assert [event["data"]["missed"] for event in hook.events] == [[], [], [], []]
        assert desk.notice(OPENED).state == "pending"

    def test_a_notice_taken_over_while_it_is_tried(self, desk: Desk, hook: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
        real = RECEIVERS["webhook"]

        def slow(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
            if notice.transition.id == OPENED.id:
                desk.hand(RAISED)  # another instance, meanwhile
            return real(notice, receiver, settings, client, now)

        monkeypatch.setitem(RECEIVERS, "webhook", slow)
        desk.hand(OPENED)
        assert hook.ids == [RAISED.id, OPENED.id]
        assert desk.notice(OPENED).state == "folded"


class TestMessages:
    def test_none_of_ours(self, desk: Desk) -> None:
        services = Services(settings(), desk.bus, desk.store)
        for data in (b"", b"{}", encode(AnswersGiven(()), "b")):
            with pytest.raises(Permanent):
                notify.handle(data, services, desk.config, desk.client, NOW)

    def test_a_due_name_without_a_notice(self, desk: Desk, hook: Sink) -> None:
        desk.hand(OPENED, due=["a1b2-000009-piket"])
        assert hook.ids == [OPENED.id]

    def test_an_unreadable_notice(self) -> None:
        with pytest.raises(Permanent):
            unpack(b"{}")


def test_waits_double_from_a_minute_to_an_hour_and_repeat() -> None:
    waits: list[Seconds] = []
    trying = fresh()
    for _ in range(12):
        trying = settle(claim(trying, [], trying.created_at), Later("sibuk"), 0)
        waits.append(trying.due_at or 0)
    assert all(60 << n <= wait <= (60 << n) * 5 // 4 for n, wait in enumerate(waits[:5]))
    assert waits[6:] == [HOUR] * 6
    assert waits[0] == (settle(claim(fresh(), [], 0), Later("sibuk"), 0).due_at or 0)


def test_a_pause_of_a_year_is_cut_to_a_day() -> None:
    assert settle(claim(fresh(), [], 0), Later("sibuk", after=365 * DAY), 0).due_at == DAY


def test_missed_is_recorded(desk: Desk, hook: Sink) -> None:
    hook.answers = [500]
    desk.hand(OPENED)
    desk.hand(RAISED)
    assert desk.notice(RAISED).missed == (Missed(OPENED.id, 1, "opened", Level.SIAGA, OPENED.at),)
