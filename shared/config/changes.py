"""Small changes of the configuration that came through desk: what is kept of each, beside the configuration that was pushed.

What holds is the pushed file with these on top, in order, so that a push neither loses nor overrules them unseen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from msgspec import Struct

from shared.config.schema import Config
from shared.deskview import Amendment
from shared.model import Seconds

Status = Literal[
    "holds",
    "undone",  # by an officer
    "filed",  # the pushed file says the same now
    "unfit",  # the pushed file leaves no place for it; the next one may
    "past",  # a swap whose turn is over
    "refused",  # it never held
]
SHOWN: Final = 20  # of an agency


class Change(Struct, frozen=True, kw_only=True):
    """One change, and what became of it."""

    id: str  # of the deed
    at: Seconds
    by: str
    agency: str
    setting: Literal["alias", "exclude", "keyword", "duty"]
    value: str  # the phrase; for duty the receiver's id
    target: str = ""  # keyword: id of the unit; duty: id of the roster
    date: str = ""  # duty: a day of the turn that was running, "2026-11-26"
    sentence: str  # Indonesian: what it does
    status: Status = "holds"
    why: str = ""  # Indonesian: why it was refused, or fits no more
    undo: str = ""  # id of the deed that took it back


def holding(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Those that hold, in the order in which they are applied."""
    return tuple(change for change in changes if change.status == "holds")


def concerns(change: Change, agency: str, config: Config) -> bool:
    """Whether a change is an agency's own, or a swap in a roster that serves it too."""
    if change.agency == agency:
        return True
    shared = change.setting == "duty" and change.status in ("holds", "undone")
    return shared and any(roster.id == change.target and roster.serves(agency) for roster in config.duty.rosters)


def amendments_of(changes: Iterable[Change], agency: str, config: Config) -> tuple[Amendment, ...]:
    """What concerns an agency as its officers see it, the newest first, without what is past or in the file."""
    own = [one for one in changes if one.status not in ("filed", "past") and concerns(one, agency, config)]
    own.sort(key=lambda one: (one.at, one.id), reverse=True)
    return tuple(Amendment(one.id, one.at, one.by, one.sentence, one.status == "undone", one.why) for one in own[:SHOWN])
