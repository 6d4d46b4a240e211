"""Rosters (*piket*): which of them are there for a change, and whose turn it is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final, get_args

from shared.config.duty import Day, Roster
from shared.config.schema import Config
from shared.indonesian import local
from shared.model import Level, Seconds, Transition
from shared.routing.hours import began, span

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
    day = _day(roster, local(now, config.zone_of(transition.agency)), config.duty.holidays)
    if day is None or not _takes(roster, transition, level, config):
        return ()
    return from_turn(roster, day)


def present(roster: Roster, config: Config, zone: str, now: Seconds) -> str:
    """Whose turn it is in a roster now; empty where nobody is there."""
    day = _day(roster, local(now, zone), config.duty.holidays)
    return from_turn(roster, day)[0] if day is not None and roster.officers else ""


def plan(config: Config, day: date) -> tuple[tuple[Roster, tuple[str, ...]], ...]:
    """The rosters whose duty begins on this day, each with its officers from the one whose turn it is."""
    there = (roster for roster in config.duty.rosters if _is_there(roster, day, config.duty.holidays))
    return tuple((roster, from_turn(roster, day)) for roster in there)


def from_turn(roster: Roster, day: date) -> tuple[str, ...]:
    """The officers from the one whose turn it is on this day; whoever has swapped comes before the others."""
    first = turn(roster, day)
    queue = roster.officers[first:] + roster.officers[:first]
    own = turn_of(roster, day)
    swapped = [one.officer for one in roster.swaps if turn_of(roster, date.fromisoformat(one.date)) == own]
    return tuple(dict.fromkeys((*swapped[-1:], *queue)))


def _takes(roster: Roster, transition: Transition, level: Level, config: Config) -> bool:
    units = {(agency.id, unit.name): unit.id for agency in config.agencies for unit in agency.units}
    return (
        roster.serves(transition.agency)
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
    """Place of the officer who comes first on this day, as the rotation has it."""
    steps = 0 if roster.turns == "none" else turn_of(roster, day)
    return steps % len(roster.officers) if roster.officers else 0


def turn_of(roster: Roster, day: date) -> int:
    """Number of the turn in which a day lies: of its week, else of the day itself."""
    return (day - _first(roster)).days // _length(roster)


def last_day(roster: Roster, day: date) -> date:
    """The last day of the turn in which a day lies."""
    return _first(roster) + timedelta(days=(turn_of(roster, day) + 1) * _length(roster) - 1)


def running(roster: Roster, holidays: tuple[str, ...], now: Seconds, zone: str) -> date | None:
    """The day to which the duty belongs that is going on, or begins next; None where none begins within a year."""
    moment = local(now, zone)
    day = _day(roster, moment, holidays)
    if day is not None:
        return day
    hours = span(roster.hours)
    over = hours is not None and 60 * moment.hour + moment.minute >= hours[0]  # today's has begun, so it has ended too
    days = (moment.date() + timedelta(days=number) for number in range(int(over), 367))
    return next((day for day in days if _is_there(roster, day, holidays)), None)


def _first(roster: Roster) -> date:
    return date.fromisoformat(roster.since) if roster.since else MONDAY


def _length(roster: Roster) -> int:
    """Days of a turn."""
    return 7 if roster.turns == "weekly" else 1
