"""Which due notices need nobody else."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from shared.alerts import AlertState
from shared.config.active import activate
from shared.delivery.names import alert_of
from shared.detect.judging.reminding import handled
from shared.detect.state import State
from shared.detect.writer import Writer
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.messages import AlertsChanged, decode, open_as
from shared.model import Level
from shared.notices import pack
from shared.ports import Put
from tests.notify.deployment import config
from tests.receivers.samples import AT, notice

ALERT = AlertState(agency="33.99", issue="i1", id="a1", level=Level.SIAGA, active_since=1)


@pytest.mark.parametrize(
    ("alert", "expected"),
    [
        (ALERT, False),
        (replace(ALERT, acknowledged_at=5), True),
        (replace(ALERT, clarified_at=5), True),
        (replace(ALERT, silenced_until=101), True),
        (replace(ALERT, silenced_until=100), False),  # over
        (replace(ALERT, label="not_needed"), True),
        (replace(ALERT, label="useful"), False),
        (replace(ALERT, level=Level.AWAS, silenced_until=101), False),  # the silence was given for less
        (replace(ALERT, level=Level.AWAS, acknowledged_at=5), True),
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


def test_what_is_due_is_published_with_what_is_handled(tmp_path: Path) -> None:
    with closing(LocalStore(str(tmp_path))) as store, closing(LocalBus(str(tmp_path))) as bus:
        activate(store, config(), AT)
        writer = Writer(store, bus)
        store.commit([Put(f"notices/{notice().name}", pack(notice()), AT + 1800)])
        writer.remind(AT + 1799)
        assert bus.queued("alerts-changed") == []
        writer.remind(AT + 1800)
        [message] = bus.queued("alerts-changed")
    changed = open_as(decode(message), AlertsChanged)
    assert (changed.due, changed.handled) == ((notice().name,), (notice().transition.alert,))  # detect knows of no such alert


@pytest.mark.parametrize("alert", ["0123456789abcdef", "uji-coba", "a-1"])
@pytest.mark.parametrize("receiver", ["budi", "tim-it", "a-000001-b"])
def test_a_notices_name_tells_its_alert(alert: str, receiver: str) -> None:
    one = replace(notice(), transition=replace(notice().transition, alert=alert, number=12), receiver=receiver)
    assert alert_of(one.name) == alert
