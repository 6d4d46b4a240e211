"""Approved reports: counted with every correction, final from then on, told as final once; drafts follow what is put right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from shared import report
from shared.config.active import activate, require_active
from shared.config.schema import Agency, ReceiverConfig
from shared.deeds import Approved, Assigned, Corrected, Reshaped
from shared.detect.load import load
from shared.detect.writer import Writer
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.messages import AlertsChanged, decode, open_as
from shared.model import HOUR, Level, Seconds, Transition
from shared.ports import Put, Retryable, Write
from shared.report.announcing import transition_of
from shared.report.approving import approve
from shared.report.record import INDEX, Report, ReportIndex, of_agency
from shared.views import Overview, pack, unpack
from tests.detect.facts import AGENCY, CONFIG, START, judged, mention_id, round_at
from tests.detect.officers.test_following import act_id
from tests.detect.test_writer import Flaky

DATE = "2026-11-19"
MORNING: Seconds = START + 23 * HOUR  # 06.00 WIB on that day
NEWS = [judged(f"Puskesmas Sagara antre {number}", START + number * 1800, outlet=number, key=f"n{number}") for number in range(4)]
APPROVAL = Approved(act_id(1), MORNING + 600, "Rina", AGENCY, DATE)
READER = replace(CONFIG, receivers=(ReceiverConfig(id="kepala", kind="console", reports=True),))


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    """A day with four negative items, and its draft."""
    store = LocalStore(str(tmp_path))
    activate(store, READER, START)
    writer = Writer(store, LocalBus(str(tmp_path / "past")))
    writer.submit("a", [*NEWS, round_at(START + 3 * HOUR)], START + 3 * HOUR)
    writer.tick(MORNING)
    assert report.write(store, require_active(store), MORNING) == f"reports/{DATE}"
    return store


@pytest.fixture
def bus(tmp_path: Path) -> LocalBus:
    return LocalBus(str(tmp_path))


def stored(store: LocalStore) -> Report:
    found = unpack(store.read([f"reports/{DATE}"])[0], Report)
    assert found is not None
    return found


def negative(store: LocalStore) -> int:
    """What the report counts as negative."""
    return stored(store).agencies[0].tones_day.negative


def told(bus: LocalBus) -> list[Transition]:
    found: list[Transition] = []
    bus.deliver({"alerts-changed": lambda data: found.extend(open_as(decode(data), AlertsChanged).transitions)})
    return [one for one in found if one.kind == "report"]


def correction(number: int, at: Seconds = MORNING + 300) -> Corrected:
    one = NEWS[number]
    return Corrected(act_id(10 + number), at, "Rina", AGENCY, one.mention.id, one.mention.happened_at, "tone", "neutral")


def test_the_final_report_counts_what_was_put_right_before_and_nothing_after(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    assert (stored(store).state, negative(store)) == ("draft", 4)
    writer.submit("fix", [correction(0)], MORNING + 300)
    writer.submit("final", [APPROVAL], MORNING + 600)
    final = stored(store)
    assert (final.state, final.approved_by, final.approved_at, negative(store)) == ("final", "Rina", MORNING + 600, 3)
    listed = unpack(store.read([INDEX])[0], ReportIndex)
    assert listed is not None
    assert [(line.date, line.state, line.negative) for line in listed.lines] == [(DATE, "final", 3)]
    writer.submit("too late", [correction(1, MORNING + 700)], MORNING + 700)
    writer.tick(MORNING + 900)
    report.write(store, require_active(store), MORNING + 900)
    assert stored(store) == final


def test_what_is_approved_is_what_was_read(store: LocalStore, bus: LocalBus) -> None:
    """What happens after the period belongs to the next one: more news of the issue, and an assignment."""
    draft, issue = stored(store), f"i{NEWS[0].mention.id[:10]}"
    late = [
        judged("Puskesmas Sagara antre lagi", MORNING + number * 60, outlet=number, key=f"late{number}") for number in range(5)
    ]
    writer = Writer(store, bus)
    writer.submit("late", late, MORNING + 300)
    writer.submit("assign", [Assigned(act_id(6), MORNING + 400, "Rina", AGENCY, issue, person="Kabid")], MORNING + 400)
    writer.tick(MORNING + 500)
    assert stored(store) == draft
    writer.submit("final", [APPROVAL], MORNING + 600)
    final, signed = stored(store), {"approved_by": "Rina", "approved_at": MORNING + 600}
    assert final == replace(draft, state="final", agencies=(replace(draft.agencies[0], **signed),), **signed)


def test_the_level_that_was_read_beside_the_draft_is_kept(store: LocalStore, bus: LocalBus) -> None:
    draft, overview = stored(store), unpack(store.read(["views/overview"])[0], Overview)
    assert overview is not None
    raised = replace(overview.agencies[0], level=Level.SIAGA, since=MORNING + 500)
    store.commit([Put("views/overview", pack(replace(overview, agencies=(raised,))))])
    assert approve(store, bus, require_active(store), APPROVAL, MORNING + 600)
    final = stored(store).agencies[0]
    assert (final.level, final.later, final.later_at) == (draft.agencies[0].level, Level.SIAGA, MORNING + 500)


def test_an_assignment_of_the_period_stays_in_the_report_when_it_goes_on(store: LocalStore, bus: LocalBus) -> None:
    made = Assigned(act_id(6), MORNING - 400, "Rina", AGENCY, f"i{NEWS[0].mention.id[:10]}", person="Kabid")
    writer = Writer(store, bus)
    writer.submit("assign", [made], MORNING - 400)
    writer.submit("done", [replace(made, id=act_id(7), at=MORNING + 400, status="done")], MORNING + 400)
    writer.tick(MORNING + 900)
    assert [one.status for one in stored(store).agencies[0].duties] == ["done"]


def test_it_is_told_as_final_once(store: LocalStore, bus: LocalBus) -> None:
    draft = transition_of(stored(store), stored(store).agencies[0])
    Writer(store, bus).submit("final", [APPROVAL], MORNING + 600)
    Writer(store, bus).tick(MORNING + 900)  # a fresh process follows it again
    first, *again = told(bus)
    assert (first.alert, first.number, draft.number) == (draft.alert, 2, 1)
    assert "KONSEP" in draft.issue_name
    assert "KONSEP" not in first.issue_name
    assert {one.id for one in again} <= {first.id}


@pytest.mark.parametrize("path", ["snapshots/", f"reports/{DATE}"])
@pytest.mark.parametrize("fail", ["before", "after"])
def test_a_crash_on_the_way_is_made_good_by_the_next_tick(store: LocalStore, bus: LocalBus, path: str, fail: str) -> None:
    class Dying(Flaky):
        """Fails where something of this name is written."""

        def commit(self, writes: Sequence[Write]) -> list[str]:
            self.fail = fail if any(write.path.startswith(path) for write in writes) else ""
            return super().commit(writes)

    with pytest.raises(Retryable):
        Writer(Dying(store), bus).submit("final", [correction(0), APPROVAL], MORNING + 600)  # type: ignore[arg-type]
    assert load(store, "0").state.deeds.approvals
    Writer(store, bus).tick(MORNING + 900)
    assert (stored(store).state, negative(store)) == ("final", 3)
    assert {one.number for one in told(bus)} == {2}


def test_a_draft_follows_what_is_put_right_at_the_next_tick_also_of_a_fresh_process(store: LocalStore, bus: LocalBus) -> None:
    writer = Writer(store, bus)
    writer.submit("fix", [correction(0)], MORNING + 300)
    assert negative(store) == 4
    writer.tick(MORNING + 900)
    assert (stored(store).state, negative(store), stored(store).edition) == ("draft", 3, 2)
    writer.submit("fix 2", [correction(1)], MORNING + 1000)
    Writer(store, bus).tick(MORNING + 1800)
    assert negative(store) == 2


def test_a_draft_follows_names_that_officers_give_and_is_not_written_for_nothing(store: LocalStore, bus: LocalBus) -> None:
    issue = f"i{NEWS[0].mention.id[:10]}"
    writer = Writer(store, bus)
    writer.submit(
        "name", [Reshaped(act_id(5), MORNING + 100, "Rina", AGENCY, issue, "renamed", "Antrean puskesmas")], MORNING + 100
    )
    writer.tick(MORNING + 900)
    assert [line.name for line in stored(store).agencies[0].issues] == ["Antrean puskesmas"]
    assert stored(store).edition == 2
    Writer(store, bus).tick(MORNING + 1800)
    assert stored(store).edition == 2


def test_what_cannot_be_approved_stays_a_draft(store: LocalStore, bus: LocalBus) -> None:
    early = replace(APPROVAL, date="2026-11-20")
    Writer(store, bus).submit("early", [early], MORNING + 600)
    assert stored(store).state == "draft"
    assert store.read(["reports/2026-11-20"]) == [None]
    assert told(bus) == []
    assert mention_id("n0") == NEWS[0].mention.id


def test_each_agencys_part_is_final_by_its_own_officer(tmp_path: Path, bus: LocalBus) -> None:
    neighbour = Agency(id="33.98", name="Kota Sagara")
    store = LocalStore(str(tmp_path / "two"))
    activate(store, replace(READER, agencies=(*CONFIG.agencies, neighbour)), START)
    writer = Writer(store, bus)
    writer.submit("a", [*NEWS, round_at(START + 3 * HOUR)], START + 3 * HOUR)
    writer.tick(MORNING)
    report.write(store, require_active(store), MORNING)
    writer.submit("b", [APPROVAL], MORNING + 600)
    half = stored(store)
    assert half.state == "draft"
    assert {part.id: part.approved_by for part in half.agencies} == {AGENCY: "Rina", "33.98": ""}
    assert [of_agency(half, name).state for name in (AGENCY, "33.98")] == ["final", "draft"]
    assert {one.agency: one.number for one in told(bus)} == {AGENCY: 2, "33.98": 1}
    writer.submit("c", [correction(0, MORNING + 700)], MORNING + 700)
    writer.tick(MORNING + 900)
    assert negative(store) == 4, "its counts are final"
    writer.submit("d", [replace(APPROVAL, id=act_id(2), agency="33.98", by="Budi", at=MORNING + 1000)], MORNING + 1000)
    whole = stored(store)
    assert (whole.state, whole.approved_by) == ("final", "Budi")
    assert {part.id: part.approved_by for part in whole.agencies} == {AGENCY: "Rina", "33.98": "Budi"}
    assert {one.agency: one.number for one in told(bus)} == {AGENCY: 2, "33.98": 2}
    index = unpack(store.read([INDEX])[0], ReportIndex)
    assert index is not None
    assert index.lines[0].approved == (AGENCY, "33.98")
