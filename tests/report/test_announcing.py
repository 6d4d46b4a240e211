"""The report is announced through delivery: once, to those who want it, in the day's colour, without anything to answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from shared import notices, report
from shared.config.active import activate, load_active
from shared.config.schema import Agency, Config, ReceiverConfig
from shared.links import answers, read_address
from shared.local.store import LocalStore
from shared.messages import AlertsChanged, decode, open_as
from shared.model import DAY, HOUR, Level, Transition
from shared.notices import Notice
from shared.receivers import ntfy, telegram
from shared.receivers.letter import letter
from shared.receivers.message import MARKS, compose
from shared.receivers.webhook import event
from shared.report.announcing import announce, transition_of
from shared.routing import route
from shared.settings import read_settings
from shared.wiring import Services
from tests.dashboard import samples
from tests.report.conftest import stored

WANTS = ReceiverConfig(id="kepala", kind="console", reports=True)
OTHER = ReceiverConfig(id="piket", kind="console")
SETTINGS = read_settings({"BASE_URL": "https://humas.example", "DESK_URL": "https://desk.example", "LINK_KEY": "k" * 32})


class Bus:
    """Keeps what was published."""

    def __init__(self) -> None:
        self.sent: list[AlertsChanged] = []

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        """Open and keep."""
        assert topic == "alerts-changed"
        self.sent += [open_as(decode(message), AlertsChanged) for message in messages]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    """The samples' day."""
    opened = LocalStore(str(tmp_path))
    samples.fill(opened)
    yield opened
    opened.close()


def ran(store: LocalStore, *receivers: ReceiverConfig, now: int = samples.NOW) -> list[Transition]:
    """What a run announces to these receivers' deployment."""
    activate(store, Config(agencies=(Agency(id="33.99", name="Kabupaten Sagara"),), receivers=receivers), 1)
    bus = Bus()
    report.run(Services(SETTINGS, bus, store), now)
    return [transition for message in bus.sent for transition in message.transitions]


def test_it_is_told_to_those_who_want_it_with_the_same_id_at_each_run(store: LocalStore) -> None:
    assert ran(store, OTHER) == []
    [told] = ran(store, WANTS, OTHER)
    assert (told.kind, told.issue, told.agency) == ("report", "2026-11-25", "33.99")
    [again] = ran(store, WANTS, OTHER, now=samples.NOW + HOUR)
    assert again.id == told.id
    config = Config(agencies=(), receivers=(WANTS, OTHER))
    [route_] = route(told, config, (), samples.NOW)
    assert (route_.receiver, route_.at, route_.escalate_at) == ("kepala", samples.NOW, 0)
    elsewhere = ReceiverConfig(id="kepala", kind="console", reports=True, agencies=("33.01",))
    assert route(told, Config(agencies=(), receivers=(elsewhere,)), (), samples.NOW) == ()


def test_an_old_report_is_no_news(store: LocalStore) -> None:
    [told] = ran(store, WANTS)
    assert told.at + DAY > samples.NOW
    activate(store, Config(agencies=(Agency(id="33.99", name="x"),), receivers=(WANTS,)), 1)
    bus = Bus()
    active = load_active(store)
    assert active is not None
    assert announce(bus, active, stored(store, "reports/2026-11-25"), samples.NOW + DAY) == 0
    assert bus.sent == []


def test_the_message_says_what_is_there_and_asks_for_nothing(store: LocalStore) -> None:
    [told] = ran(store, WANTS)
    notice = Notice(told, "kepala", samples.ZONE, samples.NOW, None)
    said = compose(notice, SETTINGS, samples.NOW)
    assert said.lines == (
        "Laporan Analisis Media Harian, Rabu, 25 November 2026 (KONSEP) · Pemerintah Kabupaten Sagara",
        "Status isu: NORMAL pada akhir periode. Tidak ada berita dalam periode ini",
        samples.COVERAGE.sentence,
    )
    [action] = said.actions
    assert action.label == "Buka laporan"
    assert re.fullmatch(r"https://humas\.example/meja/[\w-]+/laporan/2026-11-25", action.url)  # where it can be approved
    plain = read_settings({"BASE_URL": "https://humas.example"})
    assert read_address(plain, told, "kepala", samples.NOW) == "https://humas.example/laporan/2026-11-25"
    assert answers(SETTINGS, told, "kepala", samples.NOW) == {}
    assert read_address(SETTINGS, told, "kepala", samples.NOW) == action.url
    sent = event(notice, SETTINGS, samples.NOW)
    assert sent["type"] == "report.ready"
    assert (sent["data"]["to_level"], sent["data"]["worst"]) == ("normal", "normal")  # type: ignore[index]


@pytest.mark.parametrize(
    ("level", "worst", "silent_hours", "look"),
    [
        (Level.NORMAL, Level.NORMAL, 0, "over"),
        (Level.NORMAL, Level.AWAS, 0, "awas"),
        (Level.WASPADA, Level.NORMAL, 0, "waspada"),  # written before reports said what was highest
        (Level.NORMAL, Level.NORMAL, 20, "technical"),
        (Level.NORMAL, Level.SIAGA, 20, "siaga"),
    ],
)
def test_its_colour_is_that_of_the_days_highest_level_and_it_rings_nowhere(
    store: LocalStore, level: Level, worst: Level, silent_hours: int, look: str
) -> None:
    ran(store, WANTS)
    made = stored(store, "reports/2026-11-25")
    part = replace(made.agencies[0], level=level, worst=worst, silent_hours=silent_hours)
    told = transition_of(made, part)
    said = compose(Notice(told, "kepala", samples.ZONE, samples.NOW, None), SETTINGS, samples.NOW)
    assert (said.look, told.to_level) == (look, Level.NORMAL)
    receiver = ReceiverConfig(id="kepala", kind="email", to="k@sagara.example", sender="p@sagara.example")
    assert letter(said, receiver, samples.NOW)["Subject"].startswith(MARKS[said.look])
    assert letter(said, receiver, samples.NOW)["Importance"] is None
    assert telegram.build(said)["disable_notification"] is True
    assert ntfy.build(said)["priority"] == ntfy.CALM


def test_a_notice_that_a_program_before_has_packed_is_green_as_it_was(store: LocalStore) -> None:
    """It knew no highest level."""
    ran(store, WANTS)
    made = stored(store, "reports/2026-11-25")
    told = Notice(transition_of(made, made.agencies[0]), "kepala", samples.ZONE, samples.NOW, None)
    packed = msgspec.json.decode(notices.pack(told))
    del packed["transition"]["worst"]
    assert compose(notices.unpack(msgspec.json.encode(packed)), SETTINGS, samples.NOW).look == "over"
