"""Two issues with an alert each turn out to be one matter: one alert goes on, and nothing that was said is lost."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from shared import views
from shared.alerts import AlertState, alert_id, transition_id, united
from shared.config.active import Active
from shared.detect.effects import Effects
from shared.detect.judging.heirs import merge
from shared.detect.judging.reminding import handled
from shared.detect.state import State
from shared.detect.views.project import Projector
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Answer, Level
from shared.ports import Put
from shared.report.standing import highest, standing
from tests.detect.facts import AGENCY, CONFIG, START, judged, round_at
from tests.detect.test_fold import Folder, in_crisis
from tests.receivers.bothways import assert_same_facts

NAME = "Bupati Sagara bungkam soal dapur sekolah"


def twice_alarmed(level: Level, *, restart: bool = False) -> tuple[Folder, AlertState, AlertState]:
    """A crisis whose issue has just taken over another one with an alert of this level: the issue's own alert, the other."""
    folder, key = in_crisis()
    state = folder.state
    now = state.clock + 60
    folder(now, judged("Pemkab Sagara buka pendaftaran beasiswa", now, "neutral", 1, key="b"))
    own = state.alerts[key]
    gone = folder.state.seen[int(judged("", now, key="b").mention.id, 16)][1]
    other = replace(own, issue=gone, id=alert_id("issue", AGENCY, gone, 1), level=level, number=2)
    state.alerts[f"{AGENCY} {gone}"], state.called[gone] = other, NAME
    state.issues._absorb(state.issues._live[own.issue], state.issues._live[gone], state.clock)
    merge(state, gone, own.issue)
    if restart:
        folder._restart = True
    folder.transitions.clear()
    return folder, own, other


def go_on(folder: Folder, hours: int) -> None:
    """Time in which nothing comes."""
    for now in range(folder.state.clock + 900, folder.state.clock + hours * HOUR, 900):
        folder(now, round_at(now))


@pytest.mark.parametrize("restart", [False, True])
@pytest.mark.parametrize("level", [Level.WASPADA, Level.SIAGA, Level.AWAS])
def test_one_alert_tells_of_the_end_and_what_it_includes(level: Level, restart: bool) -> None:
    folder, own, other = twice_alarmed(level, restart=restart)
    survivor = other if other.level > own.level else own
    [alert] = [one for one in folder.state.alerts.values() if one.active]
    assert (alert.id, alert.issue, alert.level) == (survivor.id, own.issue, max(own.level, level))
    go_on(folder, 40)
    assert {change.alert for change in folder.transitions} == {survivor.id}
    numbers = [change.number for change in folder.transitions]
    assert numbers == list(range(survivor.number + 1, survivor.number + 1 + len(numbers)))
    assert folder.transitions[-1].change == "resolved"
    assert all(f"Termasuk isu yang semula diperingatkan sendiri: “{NAME}”" in change.reasons for change in folder.transitions)
    for change in folder.transitions:
        assert change.includes == (NAME,)
        assert change.took == ((own if survivor is other else other).id,)
        assert_same_facts(change)


def test_what_is_answered_to_the_alert_that_ended_holds_for_the_one_that_goes_on() -> None:
    folder, _, other = twice_alarmed(Level.SIAGA)
    now = folder.state.clock + 60
    told = transition_id(other.id, other.number)
    taken_on = Answer("a1", now, "acknowledge", other.id, "piket", change=told)
    effects = folder(now, taken_on, Answer("a2", now, "useful", other.id, "piket"))
    [alert] = [one for one in folder.state.alerts.values() if one.active]
    assert alert.level == other.level
    assert effects.answered == [other.id, other.id]
    assert (alert.acknowledged_by, alert.label) == ("piket", "")
    assert (alert.taken[0].alert.acknowledged_by, alert.taken[0].alert.label) == ("piket", "useful")
    before = folder.state.alerts
    folder(now, taken_on)
    assert folder.state.alerts == before


def test_who_took_on_a_lower_level_has_not_taken_on_the_higher() -> None:
    folder, _, other = twice_alarmed(Level.WASPADA)
    now = folder.state.clock + 60
    folder(now, Answer("a1", now, "acknowledge", other.id, "piket"))
    [alert] = [one for one in folder.state.alerts.values() if one.active]
    assert (alert.acknowledged_by, alert.taken[0].alert.acknowledged_by) == ("", "piket")


@pytest.mark.parametrize(("level", "by"), [(Level.SIAGA, "piket"), (Level.WASPADA, "")])
def test_what_was_answered_before_counts_for_an_equal_level(level: Level, by: str) -> None:
    own = AlertState(agency=AGENCY, issue="i1", id="a1", level=Level.SIAGA, openings=2)
    other = AlertState(agency=AGENCY, issue="i2", id="b1", level=level, openings=3, acknowledged_at=5, acknowledged_by="piket")
    one = united(own, other, NAME)
    assert (one.id, one.acknowledged_by, one.openings) == ("a1", by, 3)


def test_an_alert_that_took_others_in_may_be_taken_in_itself() -> None:
    first, second, third = (AlertState(agency=AGENCY, issue=f"i{n}", id=f"a{n}", level=Level(n), openings=1) for n in (1, 2, 3))
    one = united(third, united(first, second, "dua"), "satu")
    assert (one.id, [taken.alert.id for taken in one.taken]) == ("a3", ["a1", "a2"])
    assert all(not taken.alert.taken for taken in one.taken)


def test_notices_of_it_wait_for_an_answer_as_the_one_that_goes_on_does() -> None:
    folder, own, other = twice_alarmed(Level.SIAGA)
    names = [f"{other.id}-000001-budi"]
    assert handled(folder.state, names) == ()
    now = folder.state.clock + 60
    folder(now, Answer("a1", now, "acknowledge", own.id, "piket"))
    assert handled(folder.state, names) == (other.id,)


def test_the_list_of_alerts_shows_where_it_goes_on_and_reports_count_it_once(tmp_path: Path) -> None:
    folder, own, other = twice_alarmed(Level.SIAGA)
    calm, _ = in_crisis()
    [raised] = [one for one in calm.transitions if one.kind == "issue" and one.to_level == Level.SIAGA]
    told = Effects(transitions=[replace(raised, alert=alert.id, issue=alert.issue) for alert in (own, other)])
    with closing(LocalStore(str(tmp_path))) as store:
        projector = Projector(store)
        projector.note(told)
        [data] = [
            put.data
            for put in projector.refresh(folder.state, Active(1, START, CONFIG))
            if isinstance(put, Put) and put.path == "views/alerts"
        ]
    lines = {line.id: line for line in msgspec.json.decode(data, type=views.AlertsView).alerts}
    assert (lines[other.id].level, lines[other.id].goes_on_in, lines[other.id].issue) == (Level.NORMAL, own.id, own.issue)
    assert (lines[own.id].level, lines[own.id].goes_on_in) == (Level.SIAGA, "")
    over = replace(raised, alert=own.id, number=9, at=raised.at + HOUR, from_level=Level.SIAGA, to_level=Level.NORMAL)
    ended = [replace(lines[own.id], transitions=(over, *lines[own.id].transitions)), lines[other.id]]
    assert standing(ended, AGENCY, raised.at + DAY, {}).level == Level.NORMAL
    assert highest(ended, AGENCY, raised.at + DAY, raised.at + 2 * DAY) == Level.NORMAL
    assert highest(ended, AGENCY, raised.at, raised.at + DAY) == Level.SIAGA


def test_an_alert_of_no_word_yet_gives_way() -> None:
    state = State()
    state.alerts = {
        f"{AGENCY} i1": AlertState(agency=AGENCY, issue="i1", id="a1", openings=1),
        f"{AGENCY} i2": AlertState(agency=AGENCY, issue="i2", streak=1, streak_at=START),
    }
    merge(state, "i2", "i1")
    assert state.alerts[f"{AGENCY} i1"].id == "a1"
