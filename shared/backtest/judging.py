"""Alerts from transitions, and whether each belongs to a peak."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final, cast

from msgspec.structs import replace

from shared.backtest.result import Alert, Figures, LevelName, Peak, Step
from shared.model import DAY, HOUR, Level, Seconds, Transition

EARLY: Final[Seconds] = DAY  # an alarm may come so long before the peak begins
LATE: Final[Seconds] = 2 * DAY  # and is about whatever rises until so long after it
MONTH_DAYS: Final = 30.4
LEAST_DAYS: Final = 7.0  # after the days of learning, before anything is said about a month


def alerts_of(transitions: Iterable[Transition], end: Seconds) -> list[Alert]:
    """The alerts of these transitions by the time of their opening; those that go on end at `end`.

    One that has ended in another does so when that is told.
    """
    lives: dict[str, list[Transition]] = {}
    taken: dict[str, Seconds] = {}
    for transition in transitions:
        for alert in transition.took:
            taken.setdefault(alert, transition.at)
        if transition.kind != "collector":
            lives.setdefault(transition.alert, []).append(transition)
    ordered = sorted(lives.values(), key=lambda life: (life[0].at, life[0].alert))
    return [_alert(number, life, end, taken.get(life[0].alert, 0)) for number, life in enumerate(ordered, 1)]


def _alert(number: int, life: Sequence[Transition], end: Seconds, taken_at: Seconds) -> Alert:
    top = max(life, key=lambda one: (one.to_level, -one.number))
    last = life[-1]
    ended = last.to_level == Level.NORMAL or last.kind == "watchword"
    alarm = next((one.at for one in life if one.to_level >= Level.SIAGA), 0)
    return Alert(
        number=number,
        kind=last.kind,
        level=level_name(top.to_level),
        name=last.issue_name,
        issue=last.issue,
        opened_at=life[0].at,
        alarm_at=alarm,
        ended_at=last.at if ended else taken_at or end,
        ended=ended or taken_at > 0,
        steps=tuple(Step(one.at, one.change, level_name(one.to_level), one.reasons[0] if one.reasons else "") for one in life),
        reasons=top.reasons,
        first_outlet=top.first_outlet,
        outlets=top.outlets,
        watchword=last.watchword,
    )


def level_name(level: Level) -> LevelName:
    """The level in small letters, as configurations write it."""
    return cast("LevelName", level.name.lower())


def judged(alerts: Sequence[Alert], peaks: Sequence[Peak], learning_until: Seconds) -> tuple[list[Alert], list[Peak]]:
    """Alerts with their verdict, and peaks with the first alarm that belongs to them.

    An alert belongs to a peak where its window (from a day before the alarm to its end, two days at least) overlaps with it.
    """
    found = [_verdict(alert, peaks, learning_until) for alert in alerts]
    alarms = [alert for alert in found if alert.alarm_at and alert.kind != "watchword"]
    return found, [_answered(peak, alarms) for peak in peaks]


def _verdict(alert: Alert, peaks: Sequence[Peak], learning_until: Seconds) -> Alert:
    if alert.kind == "watchword":
        return replace(alert, verdict="watchword")
    own = next((peak for peak in peaks if _belongs(alert, peak)), None)
    lead = own.at - _moment(alert) if own else None
    if _moment(alert) < learning_until:
        return replace(alert, verdict="learning", lead=lead)
    return replace(alert, verdict="peak" if own else "false", lead=lead)


def _answered(peak: Peak, alarms: Sequence[Alert]) -> Peak:
    first = min((alert for alert in alarms if _belongs(alert, peak)), key=lambda alert: alert.alarm_at, default=None)
    return replace(peak, alert=first.number, lead=peak.at - first.alarm_at) if first else peak


def _moment(alert: Alert) -> Seconds:
    return alert.alarm_at or alert.opened_at


def _belongs(alert: Alert, peak: Peak) -> bool:
    start, end = _moment(alert) - EARLY, max(alert.ended_at, _moment(alert) + LATE)
    return start <= peak.end and peak.start <= end


def figures_of(alerts: Sequence[Alert], peaks: Sequence[Peak], known: Seconds) -> Figures:
    """The numbers after the days of learning, of which so much time is known."""
    days = known / DAY
    counted = [alert for alert in alerts if alert.verdict in ("peak", "false", "unjudged")]
    alarms = [alert for alert in counted if alert.alarm_at]
    warnings = [alert for alert in counted if not alert.alarm_at]
    false = sum(alert.verdict == "false" for alert in alarms)
    unjudged = any(alert.verdict == "unjudged" for alert in alarms)
    looked_for = [peak for peak in peaks if not peak.learning]
    leads = [peak.lead for peak in looked_for if peak.lead is not None]
    return Figures(
        days=round(days, 1),
        alarms=len(alarms),
        false_alarms=false,
        false_a_month=round(false / days * MONTH_DAYS, 2) if days >= LEAST_DAYS and not unjudged else None,
        warnings=len(warnings),
        false_warnings=sum(alert.verdict == "false" for alert in warnings),
        watchwords=sum(alert.kind == "watchword" for alert in alerts),
        peaks=len(looked_for),
        peaks_found=len(leads),
        peaks_before=sum(lead > 0 for lead in leads),
        median_lead=int(median(leads) / HOUR) * HOUR if leads else None,
    )
