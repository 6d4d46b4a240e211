"""From the button in a notice to the officer who is left in peace: desk, detect and notify together."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shared import desk, detect
from shared.alerts import AlertState, transition_id
from shared.config.active import activate
from shared.config.schema import ReceiverConfig
from shared.detect.writer import Writer
from shared.model import Level, Seconds, Transition
from shared.notices import Notice
from shared.wiring import Services
from tests.notify.deployment import NOW, Deployment, config
from tests.receivers.samples import OPENED, RAISED
from tests.receivers.sink import Sink

HALF_HOUR: Seconds = 1800


def told(one: Transition) -> Transition:
    """A change as detect tells it."""
    return replace(one, id=transition_id(one.alert, one.number), at=NOW)


@pytest.fixture
def office(staffed: Deployment, hook: Sink) -> tuple[Deployment, Writer]:
    """Two officers, and detect with an alert that is going on."""
    budi = ReceiverConfig(id="budi", kind="webhook", url=hook.url, secret="HUMAS", escalates_to="sari")
    staffed.config = config(budi, replace(budi, id="sari", escalates_to="", least="awas"))
    activate(staffed.store, staffed.config, NOW)
    writer = Writer(staffed.store, staffed.bus)
    writer.tick(NOW)
    loaded = writer._current()
    loaded.state.alerts["33.99 isu-7"] = AlertState(
        agency="33.99", issue="isu-7", id=OPENED.alert, openings=1, number=1, level=Level.SIAGA, active_since=NOW, changed_at=NOW
    )
    staffed.hand(told(OPENED))
    return staffed, writer


def pass_half_an_hour(it: Deployment, writer: Writer) -> dict[str, Notice]:
    """Let detect remind, and notify hear of it."""
    it.now = NOW + HALF_HOUR
    writer.remind(it.now)
    it.bus.deliver({"alerts-changed": it.take})
    return {notice.receiver: notice for notice in it.notices().values()}


def test_nobody_presses(office: tuple[Deployment, Writer]) -> None:
    assert set(pass_half_an_hour(*office)) == {"budi", "sari"}


@pytest.mark.parametrize(("kind", "form"), [("acknowledge", {}), ("silence", {"note": "Ditangani"}), ("not_needed", {})])
def test_the_button_is_pressed(office: tuple[Deployment, Writer], hook: Sink, kind: str, form: dict[str, str]) -> None:
    it, writer = office
    press(it, writer, hook, kind, form)
    assert set(pass_half_an_hour(it, writer)) == {"budi"}


@pytest.mark.parametrize(("message", "by"), [(0, ""), (1, "budi")])
def test_after_a_raise_the_button_of_the_newest_message_counts(
    office: tuple[Deployment, Writer], hook: Sink, message: int, by: str
) -> None:
    it, writer = office
    alerts = writer._current().state.alerts
    raised = {"number": 2, "level": Level.AWAS, "raised_at": NOW, "asked_from": 2, "changed_at": NOW}
    alerts["33.99 isu-7"] = replace(alerts["33.99 isu-7"], **raised)
    it.hand(told(RAISED))
    press(it, writer, hook, "acknowledge", {}, message)
    assert writer._current().state.alerts["33.99 isu-7"].acknowledged_by == by


def press(it: Deployment, writer: Writer, hook: Sink, kind: str, form: dict[str, str], message: int = 0) -> None:
    """Press a button of a message, the first one is 0, and let detect hear of it."""
    token = hook.events[message]["data"]["links"][kind].rpartition("/")[2]
    services = Services(it.settings, it.bus, it.store)
    assert desk.answer("GET", token, {}, services, desk.Pace(), NOW + 60)[0] == 200
    assert it.bus.waiting("answers-given") == 0  # a link preview changes nothing
    assert desk.answer("POST", token, form, services, desk.Pace(), NOW + 60)[0] == 200
    it.bus.deliver({"answers-given": lambda data: detect.handle(data, writer, NOW + 61)})
