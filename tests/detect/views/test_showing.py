"""What officers did stands on the pages at once, also after a crash on the way; once, and never by a writer that has lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from shared.config.active import activate
from shared.deeds import Assigned
from shared.deskview import DeskView
from shared.detect.load import load
from shared.detect.storing.log import header_path
from shared.detect.views.showing import show
from shared.detect.writer import Writer
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.model import Answer
from shared.ports import Conflict, Put, Retryable, Write
from shared.views import IssueView, Overview, unpack
from tests.detect.facts import CONFIG, START, judged, round_at
from tests.detect.officers.test_following import ISSUE, STORY, act_id, assigned, found
from tests.detect.test_writer import Flaky

NOW = START + 100
DEED = assigned(1, NOW, "waiting")


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    """A store in which one issue is on file and shown."""
    store = LocalStore(str(tmp_path))
    activate(store, CONFIG, START)
    writer = Writer(store, LocalBus(str(tmp_path)))
    writer.submit("news", [STORY, round_at(START)], START)
    writer.tick(START + 60)
    return store


@pytest.fixture
def bus(tmp_path: Path) -> LocalBus:
    return LocalBus(str(tmp_path))


def shown(store: LocalStore) -> list[str]:
    """The status of the issue's assignments, as its own page and then the officers' say."""
    issue, desk = store.read([f"issues/{ISSUE}", "views/desk"])
    page, work = unpack(issue, IssueView), unpack(desk, DeskView)
    assert page is not None
    assert work is not None
    return [duty.status for duties in (page.duties, work.agencies[0].duties) for duty in duties]


def test_the_desk_is_as_new_as_the_overview_though_nothing_changed(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    for at in (START + 900, START + 1800):
        writer.submit(f"quiet {at}", [round_at(at)], at)
        writer.tick(at + 60)
        overview, desk = store.read(["views/overview", "views/desk"])
        page, work = unpack(overview, Overview), unpack(desk, DeskView)
        assert page is not None
        assert work is not None
        assert page.made_at == work.made_at >= at


def test_a_deed_stands_on_the_pages_without_a_tick_and_costs_few_writes(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    writer.submit("warm", [found(9, NOW)], NOW)
    assert shown(store) == []
    before, snapshots = store.used.writes, store.scan("snapshots", "", "~", 100)
    writer.submit("deed", [DEED], NOW)
    assert shown(store) == ["waiting", "waiting"]
    assert store.used.writes - before <= 6  # header and segment; header, overview, desk, issue
    assert store.scan("snapshots", "", "~", 100) == snapshots
    writer.submit("deed", [DEED], NOW + 5)
    writer.submit("another message", [replace(DEED, status="done")], NOW + 6)  # the same id: the same deed
    assert shown(store) == ["waiting", "waiting"]


def test_what_nobody_said_waits_for_the_tick(store: LocalStore, bus: LocalBus) -> None:
    before = store.read(["views/overview"])
    Writer(store, bus).submit("more", [judged("Puskesmas Sagara antre lagi", NOW), round_at(NOW)], NOW)
    assert store.read(["views/overview"]) == before


@pytest.mark.parametrize("repair", ["tick", "redelivery", "other facts"])
@pytest.mark.parametrize("fail", ["before", "after"])
def test_a_crash_between_commit_and_pages_is_made_good(store: LocalStore, bus: LocalBus, fail: str, repair: str) -> None:
    class Dying(Flaky):
        """Fails at the commit after the one that holds the deed."""

        def commit(self, writes: Sequence[Write]) -> list[str]:
            self.fail = fail if any(write.path.startswith("views/") for write in writes) else ""
            return super().commit(writes)

    with pytest.raises(Retryable):
        Writer(Dying(store), bus).submit("deed", [DEED], NOW)  # type: ignore[arg-type]
    assert load(store, "0").said
    assert shown(store) == ([] if fail == "before" else ["waiting", "waiting"])
    writer = Writer(store, bus)
    match repair:
        case "tick":
            writer.tick(NOW + 60)
        case "redelivery":
            writer.submit("deed", [DEED], NOW + 60)
        case _:
            writer.submit("news 2", [round_at(NOW + 60)], NOW + 60)
    assert shown(store) == ["waiting", "waiting"]
    assert len(load(store, "0").state.deeds.trail[ISSUE]) == 1


def test_several_deeds_that_wait_share_one_commit_and_one_refresh(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    writer.submit("warm", [found(9, NOW)], NOW)
    before = store.used.writes
    deeds: list[Assigned] = [replace(assigned(number, NOW + number), note=f"catatan {number}") for number in range(1, 9)]
    writer.submit("deeds", deeds, NOW)
    assert store.used.writes - before <= 6
    assert len(load(store, "0").state.deeds.trail[ISSUE]) == 9


def test_a_writer_that_has_lost_shows_nothing(store: LocalStore, bus: LocalBus) -> None:
    stale = load(store, "0")
    Writer(store, bus).submit("deed", [DEED], NOW)
    before = store.read([header_path("0"), "views/overview"])
    with pytest.raises(Conflict):
        show(store, "0", stale, [Put("views/overview", b"{}")])
    assert store.read([header_path("0"), "views/overview"]) == before


def test_an_answer_to_an_alert_is_shown_at_once_too(store: LocalStore, bus: LocalBus) -> None:
    before = store.read(["views/overview"])
    Writer(store, bus).submit("answer", [Answer(act_id(7), NOW, "acknowledge", "a1", "rina")], NOW)
    assert store.read(["views/overview"]) != before
