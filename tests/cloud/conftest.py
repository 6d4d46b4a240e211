"""A calm day and a crisis, lived twice: undisturbed on the embedded back end, and with every disturbance on the emulators."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import msgspec
import pytest

from shared.config.active import activate
from shared.demo import scenario
from shared.demo.drive import configuration, moments
from shared.demo.web import NewsWeb
from shared.messages import Classified, decode, encode, open_as
from shared.model import DAY, HOUR
from tests.cloud.drive import Drive
from tests.cloud.local import play_locally
from tests.cloud.outcome import Outcome, outcome
from tests.cloud.stack import Stack, running_stack

GARBAGE: Final = b"\x00 kentong\xff"
TOMORROWS: Final = zlib.compress(msgspec.msgpack.encode([2, "mentions-classified", "besok", {"facts": []}]))

# only what happens from here on: a first round with all of a week's news would be cut into several messages, and their order,
# which the broker does not promise, decides how the news are grouped
BEGIN: Final = scenario.CRISIS - DAY
STORIES: Final = [story for story in scenario.stories() if story.at >= BEGIN]
CALM: Final = [at for at in moments() if BEGIN <= at < scenario.CRISIS]
CRISIS: Final = [at for at in moments() if scenario.CRISIS <= at <= scenario.CRISIS + 3 * HOUR]
KILLED: Final = (CALM[-2], CRISIS[3], CRISIS[5])  # in these rounds


@dataclass(frozen=True)
class Lived:
    """How it went on the emulators."""

    drive: Drive
    outcome: Outcome


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The system, started and laid out; other tests of the session have emulators of their own."""
    with running_stack(tmp_path_factory.mktemp("cloud"), {"SECRET_DEMO": scenario.SECRET}) as running:
        yield running


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """What must come out."""
    with NewsWeb(STORIES) as web:
        return play_locally(tmp_path_factory.mktemp("local"), web, configuration(web.port), BEGIN, [*CALM, *CRISIS])


@pytest.fixture(scope="session")
def lived(stack: Stack) -> Iterator[Lived]:
    """The same with bad messages, repeated messages, and a detect that dies between a round's collection and its commit."""
    with NewsWeb(STORIES) as web:
        drive = Drive(stack, web, configuration(web.port))
        activate(stack.store, drive.config, BEGIN)
        stack.pubsub.watch("mentions-classified", "copy")
        for now in [*CALM, *CRISIS]:
            if now in KILLED:
                _collect_with_a_power_cut(drive, now)
            else:
                drive.collect(now)
            drive.tick(now)
            if now == CALM[0]:
                stack.pubsub.publish("mentions-collected", GARBAGE)
                stack.pubsub.publish("mentions-classified", TOMORROWS)
            if now == CRISIS[4]:
                _repeat(drive)
        yield Lived(drive, outcome(stack.store, drive.told()))


def _collect_with_a_power_cut(drive: Drive, now: int) -> None:
    """A round in which detect is gone when the facts arrive, or goes while it handles them."""
    detect = drive.stack.functions["detect"]
    drive.begin_round(now)
    detect.kill()
    detect.start()
    detect.wait()
    drive.settle()


def _repeat(drive: Drive) -> None:
    """Three times the facts of the last rounds in the same messages, then once more under another batch id."""
    pubsub = drive.stack.pubsub
    messages = pubsub.receive("mentions-classified", len(drive.judged), "copy")
    for data in messages[-5:] * 3:
        pubsub.publish("mentions-classified", data)
    facts = [fact for data in messages[-5:] for fact in open_as(decode(data), Classified).facts]
    drive.await_commit("again")
    pubsub.publish("mentions-classified", encode(Classified(tuple(facts)), "again"))
    drive.settle()
