"""SIGKILL at every named point and at random moments: no mention lost, no count doubled, every transition told with its id."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from shared.detect.load import load
from shared.local.store import LocalStore
from tests.crash.life import HISTORY, STEPS, live, news
from tests.crash.web import Web

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.crash.life"])

SOAK = os.environ.get("KENTONGAN_SOAK", "")
MOMENTS = int(SOAK or "10")  # random ones; `make soak` asks for 200


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with Web(news()) as running:
        yield running


@pytest.fixture(scope="module")
def history(web: Web, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the quiet day has been lived."""
    folder = tmp_path_factory.mktemp("history")
    live(str(folder), web.port, HISTORY)
    return folder


class Outcome:
    """What stands in a folder in the end, and what the receiver has heard."""

    def __init__(self, folder: Path, events: list[dict[str, object]]) -> None:
        with closing(LocalStore(str(folder))) as store:
            state = load(store, "0").state
        self.totals = (state.totals.mentions, state.totals.about)
        self.hours = {
            agency: {at: (one.negative, one.neutral, one.positive, one.unsure, one.weighted) for at, one in sorted(hours.items())}
            for agency, hours in state.tally.hours.items()
        }
        self.alerts = {key: (alert.id, alert.number, alert.level) for key, alert in state.alerts.items() if alert.openings}
        self.told = {str(identity) for event in events for identity in _ids(event)}


def _ids(event: dict[str, object]) -> list[object]:
    data = event["data"]
    assert isinstance(data, dict)
    return [data["transition"], *(missed["id"] for missed in data.get("missed", ()))]


@pytest.fixture(scope="module")
def undisturbed(web: Web, history: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, list[str]]:
    """The same crisis without a crash, and the points that it passes."""
    folder = _copy(history, tmp_path_factory.mktemp("undisturbed"))
    web.events.clear()
    names = live(str(folder), web.port)
    outcome = Outcome(folder, web.events)
    assert outcome.alerts
    assert outcome.told
    return outcome, names


def _copy(history: Path, folder: Path) -> Path:
    shutil.copytree(history, folder / "data")
    return folder / "data"


def _one_life(folder: Path, port: int, kill_after: int = 0, kill_within: float | None = None) -> int | None:
    process = processes.Process(target=live, args=(str(folder), port, len(STEPS), kill_after))
    process.start()
    process.join(kill_within)
    if process.is_alive():
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    return process.exitcode


def _check(outcome: Outcome, expected: Outcome) -> None:
    assert outcome.totals == expected.totals
    assert outcome.hours == expected.hours
    assert outcome.alerts == expected.alerts
    assert outcome.told == expected.told


def _points(names: list[str]) -> set[tuple[int, str]]:
    """Of each name where it is passed first, halfway and last; for `make soak` wherever it is passed."""
    places = {name: [place for place, one in enumerate(names, start=1) if one == name] for name in names}
    return {
        (place, name)
        for name, passed in places.items()
        for place in (passed if SOAK else (passed[0], passed[len(passed) // 2], passed[-1]))
    }


def test_sigkill_at_every_named_point(web: Web, history: Path, undisturbed: tuple[Outcome, list[str]], tmp_path: Path) -> None:
    expected, names = undisturbed
    assert {"publish mentions-collected", "publish mentions-classified", "publish alerts-changed"} <= set(names)
    assert {"commit cursors", "commit state", "commit notices", "commit snapshots"} <= set(names)
    for point, name in sorted(_points(names)):
        folder = _copy(history, tmp_path / str(point))
        web.events.clear()
        assert _one_life(folder, web.port, kill_after=point) == -signal.SIGKILL, name
        assert _one_life(folder, web.port) == 0, name
        _check(Outcome(folder, web.events), expected)
        shutil.rmtree(folder)


def test_sigkill_at_random_moments(web: Web, undisturbed: tuple[Outcome, list[str]], tmp_path: Path) -> None:
    """Each scenario is lived from its first day on, in lives of at most a second and a half."""
    expected, _ = undisturbed
    random = Random(5)
    killed = 0
    while killed < MOMENTS:
        folder = tmp_path / str(killed)
        web.events.clear()
        while (code := _one_life(folder, web.port, kill_within=random.uniform(0.1, 1.5))) != 0:
            assert code == -signal.SIGKILL
            killed += 1
        _check(Outcome(folder, web.events), expected)
        shutil.rmtree(folder)
