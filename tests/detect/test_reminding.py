"""Which due notices need nobody else."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shared.alerts import AlertState
from shared.detect.reminding import handled
from shared.detect.state import State
from shared.model import Level

ALERT = AlertState(agency="33.99", issue="i1", id="a1", level=Level.SIAGA, active_since=1)


@pytest.mark.parametrize(
    ("alert", "expected"),
    [
        (ALERT, False),
        (replace(ALERT, acknowledged_at=5), True),
        (replace(ALERT, silenced_until=101), True),
        (replace(ALERT, silenced_until=100), False),  # over
        (replace(ALERT, label="not_needed"), True),
        (replace(ALERT, label="useful"), False),
        (replace(ALERT, level=Level.NORMAL), True),
        (replace(ALERT, level=Level.NORMAL, kind="watchword"), False),
        (replace(ALERT, level=Level.NORMAL, kind="watchword", acknowledged_at=5), True),
        (replace(ALERT, id="a2"), True),  # the one that is asked about is not on file any more
    ],
)
def test_who_needs_nobody_else(alert: AlertState, expected: bool) -> None:
    state = State()
    state.clock = 100
    (state.watch.told if alert.kind == "watchword" else state.alerts)["33.99 i1"] = alert
    assert handled(state, ["a1-000001-budi", "a1-000001-tim-it"]) == (("a1",) if expected else ())
