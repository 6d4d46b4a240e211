"""Which alerts the list of alerts holds where there are more than it takes."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from shared.config.active import Active
from shared.detect.state import State
from shared.detect.views import project
from shared.detect.views.project import Projector
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Level, Seconds
from shared.ports import Put
from shared.report.standing import highest
from shared.views import AlertLine, AlertsView, pack
from tests.dashboard.samples import alert, alerts, transition
from tests.detect.facts import CONFIG, START

NOW = START + 10 * DAY


def stood(number: int, level: Level, from_at: Seconds, until: Seconds = 0) -> AlertLine:
    """An alert that reached a level and, perhaps, ended."""
    opened = transition(1, from_at, Level.NORMAL, level, alert=f"alert-{number}")
    over = transition(2, until, level, Level.NORMAL, alert=f"alert-{number}")
    changes, now = ((over, opened), Level.NORMAL) if until else ((opened,), level)
    return alert(1, now, id=f"alert-{number}", changed_at=changes[0].at, transitions=changes, agency=f"33.{number}")


def test_those_on_a_high_level_today_stay_in_it_so_that_reports_know(monkeypatch: pytest.MonkeyPatch, store: LocalStore) -> None:
    monkeypatch.setattr(project, "MOST_ALERTS", 3)
    lines = (
        stood(1, Level.WASPADA, NOW - HOUR),
        stood(2, Level.WASPADA, NOW - 2 * HOUR),
        stood(3, Level.SIAGA, NOW - 5 * DAY),  # and still is
        stood(4, Level.AWAS, NOW - 3 * DAY, NOW - DAY),
        stood(5, Level.AWAS, NOW - 5 * DAY, NOW - 3 * DAY),
    )
    store.commit([Put("views/alerts", pack(replace(alerts(), alerts=lines)))])
    state = State()
    state.clock = NOW
    [data] = [
        put.data
        for put in Projector(store).refresh(state, Active(1, START, CONFIG))
        if isinstance(put, Put) and put.path == "views/alerts"
    ]
    listed = msgspec.json.decode(data, type=AlertsView).alerts
    assert [line.id for line in listed] == ["alert-1", "alert-3", "alert-4"]  # those that are over come last
    assert highest(listed, "33.4", NOW - 2 * DAY, NOW - DAY) == Level.AWAS
