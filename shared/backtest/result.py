"""The outcome of a backtest: what `--json` prints, and what text and page are made of. Times in seconds UTC."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from shared.model import AlertKind, Change, Seconds

LevelName = Literal["normal", "waspada", "siaga", "awas"]
Verdict = Literal["peak", "false", "learning", "watchword", "unjudged"]  # unjudged: nobody has labelled the crises


class Hour(Struct, frozen=True):
    """One hour of the agency."""

    at: Seconds  # its start
    total: int  # mentions, copies included
    negative: float  # negative, without copies, by the weight of their sources: what the baseline sees; of plain volumes all
    expected: float  # what the baseline took for usual
    known: bool = True  # False: an hour of which a file of plain volumes has no step; its counts are 0 and mean nothing


class Peak(Struct, frozen=True):
    """A rise that a person would see in the numbers afterwards, or a crisis that somebody has labelled."""

    name: str  # of a labelled crisis; empty where it was found in the numbers
    start: Seconds
    end: Seconds
    at: Seconds  # middle of its busiest six hours; of a plain volume, of its busiest hour
    observed: float  # negative mentions of its busiest 24 hours
    usual: float  # of 24 hours, in the weeks around it
    learning: bool  # it was at its height before enough was known: not counted
    alert: int = 0  # number of the first alert at siaga or above; 0: none came
    lead: int | None = None  # from that alarm to `at`; negative where it came afterwards


class Step(Struct, frozen=True):
    """One change of an alert."""

    at: Seconds
    change: Change
    level: LevelName
    reason: str


class Alert(Struct, frozen=True):
    """One alert with its life."""

    number: int  # 1 for the first
    kind: AlertKind | Literal["volume"]
    level: LevelName  # the highest
    name: str  # of its issue
    issue: str
    opened_at: Seconds
    alarm_at: Seconds  # when it reached siaga; 0 where it never did
    ended_at: Seconds
    ended: bool  # False: it went on when the file ended
    steps: tuple[Step, ...]
    reasons: tuple[str, ...]  # at its highest level
    first_outlet: str
    outlets: int
    watchword: str = ""
    verdict: Verdict = "false"
    lead: int | None = None  # to the peak that it belongs to


class Inbox(Struct, frozen=True):
    """What one receiver would have got."""

    receiver: str
    least: LevelName
    notices: int
    a_week: float
    busiest_week: int
    assumed: bool = False  # nobody is configured: an officer who is told from siaga on


class Figures(Struct, frozen=True):
    """The numbers that matter, after the days of learning."""

    days: float  # that they rest on: of known time, without gaps
    alarms: int  # alerts at siaga or above
    false_alarms: int  # of those, without a peak
    false_a_month: float | None  # None where the file is too short to say
    warnings: int  # alerts that stayed at waspada
    false_warnings: int
    watchwords: int
    peaks: int
    peaks_found: int  # with an alarm
    peaks_before: int  # with an alarm before their height
    median_lead: int | None  # over the peaks found


class Backtest(Struct, frozen=True):
    """Everything."""

    version: int
    file: str
    agency: str
    agency_name: str
    drafted: bool  # the agency is in no configuration: names and thresholds are those that `init` would write
    zone: str
    rows: int
    relevant: int  # rows that name the agency
    about: int  # counted as about it
    copies: int
    issues: int
    start: Seconds
    end: Seconds
    learning_until: Seconds
    labelled: bool  # the peaks are those that somebody has labelled
    figures: Figures
    peaks: tuple[Peak, ...]
    alerts: tuple[Alert, ...]
    inboxes: tuple[Inbox, ...]
    hours: tuple[Hour, ...]
    counted: str = "berita negatif"  # what the numbers of hours and peaks are of
    step: Seconds = 0  # of a file of plain volumes; 0 for one of mentions
    missing: int = 0  # steps that such a file leaves out
    unseen: tuple[str, ...] = ()  # labelled crises of which the file knows no hour, and which are therefore not judged
    gaps: tuple[tuple[Seconds, Seconds], ...] = ()  # long times without a row of the file: nobody can tell whether all was quiet
