"""What the dashboard, the report and the command line read: prepared by detect, one document each, at most 256 KiB.

Documents: `views/overview`, `views/sources`, `views/alerts`, `views/desk`, `views/marks`, `views/wanted`, and
`issues/<issue id>`.
Times in seconds UTC; tones as counts.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

from shared.deskview import DeskView, Duty, Entry, Finding, LaidMarks, Member
from shared.model import AlertKind, Item, Level, Seconds, SourceStatus, Transition
from shared.portrait import Affected, FactCheck, Quote, Response, Speaker, Spread, Summary
from shared.ports import Document, Permanent


class Tones(Struct, frozen=True):
    """Counts by tone; unsure items are in none of the three."""

    negative: int = 0
    neutral: int = 0
    positive: int = 0
    unsure: int = 0
    unscored: int = 0  # of the unsure: in another language
    likely: int = 0  # of the unsure: how many are expected to be negative, rounded

    @property
    def total(self) -> int:
        """All items."""
        return self.negative + self.neutral + self.positive + self.unsure


class HourPoint(Struct, frozen=True):
    """One hour of an agency's curve."""

    at: Seconds  # start of the hour
    total: int
    negative: int
    expected: float  # negative mentions that are usual at this hour
    covered: bool  # False where the collector was silent: the hour says nothing
    most: float = 0.0  # upper edge of what is usual, exceeded in about one hour of twenty; 0 while unknown


class IssueCard(Struct, frozen=True):
    """An issue in a list."""

    id: str
    name: str
    level: Level  # the highest over its agencies
    agencies: tuple[str, ...]  # ids
    unit: str  # name of the unit (OPD), or empty
    topic: str  # one letter
    tones: Tones
    copies: int
    outlets: int
    recent: int  # mentions in the last 3 h
    before: int  # mentions in the 3 h before those
    first_outlet: str
    first_at: Seconds
    last_at: Seconds


class AgencyCard(Struct, frozen=True):
    """An agency on the overview."""

    id: str
    name: str
    level: Level
    reason: str  # one Indonesian sentence
    since: Seconds  # when this level was reached; 0 if never changed
    learning_days: int  # days of history so far, while fewer than 14; else 0
    tones_day: Tones  # last 24 h
    tones_week: Tones  # last 7 days, these included
    hours: tuple[HourPoint, ...]  # 48, the oldest first
    issues: tuple[IssueCard, ...]  # the strongest ten
    units: tuple[tuple[str, str], ...] = ()  # id and name, as configured
    unknown: bool = False  # no alert stands, and too few sources answer to call that normal
    days_before: float = 6.0  # of the six days before the last 24 h, how many were counted here; no borrowed ones
    counted: Tones | None = None  # in those days, where they are fewer than six; None: the week, less the last 24 h

    @property
    def tones_before(self) -> Tones:
        """What was counted here in the days before: what the last 24 h are compared with."""
        if self.counted is not None:
            return self.counted
        week, day = astuple(self.tones_week), astuple(self.tones_day)
        return Tones(*(max(0, all_days - last) for all_days, last in zip(week, day, strict=True)))


class Coverage(Struct, frozen=True):
    """On which sources everything rests."""

    working: int
    all: int
    silent: tuple[str, ...]  # names of sources that do not work
    last_round_at: Seconds  # 0 if there was none
    sentence: str  # Indonesian
    late: tuple[str, ...] = ()  # names of sources that work, but have long been without anything new
    saving: int = 0  # how much the collector saves: 0 nothing, 3 it has stopped
    unasked: tuple[str, ...] = ()  # names of sources whose first turn has not come yet


class Overview(Struct, frozen=True):
    """views/overview."""

    made_at: Seconds
    config_version: int
    config_since: Seconds
    zone: str  # IANA name, for showing times
    coverage: Coverage
    agencies: tuple[AgencyCard, ...]


class IssueView(Struct, frozen=True):
    """issues/<id>."""

    made_at: Seconds
    zone: str
    card: IssueCard
    agency_names: tuple[str, ...]
    why: tuple[str, ...]  # Indonesian sentences of the last transition
    expected: float
    observed: float
    window_hours: int
    transitions: tuple[Transition, ...]  # the newest first
    hours: tuple[HourPoint, ...]  # of this issue, 48, the oldest first
    items: tuple[Item, ...]  # the first, then the newest, at most 200
    coverage: Coverage
    merged_into: str = ""  # id of the issue that took this one over
    spread: Spread | None = None
    summary: Summary | None = None
    speakers: tuple[Speaker, ...] = ()  # the most heard first
    quotes: tuple[Quote, ...] = ()  # of those, by time
    factchecks: tuple[FactCheck, ...] = ()  # by time
    response: Response | None = None  # None where the agency has not responded
    affected: tuple[Affected, ...] = ()  # the most named first
    duties: tuple[Duty, ...] = ()  # by agency
    finding: Finding | None = None  # an officer's; None while nobody has looked into it
    members: tuple[Member, ...] = ()  # issues that officers joined to this one
    trail: tuple[Entry, ...] = ()  # what officers have done with it, the newest first
    merged: tuple[str, ...] = ()  # ids under which its mentions were filed before they turned out to be of it
    named: str = ""  # the name that an officer gave it; empty: it goes by a headline of a medium


class SourceLine(Struct, frozen=True):
    """One source on the sources page."""

    id: str
    name: str
    tier: str
    region: str
    url: str
    status: SourceStatus | None  # None: never asked
    last_ok_at: Seconds
    last_item_at: Seconds
    failing_since: Seconds  # 0 while it works
    next_at: Seconds
    items_day: int  # matching mentions in the last 24 h
    problem: str
    streak: int = 0  # failures in a row
    pace: Seconds = 0  # usual time between two items; 0 while unknown
    longest: Seconds = 0  # longest time between two of its latest items; 0 while unknown
    condition: str = ""  # "working", "failing", "late" or "dead" by its own rhythm; empty: never asked


class SourcesView(Struct, frozen=True):
    """views/sources."""

    made_at: Seconds
    zone: str
    coverage: Coverage
    sources: tuple[SourceLine, ...]


class AlertLine(Struct, frozen=True):
    """One alert with its whole life so far."""

    id: str
    agency: str
    agency_name: str
    issue: str
    issue_name: str
    level: Level
    opened_at: Seconds
    changed_at: Seconds
    acknowledged_at: Seconds  # 0 while nobody has
    acknowledged_by: str
    silenced_until: Seconds
    label: str  # "useful", "not_needed" or empty
    transitions: tuple[Transition, ...]  # the newest first
    kind: AlertKind = "issue"  # an alert of kind issue without an issue is about the agency as a whole
    silence_reason: str = ""  # as a person gave it
    clarified_at: Seconds = 0  # 0 while nobody has
    clarification: str = ""  # address of it, http or https
    goes_on_in: str = ""  # id of the alert that it ended in, because both turned out to be about one matter

    def highest(self, start: Seconds, end: Seconds) -> Level:
        """The highest level on which it stood from `start` to `end`."""
        levels = [max(one.from_level, one.to_level) for one in self.transitions if start <= one.at < end]
        before = max((one for one in self.transitions if one.at < start), key=lambda one: one.number, default=None)
        over = not self.level and self.changed_at < start  # perhaps without a transition: its agency is no longer watched
        if before and not over and not self.goes_on_in:  # else the other alert tells how it went on
            levels.append(before.to_level)
        return max(levels, default=Level.NORMAL)


class AlertsView(Struct, frozen=True):
    """views/alerts: a hundred at most, those that stood highest in the last two days; what is over comes last."""

    made_at: Seconds
    zone: str
    coverage: Coverage
    alerts: tuple[AlertLine, ...]


class Page(Struct, frozen=True):
    """A page whose first paragraphs are wanted."""

    mention: str
    url: str
    tries: int  # so far, that failed for the time being


class Wanted(Struct, frozen=True):
    """views/wanted: what collect shall open, the most urgent first. Collect takes out what it has opened."""

    made_at: Seconds
    pages: tuple[Page, ...]


View = Overview | IssueView | SourcesView | AlertsView | Wanted | DeskView | LaidMarks
V = TypeVar("V", bound=Struct)

_encode = msgspec.json.Encoder().encode


def pack(view: View) -> bytes:
    """A view as JSON, so that a person sees it in the database's own console too."""
    return _encode(view)


def unpack(document: Document | None, kind: type[V]) -> V | None:
    """The view (or the report) in a document, None where there is none; raises Permanent where it cannot be understood."""
    if document is None:
        return None
    try:
        return msgspec.json.decode(document.data, type=kind)
    except msgspec.MsgspecError as error:
        raise Permanent(f"document is no {kind.__name__}: {error}") from error
