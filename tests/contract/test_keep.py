"""What every Keep promises: nothing is taken by looking, and what goes back is forgotten only once it waits there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from shared.cli.main import main
from shared.gcp import keep as cloud_keep
from shared.gcp.keep import PubSubKeep
from shared.gcp.rest import RestBus
from shared.local.bus import ATTEMPTS, MOST_PAUSE, LocalBus
from shared.local.keep import LocalKeep
from shared.messages import AlertsChanged, Quarantined, encode
from shared.ports import Bus, Keep, Kept, Retryable
from shared.settings import Settings
from tests.contract.conftest import ON_EMULATOR, post, pulled
from tests.emulators import PROJECT, Emulators
from tests.website import Asked, Page, website

TOPIC = "alerts-changed"
FEWEST = 5  # attempts before a dead letter that Pub/Sub takes
MESSAGES = [encode(AlertsChanged((), (name,)), name) for name in ("a", "b", "c")]


@dataclass(frozen=True)
class Yard:
    """A broker with a way to let messages fail on TOPIC, and to see what waits there."""

    bus: Bus
    open: Callable[[Bus], Keep]
    kill: Callable[[Sequence[bytes]], None]
    attempts: int  # that make a dead letter
    arrived: Callable[[int], list[bytes]]  # acknowledged

    def look(self, limit: int = 10) -> list[Kept]:
        with closing(self.open(self.bus)) as keep:
            return keep.kept(limit)


@pytest.fixture(params=["local", pytest.param("pubsub", marks=ON_EMULATOR)])
def yard(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Yard]:
    """A broker of each implementation where nothing has failed yet."""
    if request.param == "local":
        with closing(LocalBus(str(tmp_path))) as bus:
            opened = lambda _: LocalKeep(LocalBus(str(tmp_path)))  # noqa: E731
            yield Yard(bus, opened, lambda messages: _tire(bus, messages), ATTEMPTS, lambda _: _taken(bus))
        return
    yield from _pubsub(request.getfixturevalue("cloud"), request.getfixturevalue("emulators"))


def _pubsub(settings: Settings, running: Emulators) -> Iterator[Yard]:
    policy = {"deadLetterTopic": f"projects/{PROJECT}/topics/dead-letters", "maxDeliveryAttempts": FEWEST}
    for name in ("dead-letters", "quarantine"):
        running.create_topic(name)
    place = running.create_topic(TOPIC, deadLetterPolicy=policy)
    with closing(RestBus(settings)) as bus:

        def kill(messages: Sequence[bytes]) -> None:
            bus.publish(TOPIC, messages)
            _refuse(place, len(messages))

        yield Yard(bus, lambda bus: PubSubKeep(settings, bus, 0.05), kill, FEWEST, lambda count: pulled(place, count))
    for name in ("dead-letters", "quarantine", TOPIC):
        running.delete_topic(name)


def _tire(bus: LocalBus, messages: Sequence[bytes]) -> None:
    bus.publish(TOPIC, messages)

    def fails(data: bytes) -> None:
        raise Retryable("tidak ada konfigurasi")

    for attempt in range(ATTEMPTS):
        bus.deliver({TOPIC: fails}, now=attempt * (MOST_PAUSE + 1))


def _taken(bus: LocalBus) -> list[bytes]:
    arrived: list[bytes] = []
    bus.deliver({TOPIC: arrived.append}, now=10**9)
    return arrived


def _refuse(place: str, count: int) -> None:
    """Give so many messages back until the broker has moved them all."""
    left = count * FEWEST
    while left:
        got = post(f"{place}:pull", {"maxMessages": 100}).get("receivedMessages", [])
        post(f"{place}:modifyAckDeadline", {"ackIds": [one["ackId"] for one in got], "ackDeadlineSeconds": 0})
        left -= len(got)
    post(f"{place}:pull", {"maxMessages": 100, "returnImmediately": True})  # the emulator moves them when it looks for more


def quarantined(data: bytes, batch: str = "q") -> bytes:
    return encode(Quarantined("notify", "bentuknya salah", 1_700_000_000, data), batch)


def test_looking_tells_what_why_and_when_and_takes_nothing(yard: Yard) -> None:
    assert yard.look() == []
    yard.kill(MESSAGES[:2])
    yard.bus.publish("quarantine", [quarantined(MESSAGES[2]), quarantined(b"rusak", "r"), b"junk"])
    found = yard.look()
    assert yard.look() == found
    dead, set_aside = found[:2], {one.data: one for one in found[2:]}
    assert {one.data for one in dead} == set(MESSAGES[:2])
    assert {(one.kind, one.whom, one.topic) for one in dead} == {("dead", TOPIC, TOPIC)}
    assert all(f"gagal {yard.attempts} kali" in one.reason for one in dead)
    assert len({one.id for one in found}) == len(found) == 5
    ours, broken, junk = set_aside[MESSAGES[2]], set_aside[b"rusak"], set_aside[b"junk"]
    assert (ours.whom, ours.reason, ours.at, ours.topic) == ("notify", "bentuknya salah", 1_700_000_000, TOPIC)
    assert (broken.whom, broken.topic) == ("notify", "")
    assert (junk.kind, junk.topic) == ("quarantined", "")


def test_what_is_put_back_arrives_unwrapped_and_what_is_dropped_is_gone(yard: Yard) -> None:
    yard.kill(MESSAGES[:2])
    yard.bus.publish("quarantine", [quarantined(MESSAGES[2])])
    with closing(yard.open(yard.bus)) as keep:
        found = {one.data: one for one in keep.kept(10)}
        assert keep.put_back([found[MESSAGES[0]], found[MESSAGES[2]]]) == 2
        assert keep.drop([found[MESSAGES[1]]]) == 1
    assert yard.look() == []
    assert sorted(yard.arrived(2)) == sorted([MESSAGES[0], MESSAGES[2]])


def test_no_more_are_shown_than_asked_for(yard: Yard) -> None:
    yard.kill(MESSAGES)
    assert len(yard.look(2)) == 2
    assert len(yard.look()) == 3


class Dying:
    """A bus whose process ends as soon as the broker has the messages."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        self._bus.publish(topic, messages)
        raise Retryable("gone")


@pytest.mark.parametrize("yard", [pytest.param("pubsub", marks=ON_EMULATOR)], indirect=True)
def test_what_breaks_off_between_both_places_is_in_both(yard: Yard) -> None:
    yard.kill(MESSAGES[:1])
    with closing(yard.open(Dying(yard.bus))) as keep, pytest.raises(Retryable, match="gone"):
        keep.put_back(keep.kept(10))
    assert [one.data for one in yard.look()] == yard.arrived(1) == MESSAGES[:1]


@pytest.mark.parametrize("yard", [pytest.param("pubsub", marks=ON_EMULATOR)], indirect=True)
def test_the_commands_work_on_the_cloud(yard: Yard, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cloud_keep, "time", SimpleNamespace(sleep=lambda _: None))  # the emulator says at once what is there
    yard.kill(MESSAGES[:1])
    yard.bus.publish("quarantine", [quarantined(MESSAGES[2]), quarantined(b"rusak", "r")])
    assert main(["quarantine"]) == 0
    shown = capsys.readouterr().out
    assert "15-11-2023 05.13 WIB" in shown
    assert "bentuknya salah" in shown
    assert "gcloud run services logs read notify" in shown
    assert main(["dlq", "retry", "--all"]) == 0
    said = capsys.readouterr().out
    assert "hanya bisa dibuang" in said
    assert "2 dicoba lagi" in said
    assert sorted(yard.arrived(2)) == sorted([MESSAGES[0], MESSAGES[2]])
    [left] = yard.look()
    assert main(["dlq", "drop", f"karantina-{left.id}"]) == 0
    assert yard.look() == []


def test_empty_answers_with_full_ones_between_end_nothing(nowhere: Settings) -> None:
    came = [[], ["a"], [], ["b"], [], ["c"], ["d"]]

    def pull(asked: Asked) -> Page:
        ids = came.pop(0) if came and "dead-letters" in asked.path and asked.path.endswith(":pull") else []
        message = {"publishTime": "2026-11-26T00:00:00Z"}
        answer = {"receivedMessages": [{"ackId": id, "message": {**message, "messageId": id}} for id in ids]}
        return Page(200, msgspec.json.encode(answer))

    with website() as site:
        site.pages |= {
            f"/v1/projects/{PROJECT}/subscriptions/{place}:{verb}": pull
            for place in ("dead-letters", "quarantine")
            for verb in ("pull", "modifyAckDeadline")
        }
        settings = replace(nowhere, pubsub_host=site.url.removeprefix("http://"))
        with closing(RestBus(settings)) as bus, closing(PubSubKeep(settings, bus, 0.0)) as keep:
            assert [one.id for one in keep.kept(10)] == ["a", "b", "c", "d"]


@pytest.mark.emulator
def test_where_nothing_was_laid_out_the_place_is_named(cloud: Settings) -> None:
    with (
        closing(RestBus(cloud)) as bus,
        closing(PubSubKeep(cloud, bus)) as keep,
        pytest.raises(Retryable, match="dead-letters: NOT_FOUND"),
    ):
        keep.kept(1)
