"""The shape of a daily report as stored: JSON free of markup; the dashboard and the other forms render it.

Fields are added at the end, with a default: reports are kept for two years, and older ones must stay readable.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from shared.config.letter import Letter
from shared.deeds import Status
from shared.deskview import Finding
from shared.model import HOUR, Item, Level, Seconds
from shared.views import Tones

INDEX: Final = "views/reports"

State = Literal["draft", "final"]


class Urgent(Struct, frozen=True):
    """A watchword (*kabar genting*) that was told at once in the period."""

    at: Seconds
    sentence: str  # Indonesian: the word, and the first headline that says it
    outlet: str  # that was first
    issue: str


class DutyLine(Struct, frozen=True):
    """An assignment (*disposisi*), as it stood when the report was counted."""

    issue: str  # id
    name: str  # of the issue
    unit: str  # name
    person: str  # PIC
    due_at: Seconds  # 0: none
    status: Status
    late: bool  # at the end of the period
    late_days: int  # since the day that was set
    by: str  # who assigned it
    at: Seconds


class IssueLine(Struct, frozen=True):
    """An issue's day."""

    id: str
    name: str
    level: Level  # at the end of the period
    unit: str  # name of the unit (OPD), or empty
    topic: str  # one letter
    tones: Tones  # of the period
    copies: int
    outlets: int
    before: int  # mentions in the period before
    first_outlet: str  # of the period
    first_at: Seconds
    first_url: str = ""
    first_title: str = ""
    parts: tuple[str, ...] = ()  # ids under which its mentions were filed: its own, and those that were merged into it
    duty: DutyLine | None = None
    finding: Finding | None = None  # an officer's
    answered: bool = False  # a press release of the agency about it was out by the end of the period


class OutletLine(Struct, frozen=True):
    """One outlet's day."""

    name: str
    total: int
    negative: int


class VoiceLine(Struct, frozen=True):
    """What citizens wrote about one unit (OPD)."""

    unit: str  # name, or empty
    total: int
    example: Item  # the earliest
    unit_id: str = ""


class SpeakerLine(Struct, frozen=True):
    """A holder of a public office whom texts quote (*narasumber*), in one issue since it began."""

    name: str
    items: int
    outlets: int
    quote: str = ""  # the latest within the period
    outlet: str = ""  # that has it
    url: str = ""
    direct: bool = False  # their own words; else as the medium reports it


class ReleaseLine(Struct, frozen=True):
    """A press release of the agency, and who ran it (*serapan rilis*)."""

    item: Item
    outlets: tuple[str, ...]  # other outlets that ran it, by name
    copies: int  # in how many texts


class Misleading(Struct, frozen=True):
    """A fact-check, or an officer's finding, about an issue of the day."""

    title: str
    url: str
    outlet: str
    issue: str = ""  # id, where it is known
    verdict: str = ""  # Indonesian, where it is known
    by: str = ""  # the officer whose finding it is; empty for a fact-check
    note: str = ""  # of that officer


def unwatched(silent: int, hours: int) -> bool:
    """Whether so many hours without data, of those of a period, leave less than half of it known."""
    return 2 * silent > hours


class AgencyReport(Struct, frozen=True):
    """One agency's part of a report."""

    id: str
    name: str
    level: Level  # at the end of the period
    since: Seconds
    summary: tuple[str, ...]  # three Indonesian sentences: status, counts, top issue
    tones_day: Tones  # of the period
    tones_week: Tones  # of the days before it, together
    days: int  # that tones_week covers: 7, fewer while the system is younger
    issues: tuple[IssueLine, ...]
    negative: tuple[Item, ...]
    positive: tuple[Item, ...]
    signs: tuple[str, ...]  # what grows and why, Indonesian
    advice: tuple[str, ...]  # Indonesian
    urgent: tuple[Urgent, ...] = ()  # the earliest first
    zone: str = ""
    from_at: Seconds = 0
    until_at: Seconds = 0  # exclusive
    outlets: int = 0
    issue_count: int = 0
    copies: int = 0
    news: int = 0
    texts: int = 0  # of the news, those whose text below the headline is known
    media: tuple[OutletLine, ...] = ()  # the busiest
    voices: tuple[VoiceLine, ...] = ()  # from the desks that carry complaints
    voice_count: int = 0
    misleading: tuple[Misleading, ...] = ()
    speakers: tuple[SpeakerLine, ...] = ()
    releases: tuple[ReleaseLine, ...] = ()  # of the last three days, the one that most outlets ran first
    release_count: int = 0
    releases_run: int = 0  # of those, by at least one other outlet
    own_voice: int = 0  # mentions of the period that are press releases of the agency, or run them
    followup: tuple[str, ...] = ()  # what became of yesterday's proposals, Indonesian
    responses: tuple[str, ...] = ()  # how the agency has answered in the strongest issues, Indonesian
    silent_hours: int = 0  # of the period: the collector was silent, nobody knows what happened
    latest_at: Seconds = 0  # what was first seen later is not counted here
    digest: str = ""  # of what was counted
    duties: tuple[DutyLine, ...] = ()  # open ones, overdue ones first, then those done in the period
    brought: int = 0  # mentions of the period that officers brought in (temuan)
    corrected: int = 0  # mentions of the period that officers have put right
    answered: int = 0  # complaints of the period and the days before it that are marked as answered
    unanswered: tuple[int, ...] = ()  # the others, by age at the end of the period: under 1 day, up to 3 days, more
    later: Level | None = None  # when this was counted, where it was not that of the end of the period any more
    later_at: Seconds = 0  # since when; 0 where that is not known
    approved_by: str = ""  # name of the officer who made this part final
    approved_at: Seconds = 0  # 0: nobody has; older reports say it of the whole alone
    worst: Level = Level.NORMAL  # the highest level of the period; older reports do not say

    @property
    def hours(self) -> int:
        """Length of the period in hours, begun ones included; 24 where it is not told."""
        return -(-(self.until_at - self.from_at) // HOUR) if self.until_at else 24

    @property
    def unknown(self) -> bool:
        """Whether nothing stands above normal, and nobody was watching for most of the period: quiet that is no quiet."""
        return self.level == Level.NORMAL and unwatched(self.silent_hours, self.hours)


class Report(Struct, frozen=True):
    """reports/<date>."""

    date: str  # YYYY-MM-DD, local day on which the period ends
    zone: str
    state: State  # "final": every agency's part is approved
    from_at: Seconds
    until_at: Seconds  # exclusive
    made_at: Seconds  # when it was counted last
    config_version: int
    coverage: str
    agencies: tuple[AgencyReport, ...]
    letter: Letter = field(default_factory=Letter)
    approved_by: str = ""  # name of the officer who made it final, with the last part of it
    approved_at: Seconds = 0
    edition: int = 1  # one more with each counting that changed it
    update: bool = False  # of a day that is not over yet: compared with the same hours of the days before, and not stored


def of_agency(report: Report, agency: str) -> Report:
    """The report as far as one agency is concerned: its own part, final as soon as that is; without parts where it has none."""
    parts = tuple(part for part in report.agencies if part.id == agency)
    if not parts or not parts[0].approved_at:
        return replace(report, agencies=parts)
    return replace(report, agencies=parts, state="final", approved_by=parts[0].approved_by, approved_at=parts[0].approved_at)


class ReportLine(Struct, frozen=True):
    """A report in a list."""

    date: str
    zone: str
    until_at: Seconds
    level: Level  # the highest of its agencies
    sentence: str
    state: State = "draft"
    total: int = 0  # of all agencies, as their own sums
    negative: int = 0
    approved: tuple[str, ...] = ()  # ids of the agencies whose parts are final
    unknown: bool = False  # the level says nothing: most hours are without data


class ReportIndex(Struct, frozen=True):
    """views/reports: the newest, and views/reports-<month>: all of a month."""

    lines: tuple[ReportLine, ...]  # the newest first
    months: tuple[str, ...] = ()  # YYYY-MM that have reports, the newest first; in views/reports alone
