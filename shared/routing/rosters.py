"""Rosters (*piket*): which of them are there for a change, and whose turn it is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final, get_args

from shared.config.duty import Day, Roster
from shared.config.schema import Config
from shared.indonesian import local
from shared.model import Level, Seconds, Transition
from shared.routing.hours import began

MONDAY: Final = date(2001, 1, 1)  # where no first day is given
_DAYS: Final = get_args(Day)


def officers(config: Config) -> set[str]:
    """Ids of all receivers that stand in some roster."""
    return {officer for roster in config.duty.rosters for officer in roster.officers}


def on_duty(transition: Transition, level: Level, config: Config, now: Seconds, wanting: Collection[str]) -> set[str]:
    """Of every roster that is there for this change now: whose turn it is, or the next one who is `wanting` to know."""
    return {
        next((officer for officer in queue if officer in wanting), queue[0]) for queue in _queues(transition, level, config, now)
    }


def order(officer: str, transition: Transition, level: Level, config: Config, now: Seconds) -> tuple[str, ...]:
    """Who follows an officer in the rosters that are there now, each once; where the officer's shift is over, the present one."""
    queues = _queues(transition, level, config, now)
    own = [queue for queue in queues if officer in queue]
    if not own and officer in officers(config):
        return tuple(dict.fromkeys(other for queue in queues for other in queue))
    return tuple(dict.fromkeys(other for queue in own for other in queue[queue.index(officer) + 1 :]))


def _queues(transition: Transition, level: Level, config: Config, now: Seconds) -> list[tuple[str, ...]]:
    return [queue for roster in config.duty.rosters if (queue := _queue(roster, transition, level, config, now))]


def _queue(roster: Roster, transition: Transition, level: Level, config: Config, now: Seconds) -> tuple[str, ...]:
    """The officers of a roster from the one whose turn it is; empty where the roster is not there for this change now."""
    zones = {agency.id: agency.zone for agency in config.agencies}
    day = _day(roster, local(now, zones.get(transition.agency) or config.zone), config.duty.holidays)
    if day is None or not _takes(roster, transition, level, config):
        return ()
    return _from_turn(roster, day)


def present(roster: Roster, config: Config, zone: str, now: Seconds) -> str:
    """Whose turn it is in a roster now; empty where nobody is there."""
    day = _day(roster, local(now, zone), config.duty.holidays)
    return _from_turn(roster, day)[0] if day is not None and roster.officers else ""


def plan(config: Config, day: date) -> tuple[tuple[Roster, tuple[str, ...]], ...]:
    """The rosters whose duty begins on this day, each with its officers from the one whose turn it is."""
    there = (roster for roster in config.duty.rosters if _is_there(roster, day, config.duty.holidays))
    return tuple((roster, _from_turn(roster, day)) for roster in there)


def _from_turn(roster: Roster, day: date) -> tuple[str, ...]:
    first = turn(roster, day)
    return roster.officers[first:] + roster.officers[:first]


def _takes(roster: Roster, transition: Transition, level: Level, config: Config) -> bool:
    units = {(agency.id, unit.name): unit.id for agency in config.agencies for unit in agency.units}
    return (
        (not roster.agencies or transition.agency in roster.agencies)
        and (not roster.units or units.get((transition.agency, transition.unit), "") in roster.units)
        and (not roster.topics or transition.topic in roster.topics)
        and level >= Level[roster.least.upper()]
    )


def _day(roster: Roster, moment: datetime, holidays: tuple[str, ...]) -> date | None:
    """The day to which this moment's duty belongs; None where the roster is not there."""
    start = began(roster.hours, moment)
    return start.date() if start is not None and _is_there(roster, start.date(), holidays) else None


def _is_there(roster: Roster, day: date, holidays: tuple[str, ...]) -> bool:
    name = "libur" if day.isoformat() in holidays else _DAYS[day.weekday()]
    return not roster.days or name in roster.days


def turn(roster: Roster, day: date) -> int:
    """Place of the officer who comes first on this day."""
    days = (day - (date.fromisoformat(roster.since) if roster.since else MONDAY)).days
    steps = {"none": 0, "daily": days, "weekly": days // 7}[roster.turns]
    return steps % len(roster.officers) if roster.officers else 0
