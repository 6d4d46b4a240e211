"""Rosters (*piket*): which of them are there for a change, and whose turn it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, get_args

from shared.config.duty import Day, Roster
from shared.config.schema import Config
from shared.indonesian import local
from shared.model import Level, Transition
from shared.routing.hours import began

MONDAY: Final = date(2001, 1, 1)  # where no first day is given
_DAYS: Final = get_args(Day)


def officers(config: Config) -> set[str]:
    """Ids of all receivers that stand in some roster."""
    return {officer for roster in config.duty.rosters for officer in roster.officers}


def on_duty(transition: Transition, level: Level, config: Config) -> set[str]:
    """Ids of the officers whose turn it is, of every roster that is there for this change."""
    return {queue[0] for roster in config.duty.rosters if (queue := _queue(roster, transition, level, config))}


def order(officer: str, transition: Transition, level: Level, config: Config) -> tuple[str, ...]:
    """Who follows an officer, in the rosters that are there for this change and have this officer; each once."""
    following: list[str] = []
    for roster in config.duty.rosters:
        queue = _queue(roster, transition, level, config)
        if officer in queue:
            following += queue[queue.index(officer) + 1 :]
    return tuple(dict.fromkeys(following))


def _queue(roster: Roster, transition: Transition, level: Level, config: Config) -> tuple[str, ...]:
    """The officers of a roster from the one whose turn it is; empty where the roster is not there for this change."""
    zones = {agency.id: agency.zone for agency in config.agencies}
    day = _day(roster, local(transition.at, zones.get(transition.agency) or config.zone), config.duty.holidays)
    if day is None or not _takes(roster, transition, level, config):
        return ()
    return _from_turn(roster, day)


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
