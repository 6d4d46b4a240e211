"""A receiver that answers 410: recorded, told to whoever looks after the system, left alone until its configuration changes."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from shared import views
from shared.config.schema import ReceiverConfig
from shared.dashboard import create_app
from shared.delivery.conditions import PATH, Gone, Receivers, load, mark, revive
from shared.http import Client
from shared.model import DAY, HOUR, Level, Seconds
from shared.notices import LEASE, Notice, Outcome
from shared.ports import Permanent, Put
from shared.receivers import RECEIVERS, smtp
from shared.settings import Settings
from shared.wiring import Services
from tests.notify.deployment import NOW, Deployment, Dying, Killed, config
from tests.receivers.mailserver import PASSWORD, certificate, serving
from tests.receivers.samples import LOWERED, OPENED, RAISED, settings
from tests.receivers.sink import SECRET, Sink, sink


@pytest.fixture
def watched(deployed: Deployment, hook: Sink) -> Deployment:
    """A receiver, and one that looks after the system, on the same address: what the first gets is answered first."""
    piket = ReceiverConfig(id="piket", kind="webhook", url=hook.url, secret="HUMAS")
    deployed.config = config(piket, replace(piket, id="it", health=True, least="awas"))
    return deployed


def test_it_is_recorded_told_and_left_alone(watched: Deployment, hook: Sink) -> None:
    hook.answers = [410]
    watched.hand(OPENED)
    assert watched.notice(OPENED).state == "failed"
    [event] = hook.events
    assert (event["data"]["kind"], event["data"]["change"]) == ("collector", "opened")
    assert "piket" in event["data"]["issue_name"]
    assert "410" in event["data"]["reasons"][0]
    [gone] = load(watched.store).gone
    assert (gone.receiver, gone.since) == ("piket", NOW)
    watched.hand(RAISED)
    assert watched.notice(RAISED).state == "failed"
    assert "dinonaktifkan" in watched.notice(RAISED).reason
    assert len(hook.headers) == 3  # it asked once; the other got the health notice and AWAS


def test_another_configuration_is_tried_again(watched: Deployment, hook: Sink) -> None:
    hook.answers = [410]
    watched.hand(OPENED)
    people = (replace(watched.config.receivers[0], url=f"{hook.url}?new"), *watched.config.receivers[1:])
    watched.config = replace(watched.config, receivers=people)
    watched.hand(RAISED)
    assert watched.notice(RAISED).state == "delivered"
    assert load(watched.store).gone == ()  # taken off the record, for pages show that


def test_one_that_a_program_before_gave_up_for_404_is_tried_again(watched: Deployment, hook: Sink) -> None:
    piket = watched.config.receivers[0]
    before = Receivers((Gone("piket", NOW, "penerima sudah tidak ada (404)", mark(piket)),))
    watched.store.commit([Put(PATH, msgspec.json.encode(before))])
    watched.hand(OPENED)
    assert (hook.ids, load(watched.store).gone) == ([OPENED.id], ())


def test_a_person_may_say_that_it_is_back(watched: Deployment, hook: Sink) -> None:
    hook.answers = [410]
    watched.hand(OPENED)
    revive(watched.store, frozenset({"piket"}))
    watched.hand(RAISED)
    assert watched.notice(RAISED).state == "delivered"


def test_what_it_was_told_before_is_over_without_it(watched: Deployment, hook: Sink) -> None:
    """Notices that wait for a receiver that is gone end as failed, to be put back by a person."""
    hook.answers = [500, 410]
    watched.hand(OPENED)
    watched.hand(replace(OPENED, alert="zz", id="zz-1"))
    watched.now += 100
    watched.tick()
    assert {notice.state for name, notice in watched.notices().items() if name.endswith("piket")} == {"failed"}


def test_two_that_are_gone(watched: Deployment, hook: Sink) -> None:
    with sink() as other:
        people = (*watched.config.receivers, replace(watched.config.receivers[0], id="grup", url=other.url))
        watched.config = replace(watched.config, receivers=people)
        hook.answers, other.answers = [410], [410]
        watched.hand(OPENED)
    assert [one.receiver for one in load(watched.store).gone] == ["grup", "piket"]


def test_whoever_looks_after_the_system_may_be_gone_too(watched: Deployment, hook: Sink) -> None:
    hook.answers = [410, 410, 410, 410, 410]
    watched.hand(OPENED)
    assert [one.receiver for one in load(watched.store).gone] == ["it", "piket"]
    watched.hand(RAISED, LOWERED)
    assert hook.events == []


@pytest.mark.parametrize("commits", range(6))
def test_killed_at_any_point_it_is_told(watched: Deployment, hook: Sink, commits: int) -> None:
    with sink() as dead:
        dead.answers = [410] * 10
        people = (replace(watched.config.receivers[0], url=dead.url), watched.config.receivers[1])
        watched.config = replace(watched.config, receivers=people)
        kept = watched.store
        watched.store = Dying(kept, commits)
        with pytest.raises(Killed):
            watched.hand(OPENED)
        watched.store = kept
        for _ in range(3):
            watched.now += 120
            watched.hand(OPENED)
            watched.tick()
    assert len(set(hook.ids)) == 1
    assert len(hook.ids) == (2 if commits == 5 else 1)  # killed between send and record: again, with the same id
    assert watched.notice(OPENED).state == "failed"
    assert [one.receiver for one in load(watched.store).gone] == ["piket"]


def test_once_a_day_at_most(watched: Deployment, hook: Sink) -> None:
    for moment in (0, 1, DAY):
        watched.now = NOW - NOW % DAY + moment
        hook.answers = [410]
        watched.hand(replace(OPENED, alert=f"a{moment}", id=f"a{moment}-1"))
        revive(watched.store, frozenset({"piket"}))
    assert len([event for event in hook.events if event["data"]["kind"] == "collector"]) == 2


@pytest.mark.parametrize("status", [401, 403, 404, 405])
def test_a_proxy_that_is_being_set_up_anew_costs_no_alarm(watched: Deployment, hook: Sink, status: int) -> None:
    hook.answers = [status]
    watched.hand(OPENED)
    watched.now += 300
    watched.tick()
    assert hook.ids == [OPENED.id]
    assert load(watched.store).gone == ()


def test_a_password_typed_wrong_costs_no_alarm_and_is_told_at_once(
    watched: Deployment, hook: Sink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(certificate(tmp_path), encrypted=True) as server:
        monkeypatch.setattr(smtp, "trusted", lambda: ssl.create_default_context(cafile=server.certificate))
        mail = {"url": f"smtps://127.0.0.1:{server.port}", "to": "piket@sagara.example", "sender": "pantau@sagara.example"}
        watched.config = config(
            ReceiverConfig(id="piket", kind="email", secret="SURAT", **mail),  # type: ignore[arg-type]
            *watched.config.receivers[1:],
        )
        watched.settings = settings(SECRET_SURAT="salah", ALLOW_LOOPBACK="1")
        watched.now = NOW - NOW % DAY  # two hours of one day: it is told once a day
        watched.hand(OPENED, replace(OPENED, alert="zz", id="zz-1"))
        [event] = hook.events
        assert "535" in event["data"]["reasons"][0]
        for _ in range(12):
            watched.now += 300
            watched.tick()
        assert (server.letters, len(server.logins)) == ([], 5)  # one each quarter of an hour: servers lock who fails more often
        watched.settings = settings(SECRET_SURAT=PASSWORD, ALLOW_LOOPBACK="1")
        for _ in range(12):
            watched.now += 300
            watched.tick()
        assert len(server.letters) == 2
    assert len(hook.events) == 1


def test_a_secret_that_was_missing_costs_no_alarm(watched: Deployment, hook: Sink) -> None:
    watched.config = config(replace(watched.config.receivers[0], secret="PIKET"), watched.config.receivers[1])
    for _ in range(5):
        watched.hand(OPENED)
        watched.now += 300
        watched.tick()
    [event] = hook.events
    assert "SECRET_PIKET" in event["data"]["reasons"][0]
    watched.settings = settings(SECRET_PIKET=SECRET)
    watched.now += HOUR
    watched.tick()
    assert hook.ids[1:] == [OPENED.id]


def test_a_refusal_for_good_is_told_once_a_day(watched: Deployment, hook: Sink) -> None:
    watched.now = NOW - NOW % DAY
    for number in range(3):
        hook.answers = [400]
        watched.hand(replace(OPENED, alert=f"r{number}", id=f"r{number}-1"))
    [event] = hook.events
    assert event["data"]["kind"] == "collector"
    assert event["data"]["issue_name"] == "pemberitahuan ke piket tidak sampai"
    assert "400" in event["data"]["reasons"][0]


@pytest.mark.parametrize("trouble", [500, 401])
def test_who_cannot_be_reached_for_a_while_is_told(watched: Deployment, hook: Sink, trouble: int) -> None:
    with sink() as other:
        other.answers = [500, *[trouble] * 20]
        piket, it = watched.config.receivers
        watched.config = config(replace(piket, url=other.url), it)
        watched.now = NOW - NOW % DAY
        watched.hand(OPENED)
        for minute in range(5, 120, 5):
            watched.now = NOW - NOW % DAY + 60 * minute
            watched.tick()
            assert minute >= 15 or hook.events == []
    [event] = hook.events
    assert str(trouble) in event["data"]["reasons"][0]
    assert watched.notice(OPENED).state == "pending"


def test_of_one_that_was_taken_out_of_the_configuration_nobody_is_told(watched: Deployment, hook: Sink) -> None:
    hook.answers = [500]
    watched.hand(OPENED)
    watched.config = config(watched.config.receivers[1])
    for _ in range(9 * 4):
        watched.now += 6 * HOUR
        watched.tick()
    assert (hook.events, watched.notice(OPENED).state) == ([], "failed")


def test_it_is_tried_by_nobody_else_while_that_is_told(watched: Deployment, hook: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    """A try and what is told of it may take longer than a lease; meanwhile detect says what is due."""
    real, tried = RECEIVERS["webhook"], list[str]()

    def slow(notice: Notice, receiver: ReceiverConfig, settings: Settings, client: Client, now: Seconds) -> Outcome:
        tried.append(receiver.id)
        watched.now += LEASE - 10
        if receiver.id == "it":
            watched.tick()
        return real(notice, receiver, settings, client, now)

    monkeypatch.setitem(RECEIVERS, "webhook", slow)
    hook.retry_after, hook.answers = str(DAY), [503]
    watched.hand(OPENED)
    assert tried == ["piket", "it"]


@pytest.fixture
def broken(watched: Deployment) -> Iterator[tuple[Deployment, Sink]]:
    """The same at the beginning of an hour and of a day, with a first receiver of its own that takes nothing."""
    with sink() as other:
        other.answers = [401] * 10_000
        piket, it = watched.config.receivers
        watched.config = config(replace(piket, url=other.url, least="waspada"), it)
        watched.now = NOW - NOW % DAY
        yield watched, other


def days(hook: Sink) -> list[int]:
    """On which days whoever looks after the system was told of a receiver, counted from the first one."""
    told = [event for event in hook.events if event["data"]["kind"] == "collector"]
    dates = [datetime.fromisoformat(event["timestamp"]).date() for event in told]
    return [(one - dates[0]).days for one in dates]


def test_of_one_that_takes_nothing_it_is_told_daily_however_often_there_is_news(
    broken: tuple[Deployment, Sink], hook: Sink
) -> None:
    """Each new WASPADA leads the others, and begins with no try of its own."""
    it, _ = broken
    begun = it.now
    for step in range(2 * 96):
        it.now = begun + 900 * step
        it.hand(
            *([replace(OPENED, id=f"w{step}-1", alert=f"w{step}", at=it.now, to_level=Level.WASPADA)] if step % 3 == 0 else [])
        )
        it.tick()
        assert step > 4 or hook.events == []  # the first one waits for the full hour
        assert step < 6 or hook.events != []
    assert days(hook) == [0, 1]
    assert {notice.state for notice in it.notices().values() if notice.receiver == "piket"} == {"pending", "gathered"}


def test_of_one_that_takes_nothing_it_is_told_however_often_an_alert_changes(broken: tuple[Deployment, Sink], hook: Sink) -> None:
    it, _ = broken
    for number in range(1, 5):
        change = replace(RAISED, id=f"r-{number}", alert="r", number=number, at=it.now, to_level=Level.SIAGA)
        it.hand(replace(change, change="lowered", from_level=Level.SIAGA) if number % 2 == 0 else change)
        it.now += 301
    assert days(hook) == [0]


def test_a_pause_of_a_day_is_told_at_once(broken: tuple[Deployment, Sink], hook: Sink) -> None:
    it, other = broken
    other.retry_after = str(DAY)
    it.hand(OPENED)
    [event] = hook.events
    assert "401" in event["data"]["reasons"][0]


def test_one_fault_that_passes_is_not_told(broken: tuple[Deployment, Sink], hook: Sink) -> None:
    """However long the notice has waited for its hour."""
    it, other = broken
    other.answers = [503]
    it.hand(replace(OPENED, at=it.now, to_level=Level.WASPADA))
    for _ in range(24):
        it.now += 300
        it.tick()
    assert (other.ids, hook.events) == ([OPENED.id], [])


def test_an_unreadable_record_is_told(watched: Deployment) -> None:
    watched.store.commit([Put(PATH, b"{")])
    with pytest.raises(Permanent, match="unreadable"):
        load(watched.store)


def test_pages_say_so(watched: Deployment, hook: Sink) -> None:
    hook.answers = [410]
    watched.hand(OPENED)
    coverage = views.Coverage(1, 1, (), NOW, "")
    watched.store.commit(
        [
            Put("views/alerts", views.pack(views.AlertsView(NOW, "Asia/Jakarta", coverage, ()))),
            Put("views/sources", views.pack(views.SourcesView(NOW, "Asia/Jakarta", coverage, ()))),
        ]
    )
    client = create_app(Services(settings(), watched.bus, watched.store), lambda: NOW).test_client()
    for page in ("/peringatan", "/sumber"):
        text = client.get(page).get_data(as_text=True)
        assert "Penerima piket tidak menerima pemberitahuan lagi" in text
        assert "410" in text
