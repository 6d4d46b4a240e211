"""An update of the program in the middle of a crisis: other rules for the same log, and nothing is taken back silently."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from shared import issues
from shared.config.active import activate
from shared.detect.load import load
from shared.detect.writer import Writer
from shared.facts import Fact
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.messages import AlertsChanged, decode, open_as
from shared.model import DAY, HOUR, Level, Seconds
from shared.ports import Retryable, Write
from tests.detect.facts import CONFIG, START, round_at
from tests.detect.test_fold import week

CRISIS = START + DAY
QUIET, TROUBLE = ([one for one in week(Random(11), days=1) if (one[0] >= CRISIS) is late] for late in (False, True))
RULES = (issues.NEAR_TITLE, 1001)  # the usual one, and one by which every title is a matter of its own


class Told:
    """What receivers have heard last of each alert."""

    def __init__(self, store: LocalStore, bus: LocalBus) -> None:
        self._store, self._bus = store, bus
        self.levels: dict[str, Level] = {}

    def check(self) -> None:
        """It is what the state says, of alerts that go on and of those that have ended."""
        self._bus.deliver({"alerts-changed": self._hear})
        alerts = load(self._store, "0").state.alerts.values()
        assert {alert.id: alert.level for alert in alerts if alert.active} == {id: one for id, one in self.levels.items() if one}

    def _hear(self, data: bytes) -> None:
        for one in open_as(decode(data), AlertsChanged).transitions:
            if one.kind == "issue":
                self.levels[one.alert] = one.to_level


class Dying(LocalStore):
    """Commits what is said and dies before any snapshot, once it is told to."""

    dies = False

    def commit(self, writes: Sequence[Write]) -> list[str]:
        if self.dies and any(write.path.startswith("snapshots/") for write in writes):
            raise Retryable("the process dies here")
        return super().commit(writes)


@pytest.mark.parametrize("dies", [False, True])
@pytest.mark.parametrize("stop", [6, 12])
@pytest.mark.parametrize(("old", "new"), [RULES, RULES[::-1]])
def test_what_was_told_stands_or_is_taken_back_aloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: int, new: int, stop: int, dies: bool
) -> None:
    store, bus = Dying(str(tmp_path)), LocalBus(str(tmp_path))
    activate(store, CONFIG, START)
    told, writer = Told(store, bus), Writer(store, bus)
    monkeypatch.setattr(issues, "NEAR_TITLE", old)
    _live(writer, QUIET)
    writer.tick(CRISIS - 1)
    store.dies = dies
    with suppress(Retryable):
        _live(writer, TROUBLE[:stop])
    store.dies = False
    monkeypatch.setattr(issues, "NEAR_TITLE", new)
    writer = Writer(store, bus)
    for now, facts in TROUBLE:  # the first of them are delivered again
        writer.submit(f"{now}", facts, now)
        told.check()
    assert told.levels, "the scenario is worth nothing without an alert"
    for now in range(CRISIS + 5 * HOUR, CRISIS + 3 * DAY, HOUR):
        writer.submit(f"{now}", [round_at(now)], now)
    told.check()
    assert not any(told.levels.values()), "all of it has ended, and everybody knows"


def _live(writer: Writer, segments: Sequence[tuple[Seconds, list[Fact]]]) -> None:
    for now, facts in segments:
        writer.submit(f"{now}", facts, now)
