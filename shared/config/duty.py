"""Who is on duty (*piket*) and when: the shape of the section `duty` in kentongan.yaml. Without it everybody is told, as ever."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Day = Literal["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "libur"]  # libur: a day of `holidays`
Turns = Literal["none", "daily", "weekly"]


class Swap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another officer takes a turn, once: the one in which a day lies."""

    date: str  # "2026-11-26"
    officer: str  # of the same roster


class Roster(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Officers who take turns, and for which alerts and hours they are there."""

    id: str
    officers: tuple[str, ...]  # ids of receivers; whoever does not answer is followed by the next
    agencies: tuple[str, ...] = ()  # empty: all
    units: tuple[str, ...] = ()  # ids of units (OPD); empty: all, also alerts without a unit
    topics: tuple[str, ...] = ()  # letters of topics.py; empty: all
    least: Literal["waspada", "siaga", "awas"] = "waspada"  # the lowest level that it takes
    days: tuple[Day, ...] = ()  # empty: all, holidays too
    hours: str = ""  # "07.30-16.00", local; over midnight it belongs to the day on which it begins; empty: all day
    turns: Turns = "weekly"  # who begins: always the first officer, the next one every day, or every week
    since: str = ""  # "2026-11-23", first day of the first officer's turn; empty: a Monday long ago
    swaps: tuple[Swap, ...] = ()  # exceptions; of two in the same turn the later one holds

    def serves(self, agency: str) -> bool:
        """Whether it is there for an agency, given by its id."""
        return not self.agencies or agency in self.agencies


class Duty(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rosters, and how long is waited for an answer."""

    rosters: tuple[Roster, ...] = ()
    holidays: tuple[str, ...] = ()  # "2026-12-25"
    siaga_minutes: int = 30  # without "saya tangani", after which the next officer is told
    awas_minutes: int = 15
    waspada: Literal["hourly", "at-once"] = "hourly"  # how WASPADA is told: gathered by the hour, or each at once
