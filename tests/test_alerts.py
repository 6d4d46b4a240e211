"""The life of an alert, told step by step."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.alerts import AlertState, Decision, alert_id, answer, collector_health, decide, transition_id
from shared.baselines import Baselines
from shared.config.schema import Thresholds
from shared.levels import Signals
from shared.model import HOUR, Answer, AnswerKind, Level
from tests.baselines.rhythm import AGENCY, close, poisson
from tests.signals import REGENCY, STORM

THRESHOLDS = Thresholds()
START = 1_764_000_000
MINUTE = 60

CALM = Signals(evidence=0.1, outlets=8, spread=8, outlets_usual=10)
NEAR = replace(CALM, evidence=0.8)  # between the way down and the gate of waspada
UNUSUAL = replace(CALM, evidence=1.2)
FADING = replace(REGENCY, evidence=1.0)  # between the way down and the gate of siaga
DEAF = replace(CALM, covered=False)

Step = tuple[float, Signals, str, Level]  # hours after START, signals, expected reason, expected level
N, W, S, A = Level

LIVES: dict[str, list[Step]] = {
    "nothing happens": [(0, CALM, "quiet", N), (1, NEAR, "quiet", N)],
    "waspada opens at once, siaga waits for a second look": [
        (0, REGENCY, "opened", W),
        (0.25, REGENCY, "raised", S),
        (0.5, REGENCY, "steady", S),
    ],
    "several commits within a minute are one look": [
        (0, REGENCY, "opened", W),
        (1 / 60, REGENCY, "pending second evaluation", W),
        (2 / 60, REGENCY, "pending second evaluation", W),
        (0.25, REGENCY, "raised", S),
    ],
    "a look in between that finds nothing starts over": [
        (0, REGENCY, "opened", W),
        (0.25, UNUSUAL, "steady", W),
        (0.5, REGENCY, "pending second evaluation", W),
        (0.75, REGENCY, "raised", S),
    ],
    "the worst is told at once, and falls one level at a time": [
        (0, STORM, "opened", A),
        (1, CALM, "held: minimum dwell", A),
        (2, CALM, "lowered", S),
        (3, CALM, "held: minimum dwell", S),
        (4, CALM, "lowered", W),
        (5, CALM, "held: minimum dwell", W),
        (6, CALM, "recovering", W),
        (7, CALM, "resolved", N),
        (8, CALM, "quiet", N),
    ],
    "evidence near its gate holds the level": [
        (0, REGENCY, "opened", W),
        (1, REGENCY, "raised", S),
        (9, FADING, "held: evidence still near its gate", S),
    ],
    "calm that is interrupted starts over": [
        (0, UNUSUAL, "opened", W),
        (1, CALM, "held: minimum dwell", W),
        (5, CALM, "recovering", W),
        (6, NEAR, "held: evidence still near its gate", W),
        (7, CALM, "recovering", W),
        (12, CALM, "recovering", W),
        (13, CALM, "resolved", N),
    ],
    "what returns within two days is the same alert": [
        (0, UNUSUAL, "opened", W),
        (1, CALM, "held: minimum dwell", W),
        (7, CALM, "resolved", N),
        (55, UNUSUAL, "reopened", W),
    ],
    "what returns later is told as returning, too": [
        (0, UNUSUAL, "opened", W),
        (1, CALM, "held: minimum dwell", W),
        (7, CALM, "resolved", N),
        (55.1, UNUSUAL, "reopened", W),
    ],
    "silent sources neither raise nor calm": [
        (0, UNUSUAL, "opened", W),
        (1, CALM, "held: minimum dwell", W),
        (2, DEAF, "held: sources silent", W),
        (20, DEAF, "held: sources silent", W),
        (21, CALM, "recovering", W),
    ],
}


def live(steps: list[Step], night: bool = False) -> list[Decision]:
    """Decide step after step; what was decided."""
    state, decisions = AlertState(agency="33.99", issue="i1"), []
    for hours, signals, _, _ in steps:
        decisions.append(decide(state, signals, THRESHOLDS, START + round(hours * HOUR), night))
        state = decisions[-1].state
    return decisions


@pytest.mark.parametrize("steps", LIVES.values(), ids=LIVES)
def test_lives(steps: list[Step]) -> None:
    assert [(decision.reason, decision.to_level) for decision in live(steps)] == [
        (reason, level) for _, _, reason, level in steps
    ]


def test_an_hour_of_the_night_is_half_an_hour_of_calm() -> None:
    steps = [(0.0, UNUSUAL, "", W), (1.0, CALM, "", W), (7.0, CALM, "", W), (12.9, CALM, "", W), (13.0, CALM, "", N)]
    reasons = [decision.reason for decision in live(steps, night=True)]
    assert reasons == ["opened", "held: minimum dwell", "recovering", "recovering", "resolved"]


def test_every_change_is_numbered_and_named() -> None:
    changes = [
        decision for decision in live(LIVES["the worst is told at once, and falls one level at a time"]) if decision.change
    ]
    assert [decision.change for decision in changes] == ["opened", "lowered", "lowered", "resolved"]
    assert [(decision.from_level, decision.to_level) for decision in changes] == [(N, A), (A, S), (S, W), (W, N)]
    assert [decision.state.number for decision in changes] == [1, 2, 3, 4]
    assert {decision.state.id for decision in changes} == {alert_id("issue", "33.99", "i1", 1)}
    assert [decision.transition_id for decision in changes] == [transition_id(changes[0].state.id, n) for n in (1, 2, 3, 4)]


def test_a_raise_asks_for_a_new_acknowledgement() -> None:
    opened = decide(AlertState(agency="33.99", issue="i1"), UNUSUAL, THRESHOLDS, START, night=False).state
    acknowledged = answer(opened, word("acknowledge", START + HOUR, opened.id))
    raised = decide(acknowledged, STORM, THRESHOLDS, START + 2 * HOUR, night=False)
    assert (raised.change, acknowledged.acknowledged_at > 0, raised.state.acknowledged_at) == ("raised", True, 0)
    late = answer(raised.state, word("acknowledge", START + HOUR, opened.id))  # pressed at waspada, heard of after the raise
    assert late == raised.state
    assert answer(late, word("acknowledge", START + 2 * HOUR, opened.id)).acknowledged_at == START + 2 * HOUR


def test_a_message_of_before_the_raise_takes_on_nothing_after_it() -> None:
    """Pressed on yesterday's message while the newer one lies below it; what was told since the raise counts, lowered or not."""
    opened = decide(AlertState(agency="33.99", issue="i1"), UNUSUAL, THRESHOLDS, START, night=False)
    raised = decide(opened.state, STORM, THRESHOLDS, START + HOUR, night=False)
    lowered = decide(raised.state, CALM, THRESHOLDS, START + 3 * HOUR, night=False)
    assert [one.change for one in (opened, raised, lowered)] == ["opened", "raised", "lowered"]
    for state in (raised.state, lowered.state):
        old = word("acknowledge", START + 4 * HOUR, state.id, change=opened.transition_id)
        assert answer(state, old) == state
    for seen in (raised, lowered):
        new = word("acknowledge", START + 4 * HOUR, seen.state.id, change=seen.transition_id)
        assert answer(lowered.state, new).acknowledged_by == "piket"
    assert answer(opened.state, word("acknowledge", START, opened.state.id, change=opened.transition_id)).acknowledged_by


def test_a_message_of_before_the_reopening_neither() -> None:
    *_, resolved, again = live(LIVES["what returns within two days is the same alert"])
    press = word("acknowledge", again.state.active_since, again.state.id, change=resolved.transition_id)
    assert answer(again.state, press) == again.state
    assert answer(again.state, replace(press, change=again.transition_id)).acknowledged_by == "piket"


def test_reopening_keeps_the_id_and_asks_for_a_new_acknowledgement() -> None:
    *_, resolved, again = live(LIVES["what returns within two days is the same alert"])
    assert again.state.id == resolved.state.id
    assert (again.state.number, again.state.openings) == (3, 1)
    acknowledged = answer(resolved.state, word("acknowledge", START + HOUR, resolved.state.id))
    assert acknowledged.acknowledged_at
    reopened = decide(acknowledged, UNUSUAL, THRESHOLDS, START + 20 * HOUR, night=False).state
    assert reopened.acknowledged_at == 0
    assert answer(reopened, word("acknowledge", START + HOUR, reopened.id)) == reopened


def test_a_new_alert_has_a_new_id_and_starts_afresh() -> None:
    *_, resolved, new = live(LIVES["what returns later is told as returning, too"])
    assert new.state.id == alert_id("issue", "33.99", "i1", 2) != resolved.state.id
    assert (new.state.number, new.state.openings, new.state.label) == (1, 2, "")


def test_what_raises_an_agencys_own_alert_later_is_another_matter() -> None:
    state = replace(live(LIVES["what returns later is told as returning, too"])[2].state, issue="")
    assert decide(state, UNUSUAL, THRESHOLDS, START + round(55.1 * HOUR), night=False).change == "opened"


def test_an_issue_that_only_counts_its_alerts_has_nothing_that_returns() -> None:
    parted = AlertState(agency="33.99", issue="i1", openings=1)
    assert decide(parted, UNUSUAL, THRESHOLDS, START, night=False).change == "opened"


def test_ids_are_sixteen_hex_digits_and_differ() -> None:
    ids = {alert_id("issue", "33.99", "i1", 1), alert_id("collector", "33.99", "i1", 1), alert_id("issue", "33.9", "9i1", 1)}
    ids.add(transition_id(alert_id("issue", "33.99", "i1", 1), 1))
    assert len(ids) == 4
    assert all(len(bytes.fromhex(name)) == 8 for name in ids)


def test_silence_does_not_change_the_course() -> None:
    state = live(LIVES["nothing happens"])[-1].state
    state = decide(state, REGENCY, THRESHOLDS, START + 2 * HOUR, night=False).state
    muted = answer(state, word("silence", START + 2 * HOUR, state.id, until=START + 8 * HOUR, note="sudah ditangani"))
    assert (muted.silenced_until, muted.silence_reason) == (START + 8 * HOUR, "sudah ditangani")
    loud, quiet = (decide(each, REGENCY, THRESHOLDS, START + 3 * HOUR, night=False) for each in (state, muted))
    assert (loud.reason, loud.to_level, loud.transition_id) == (quiet.reason, quiet.to_level, quiet.transition_id)


def word(kind: AnswerKind, at: int, alert: str, until: int = 0, note: str = "", change: str = "") -> Answer:
    return Answer(id=f"{kind}-{at}", at=at, kind=kind, alert=alert, by="piket", until=until, note=note, change=change)


KINDS: list[AnswerKind] = ["acknowledge", "silence", "useful", "not_needed", "clarified"]


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(START, START + 50)), max_size=8), st.booleans())
def test_answers_given_twice_change_nothing_more(said: list[tuple[AnswerKind, int]], raised: bool) -> None:
    """Not even where the alert was raised in between."""
    state = once = decide(AlertState(agency="33.99", issue="i1"), UNUSUAL, THRESHOLDS, START, night=False).state
    answers = [word(kind, at, state.id, until=at + HOUR, note=str(at)) for kind, at in said]
    for each in answers:
        once = answer(once, each)
    if raised:
        once = decide(once, STORM, THRESHOLDS, START + HOUR, night=False).state
    twice = once
    for each in answers:
        twice = answer(twice, each)
    assert twice == once
    assert once.silenced_at == max((at for kind, at in said if kind == "silence"), default=0)


def test_the_latest_label_holds_and_others_alerts_are_left_alone() -> None:
    state = decide(AlertState(agency="33.99", issue="i1"), UNUSUAL, THRESHOLDS, START, night=False).state
    later = answer(state, word("not_needed", START + 2, state.id))
    assert answer(later, word("useful", START + 1, state.id)) == later
    assert answer(later, word("useful", START + 3, state.id)).label == "useful"
    assert answer(state, word("useful", START + 3, "another")) == state
    assert (
        answer(state, word("clarified", START + 3, state.id, note="https://sagara.example/klarifikasi")).clarified_at == START + 3
    )


HEALTH: dict[str, list[tuple[int, int, int, str, Level]]] = {
    # minutes, silent rounds, working of 10 sources, reason, level
    "healthy": [(0, 0, 10, "quiet", N), (5, 3, 5, "quiet", N)],
    "one bad moment is no outage": [(0, 0, 0, "pending second evaluation", N), (5, 0, 10, "quiet", N)],
    "half of the sources gone": [
        (0, 0, 4, "pending second evaluation", N),
        (5, 0, 4, "pending second evaluation", N),
        (15, 0, 4, "opened", S),
        (30, 0, 4, "steady", S),
        (35, 0, 9, "recovering", S),
        (40, 0, 4, "steady", S),
        (45, 0, 9, "recovering", S),
        (90, 0, 9, "recovering", S),
        (105, 0, 9, "resolved", N),
        (120, 4, 9, "reopened", S),
    ],
    "no sign of life": [(0, 4, 10, "opened", S), (15, 0, 10, "recovering", S), (75, 0, 10, "resolved", N)],
}


@pytest.mark.parametrize("steps", HEALTH.values(), ids=HEALTH)
def test_collector_health(steps: list[tuple[int, int, int, str, Level]]) -> None:
    state = AlertState(agency="", issue="", kind="collector")
    for minutes, silent, working, reason, level in steps:
        decision = collector_health(state, silent, working, 10, START + minutes * MINUTE)
        assert (decision.reason, decision.to_level) == (reason, level)
        state = decision.state


def test_dead_sources_give_one_notice_until_all_are_back() -> None:
    state, told = AlertState(agency="", issue="", kind="collector"), []
    steps = [(0, 9, 1), (15, 9, 1), (30, 7, 3), (45, 4, 3), (60, 4, 3), (75, 8, 2), (135, 8, 2), (150, 10, 0)]
    for minutes, working, dead in steps:
        decision = collector_health(state, 0, working, 10, START + minutes * MINUTE, dead)
        told.append(decision.change)
        state = decision.state
    assert told == [None, "opened", None, None, "raised", None, "lowered", "resolved"]


def test_a_network_that_comes_and_goes_does_not_make_the_alert_flutter() -> None:
    state, changes = AlertState(agency="", issue="", kind="collector"), 0
    for quarter in range(32 * 4):
        working = 4 if quarter // 3 % 2 else 7
        decision = collector_health(state, 0, working, 10, START + quarter * 15 * MINUTE)
        changes, state = changes + bool(decision.change), decision.state
    assert changes == 1


def test_without_sources_there_is_nothing_to_report() -> None:
    assert collector_health(AlertState(agency="", issue="", kind="collector"), 0, 0, 0, START).reason == "quiet"


Looks = st.lists(
    st.tuples(st.sampled_from([CALM, NEAR, UNUSUAL, REGENCY, FADING, STORM, DEAF]), st.integers(1, 12 * 3600), st.booleans()),
    max_size=40,
)


@settings(max_examples=60)
@given(looks=Looks)
def test_whatever_comes_the_record_is_whole(looks: list[tuple[Signals, int, bool]]) -> None:
    """Levels change only by numbered transitions, fall one at a time and survive packing."""
    state, now = AlertState(agency="33.99", issue="i1"), START
    for signals, passed, night in looks:
        now += passed
        decision = decide(state, signals, THRESHOLDS, now, night)
        changed = decision.to_level != state.level
        assert changed == (decision.change is not None)
        assert decision.from_level == state.level
        assert decision.to_level >= state.level - 1
        expected = 1 if decision.change == "opened" else state.number + changed
        assert decision.state.number == expected
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(decision.state), type=AlertState) == decision.state
        state = decision.state


def test_quiet_months_of_a_small_agency_give_no_false_siaga() -> None:
    """4.5 unrelated negative items a day from a dozen outlets: at most 0.3 times siaga a month."""
    false = sum(siagas(random.Random(seed), days=30) for seed in range(10))
    assert false / 10 <= 0.3


def siagas(chance: random.Random, days: int) -> int:
    """How often ordinary news of a small agency (a third of it negative) is raised to siaga, looked at once an hour."""
    baselines, state = Baselines(), AlertState(agency=AGENCY, issue="")
    day: list[tuple[int, bool, int]] = []  # hour, negative, outlet
    raised = 0
    for hour in range(days * 24):
        rate = 13.5 / 24 * (1.3 if 6 <= hour % 24 < 23 else 0.25)
        day += [(hour, chance.random() < 1 / 3, chance.randrange(12)) for _ in range(poisson(chance, rate))]
        day = [item for item in day if item[0] > hour - 24]
        found = close(baselines, hour, {AGENCY: sum(item[1] for item in day if item[0] == hour)})[AGENCY]
        signals = ordinary(day, hour, found.e)
        decision = decide(state, signals, THRESHOLDS, START + hour * HOUR, night=hour % 24 < 5)
        raised += decision.to_level >= Level.SIAGA > decision.from_level
        state = decision.state
    return raised


def ordinary(day: list[tuple[int, bool, int]], hour: int, evidence: float) -> Signals:
    """Signals of an agency from its last 24 hours."""
    negative = [item for item in day if item[1]]
    return Signals(
        evidence=evidence,
        negative=len(negative),
        total=len(day),
        outlets=len({item[2] for item in negative}),
        spread=len({item[2] for item in negative}),
        outlets_usual=12,
        usual_share=0.33,
        recent=sum(item[0] > hour - 3 for item in day),
        before=sum(hour - 6 < item[0] <= hour - 3 for item in day),
        reach=float(len(day)),
        usual_reach=13.5,
        hours=24.0,
    )
