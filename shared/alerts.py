"""The life of an alert, as pure decisions: opened, raised, lowered, resolved, reopened, each with a named reason.

Up at once, down one level at a time and only after a calm that is clearly below the gate: an alert that flutters is soon ignored.
A silence mutes notices; it never changes the state, so that what happened stays on record.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from shared.config.schema import Thresholds
from shared.levels import CONFIRMATIONS, HOLD, Signals, alarming, gate, target
from shared.model import HOUR, AlertKind, Answer, Change, Level, Seconds
from shared.urls import digest

APART: Final[Seconds] = 15 * 60  # data time between two evaluations that count as two
DWELL: Final[Seconds] = 2 * HOUR  # a level is kept at least so long before it falls
CALM: Final[Seconds] = 6 * HOUR  # of calm before an alert is resolved
NIGHT_WEIGHT: Final = 0.5  # an hour of the night is half as good a sign of calm
REOPEN: Final[Seconds] = 48 * HOUR  # what returns within this time is the same alert; later it is told as returning, by a new one
SILENT_ROUNDS: Final = 3  # rounds without a sign of life before the collector itself is reported
LEAST_WORKING: Final = 0.5  # share of the sources

Why = Literal[
    "quiet",
    "opened",
    "reopened",
    "raised",
    "lowered",
    "resolved",
    "steady",
    "pending second evaluation",
    "recovering",
    "held: minimum dwell",
    "held: evidence still near its gate",
    "held: sources silent",
]


class AlertState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything that is remembered about the alerts of one (agency, issue); an agency's own alert has an empty issue."""

    agency: str
    issue: str
    kind: AlertKind = "issue"
    id: str = ""  # of the present or last alert; empty before the first
    openings: int = 0  # alerts so far
    number: int = 0  # changes of this alert so far
    level: Level = Level.NORMAL
    opened_at: Seconds = 0
    active_since: Seconds = 0  # opened or reopened
    raised_at: Seconds = 0  # to a higher level while it was going on; what was said before is no word on that level
    asked_from: int = 0  # number of the change that raised or reopened it last: who answers an earlier one has not seen it
    changed_at: Seconds = 0  # of the last change; when it was resolved, where level is normal
    evaluated_at: Seconds = 0
    streak: int = 0  # consecutive evaluations that asked for more
    streak_at: Seconds = 0  # when the last of them was counted
    calm_since: Seconds = 0  # 0 while it is not calm
    calm: Seconds = 0  # calm so far, nights at their weight
    acknowledged_at: Seconds = 0
    acknowledged_by: str = ""
    silenced_at: Seconds = 0
    silenced_until: Seconds = 0
    silenced_by: str = ""
    silence_reason: str = ""
    label: Literal["", "useful", "not_needed"] = ""
    labelled_at: Seconds = 0
    labelled_by: str = ""
    clarified_at: Seconds = 0
    clarification: str = ""  # link
    taken: tuple[Taken, ...] = ()  # alerts of the same matter that ended in this one

    @property
    def active(self) -> bool:
        """Whether an alert is going on."""
        return self.level > Level.NORMAL

    @property
    def ids(self) -> tuple[str, ...]:
        """Of the alert and of those that ended in it: answers to any of them are answers to it."""
        return (self.id, *(one.alert.id for one in self.taken))


class Taken(msgspec.Struct, frozen=True, array_like=True):
    """An alert whose matter went over to another one with an alert: as it stood then, but for what people answer to it later."""

    alert: AlertState
    issue: str = ""  # that went over to the other one
    name: str = ""  # by which notices told of that issue

    def ended(self, issue: str) -> AlertState:
        """The alert as it is on record, under the issue that its matter goes on with."""
        return replace(self.alert, issue=issue, level=Level.NORMAL)


class Decision(msgspec.Struct, frozen=True):
    """The outcome of one evaluation; `change` is None where no transition follows."""

    state: AlertState
    reason: Why
    change: Change | None
    from_level: Level
    to_level: Level

    @property
    def transition_id(self) -> str:
        """Id of the transition that follows from this change."""
        return transition_id(self.state.id, self.state.number)


def alert_id(kind: AlertKind, agency: str, issue: str, opening: int) -> str:
    """Id of the n-th alert of an (agency, issue): 16 hex digits, the same in every fold of the same facts."""
    return digest(kind, agency, issue, str(opening))


def transition_id(alert: str, number: int) -> str:
    """Id of an alert's n-th change: the idempotency key of its notices."""
    return digest(alert, str(number))


def decide(state: AlertState, signals: Signals, thresholds: Thresholds, now: Seconds, night: bool) -> Decision:
    """Evaluate one (agency, issue) at `now`, the time of the data; `night` in the agency's own zone."""
    elapsed = max(now - state.evaluated_at, 0) if state.evaluated_at else 0
    state = replace(state, evaluated_at=max(now, state.evaluated_at))
    if not signals.covered:
        return _stay(state, "held: sources silent")
    state = _counted(state, alarming(signals, thresholds), now)
    state = _calmed(state, signals.evidence < HOLD * thresholds.waspada, now, elapsed * (NIGHT_WEIGHT if night else 1.0))
    aim = target(signals, thresholds, state.streak)
    if aim > state.level:
        return _up(state, aim, now)
    if not state.active:
        return _stay(state, "quiet")
    if state.level < Level.SIAGA and state.streak:
        return _stay(state, "pending second evaluation")
    return _down(state, signals, thresholds, aim, now)


def united(own: AlertState, other: AlertState, name: str) -> AlertState:
    """The one alert of two issues that turned out to be one matter: the higher goes on, `own` where they are equal.

    It stands under `own`'s issue, and remembers the one that ends without a change to tell of; `name` is that of `other`. Who has
    taken on that one at the same level, or clarified it, has done so for the whole. No number of an alert may come twice: ids
    follow from it.
    """
    first, second = (other, own) if other.level > own.level else (own, other)
    if first.level and second.level == first.level:
        first = _as_taken_on(first, second)
    taken = (*first.taken, *second.taken, Taken(replace(second, taken=()), other.issue, name))
    return replace(first, issue=own.issue, openings=max(own.openings, other.openings), taken=taken)


def _as_taken_on(first: AlertState, second: AlertState) -> AlertState:
    """An alert with what was answered to another one about the same."""
    if second.acknowledged_at and not first.acknowledged_at:
        first = replace(first, acknowledged_at=second.acknowledged_at, acknowledged_by=second.acknowledged_by)
    if second.clarified_at and not first.clarified_at:
        first = replace(first, clarified_at=second.clarified_at, clarification=second.clarification)
    return first


def answer(state: AlertState, given: Answer) -> AlertState:
    """What a person said, applied; the same answer twice, or an answer about another alert, changes nothing.

    What is said to an alert that ended in this one stands on its own record; but for a label, it holds for this one, too, where
    that has not been raised above it.
    """
    for place, one in enumerate(state.taken):
        if one.alert.id == given.alert:
            after = replace(one, alert=_answered(one.alert, given))
            state = replace(state, taken=(*state.taken[:place], after, *state.taken[place + 1 :]))
            whole = given.kind not in ("useful", "not_needed") and after != one and one.alert.level >= state.level
            return _answered(state, replace(given, alert=state.id, change="")) if whole else state
    return _answered(state, given)


def _answered(state: AlertState, given: Answer) -> AlertState:
    if given.alert != state.id:
        return state
    match given.kind:
        case "acknowledge" if not state.acknowledged_at and _is_of_now(state, given):
            return replace(state, acknowledged_at=given.at, acknowledged_by=given.by)
        case "silence" if given.at > state.silenced_at:
            muted = {"silenced_by": given.by, "silence_reason": given.note}
            return replace(state, silenced_at=given.at, silenced_until=given.until, **muted)
        case ("useful" | "not_needed") as label if given.at > state.labelled_at:
            return replace(state, label=label, labelled_at=given.at, labelled_by=given.by)
        case "clarified" if given.at > state.clarified_at:
            return replace(state, clarified_at=given.at, clarification=given.note)
    return state


def _is_of_now(state: AlertState, given: Answer) -> bool:
    """Whether an answer was given since the alert was raised last, and to a message that told of it."""
    told = {transition_id(state.id, number) for number in range(max(1, state.asked_from), state.number + 1)}
    return given.at >= max(state.active_since, state.raised_at) and (not given.change or given.change in told)


def withdrawn(state: AlertState, now: Seconds) -> AlertState:
    """An alert that ends without a change to tell of, because its agency is no longer watched."""
    return replace(state, level=Level.NORMAL, changed_at=now, calm_since=0, calm=0, streak=0, streak_at=0)


def collector_health(state: AlertState, silent_rounds: int, working: int, known: int, now: Seconds, dead: int = 0) -> Decision:
    """Evaluate the collector's own alert: the system warns when it has become deaf.

    `silent_rounds` counts the latest rounds in a row that failed or did not come; `working` of `known` sources answered, `dead`
    ones have stopped by their own rhythm. Siaga is for more than SILENT_ROUNDS, at once, or fewer than half of the sources;
    waspada, one notice however many they are, for any dead source. Both wait for a second evaluation: one bad moment of the
    network is no outage.
    """
    silent = silent_rounds > SILENT_ROUNDS
    sick = silent or working < LEAST_WORKING * known
    aim = Level.SIAGA if sick else Level.WASPADA if dead else Level.NORMAL
    elapsed = max(now - state.evaluated_at, 0) if state.evaluated_at else 0
    state = replace(state, evaluated_at=max(now, state.evaluated_at))
    state = _calmed(_counted(state, aim > state.level, now), aim < state.level, now, elapsed)
    if aim > state.level:
        return _up(state, aim, now) if silent or state.streak >= CONFIRMATIONS else _stay(state, "pending second evaluation")
    if aim == state.level:
        return _stay(state, "steady" if state.active else "quiet")
    calm = HOUR if state.level >= Level.SIAGA else APART  # around half of the sources it must not flutter
    return _moved(state, aim, "lowered" if aim else "resolved", now) if state.calm >= calm else _stay(state, "recovering")


def _counted(state: AlertState, asked: bool, now: Seconds) -> AlertState:
    """The streak after this evaluation; several commits within APART are one evaluation."""
    if not asked:
        return replace(state, streak=0, streak_at=0)
    if state.streak and now - state.streak_at < APART:
        return state
    return replace(state, streak=min(state.streak + 1, CONFIRMATIONS), streak_at=now)


def _calmed(state: AlertState, calm: bool, now: Seconds, elapsed: float) -> AlertState:
    """The calm after this evaluation; the time before the first calm one does not count."""
    if not calm or not state.active:
        return replace(state, calm_since=0, calm=0)
    if not state.calm_since:
        return replace(state, calm_since=now)
    return replace(state, calm=state.calm + int(elapsed))


def _up(state: AlertState, level: Level, now: Seconds) -> Decision:
    """Raise an alert, wake it up again, or open the next one."""
    # whoever took on the lower level has not seen this one: it waits for an answer of its own
    unanswered = replace(state, asked_from=state.number + 1, acknowledged_at=0, acknowledged_by="")
    if state.active:
        return _moved(replace(unanswered, raised_at=now), level, "raised", now)
    if state.openings and now - state.changed_at <= REOPEN:
        return _moved(replace(unanswered, active_since=now), level, "reopened", now)
    fresh = AlertState(
        agency=state.agency,
        issue=state.issue,
        kind=state.kind,
        id=alert_id(state.kind, state.agency, state.issue, state.openings + 1),
        openings=state.openings + 1,
        opened_at=now,
        active_since=now,
        evaluated_at=state.evaluated_at,
        streak=state.streak,
        streak_at=state.streak_at,
    )
    # an issue is the same matter as long as it is on file; what an agency's own alert is about is another one each time
    return _moved(fresh, level, "reopened" if state.issue and state.id else "opened", now)


def _down(state: AlertState, signals: Signals, thresholds: Thresholds, aim: Level, now: Seconds) -> Decision:
    """Keep an active alert, lower it by one level, or resolve it."""
    if signals.evidence >= HOLD * gate(state.level, thresholds):
        return _stay(state, "steady" if aim == state.level else "held: evidence still near its gate")
    if now - state.changed_at < DWELL:
        return _stay(state, "held: minimum dwell")
    if state.level > Level.WASPADA:
        return _moved(state, Level(state.level - 1), "lowered", now)
    return _moved(state, Level.NORMAL, "resolved", now) if state.calm >= CALM else _stay(state, "recovering")


def _moved(state: AlertState, level: Level, change: Change, now: Seconds) -> Decision:
    after = replace(state, level=level, number=state.number + 1, changed_at=now)
    if level == Level.NORMAL:
        after = replace(after, calm_since=0, calm=0)
    return Decision(after, change, change, state.level, level)


def _stay(state: AlertState, reason: Why) -> Decision:
    return Decision(state, reason, None, state.level, state.level)
