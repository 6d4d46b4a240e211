"""What a single change makes of a configuration, and whether it has a place in it. Pure functions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from shared.config.changes import Change
from shared.config.duty import Roster, Swap
from shared.config.schema import Agency, Config, Unit
from shared.routing.rosters import from_turn, turn_of


def misfit(config: Config, change: Change) -> str:
    """Why a change has no place in a configuration, Indonesian; empty where it has one."""
    agency = config.agency(change.agency)
    if agency is None:
        return f"instansi {change.agency} tidak ada di konfigurasi"
    if change.setting == "keyword" and all(unit.id != change.target for unit in agency.units):
        return f"OPD “{change.target}” tidak ada di konfigurasi"
    if change.setting != "duty":
        return ""
    roster = roster_of(config, change)
    if roster is None or not roster.serves(change.agency):
        return f"jadwal piket “{change.target}” tidak ada untuk instansi ini"
    return "" if change.value in roster.officers else f"“{change.value}” bukan petugas piket “{roster.id}”"


def contains(config: Config, change: Change) -> bool:
    """Whether a configuration in which a change has a place says the same already; of a turn: that the officer has it now."""
    if change.setting == "duty":
        roster = roster_of(config, change)
        return roster is not None and from_turn(roster, date.fromisoformat(change.date))[0] == change.value
    agency = next(one for one in config.agencies if one.id == change.agency)
    known = {
        "alias": (agency.name, *agency.aliases),
        "exclude": agency.exclude,
        "keyword": tuple(word for unit in agency.units if unit.id == change.target for word in unit.keywords),
    }[change.setting]
    return change.value.casefold() in map(str.casefold, known)


def applied(config: Config, change: Change) -> Config:
    """The configuration with a change that has a place in it; the same again changes nothing. Searches stay: see `amending`."""
    if contains(config, change):
        return config
    if change.setting == "duty":
        rosters = tuple(_relieved(one, change) if one.id == change.target else one for one in config.duty.rosters)
        return replace(config, duty=replace(config.duty, rosters=rosters))
    make = _AGENCY[change.setting]
    return replace(config, agencies=tuple(make(one, change) if one.id == change.agency else one for one in config.agencies))


def roster_of(config: Config, change: Change) -> Roster | None:
    """The roster that a change of duty means."""
    return next((one for one in config.duty.rosters if one.id == change.target), None)


def _relieved(roster: Roster, change: Change) -> Roster:
    """The roster with a swap in place of those of the same turn."""
    own = turn_of(roster, date.fromisoformat(change.date))
    others = (one for one in roster.swaps if turn_of(roster, date.fromisoformat(one.date)) != own)
    return replace(roster, swaps=(*others, Swap(date=change.date, officer=change.value)))


def _named(agency: Agency, change: Change) -> Agency:
    return replace(agency, aliases=(*agency.aliases, change.value))


def _excluding(agency: Agency, change: Change) -> Agency:
    return replace(agency, exclude=(*agency.exclude, change.value))


def _routed(agency: Agency, change: Change) -> Agency:
    def more(unit: Unit) -> Unit:
        return replace(unit, keywords=(*unit.keywords, change.value)) if unit.id == change.target else unit

    return replace(agency, units=tuple(map(more, agency.units)))


_AGENCY: dict[str, Callable[[Agency, Change], Agency]] = {"alias": _named, "exclude": _excluding, "keyword": _routed}
