"""Routing: who is told of a change, when, and who follows where nobody answers. Pure functions of configuration, change and time.

| what | is told |
|---|---|
| SIAGA, AWAS, watchwords | at once, to the officers on duty and to receivers that are in no roster |
| WASPADA, and its end | gathered, at the full hour |
| lowered, resolved | also to whoever got the alarm |
| the collector's health | to receivers with `health: true`, and to nobody else |
| the collector at AWAS: the watch has stopped | to every receiver, for silence would look like calm |
| an overdue assignment | to whoever assigned it, else as SIAGA; nobody follows |
| an issue that another agency passes on | as SIAGA, to the receivers of the agency that is told; nobody follows |
| in a receiver's quiet hours | at their end; AWAS and watchwords at once |
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

from shared.config.schema import Config, ReceiverConfig
from shared.model import HOUR, Level, Seconds, Transition
from shared.routing.hours import end_of
from shared.routing.rosters import officers, on_duty, order

Reason = Literal["alarm", "all_clear", "health"]

ALARMS: Final = ("opened", "raised", "reopened")
ALL_CLEAR: Final[Reason] = "all_clear"
FOLLOW_UP: Final = ("duty", "shared")  # kinds without a level, that nobody answers
MINUTE: Final[Seconds] = 60


@dataclass(frozen=True, slots=True)
class Route:
    """One receiver of a change."""

    receiver: str
    reason: Reason
    at: Seconds  # when it may be told; never before now
    escalate_at: Seconds  # when another one is told unless somebody answers; 0: nobody follows


def wants(receiver: ReceiverConfig, transition: Transition) -> Reason | None:
    """Why this receiver would like to know of this change, on duty or not; None where it would not."""
    if transition.kind == "collector":
        everybody = transition.to_level == Level.AWAS
        return "health" if receiver.health or everybody else None
    if receiver.agencies and transition.agency not in receiver.agencies:
        return None
    if transition.kind == "report":
        return "alarm" if receiver.reports else None
    if severity(transition) < Level[receiver.least.upper()]:
        return None
    return "alarm" if transition.change in ALARMS else "all_clear"


def severity(transition: Transition) -> Level:
    """How grave the matter is: the level that it reaches or comes from; what has no level counts as siaga."""
    if transition.kind in ("watchword", *FOLLOW_UP):
        return Level.SIAGA
    return transition.to_level if transition.change in ALARMS else transition.from_level


def route(transition: Transition, config: Config, told: Collection[str], now: Seconds) -> tuple[Route, ...]:
    """Who is told, in the order of the configuration. `told`: ids of receivers that got an alarm of this alert before."""
    if transition.silenced and transition.kind != "collector" and transition.to_level < Level.AWAS:
        return ()
    reasons = {one.id: reason for one in config.receivers if (reason := wants(one, transition))}
    if any(one.id == transition.to for one in config.receivers):
        reasons = {transition.to: "alarm"}
    elif transition.kind not in ("collector", "report"):
        present = _on_duty(reasons, transition, config, now)
        reasons = {id: reason for id, reason in reasons.items() if id in present}
        if transition.change not in ALARMS:
            reasons.update(dict.fromkeys(told, ALL_CLEAR))
    return tuple(_route(one, reasons[one.id], transition, config, now) for one in config.receivers if one.id in reasons)


def _on_duty(reasons: Collection[str], transition: Transition, config: Config, now: Seconds) -> set[str]:
    """Of those who would like to know: who is in no roster or on duty; all of them where that is nobody."""
    present = on_duty(transition, severity(transition), config, now, reasons)
    absent = officers(config) - present
    return {id for id in reasons if id not in absent} or set(reasons)


def successor(receiver: str, transition: Transition, config: Config, told: Collection[str], now: Seconds) -> str:
    """Who is told next where this receiver does not answer: the roster's next officer, then `escalates_to`; empty: nobody."""
    configured = {one.id: one for one in config.receivers}
    queue, seen = [receiver], {receiver}
    while queue:
        one = queue.pop(0)
        following = [*order(one, transition, severity(transition), config, now)]
        if one in configured and configured[one].escalates_to:
            following.append(configured[one].escalates_to)
        for other in following:
            if other in configured and other not in told and other not in seen:
                return other
        queue += [other for other in following if other not in seen]
        seen.update(following)
    return ""


def not_before(receiver: ReceiverConfig, transition: Transition, config: Config, now: Seconds) -> Seconds:
    """When the receiver may be told: now, at the full hour, or when its quiet hours end."""
    at = now
    if is_gathered(transition) and config.duty.waspada == "hourly":
        at = now - now % HOUR + HOUR
    urgent = transition.kind == "watchword" or transition.to_level == Level.AWAS
    return at if urgent or not receiver.quiet else end_of(receiver.quiet, at, config.zone_of(transition.agency))


def is_gathered(transition: Transition) -> bool:
    """Whether this change is none for a message of its own: it does not leave WASPADA and below."""
    return transition.kind == "issue" and max(transition.from_level, transition.to_level) <= Level.WASPADA


def patience(transition: Transition, config: Config) -> Seconds:
    """How long an answer to this change is waited for; 0 where none is."""
    silent = transition.kind == "collector" or transition.kind in FOLLOW_UP
    if transition.change not in ALARMS or silent or severity(transition) < Level.SIAGA:
        return 0
    return MINUTE * (config.duty.awas_minutes if transition.to_level == Level.AWAS else config.duty.siaga_minutes)


def _route(receiver: ReceiverConfig, reason: Reason, transition: Transition, config: Config, now: Seconds) -> Route:
    at, wait = not_before(receiver, transition, config, now), patience(transition, config)
    followed = wait and successor(receiver.id, transition, config, (), at + wait)
    return Route(receiver.id, reason, at, at + wait if followed else 0)
