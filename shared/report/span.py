"""Weekly and monthly summaries: what the daily reports of the span say together. Texts may have expired: counts suffice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal

from msgspec import Struct, field

from shared.config.letter import Letter
from shared.model import Level, Seconds
from shared.report.record import AgencyReport, IssueLine, ReleaseLine, Report
from shared.views import Tones

MOST_ISSUES: Final = 8
MOST_UNITS: Final = 8
MOST_RELEASES: Final = 8

Kind = Literal["week", "month"]


class Day(Struct, frozen=True):
    """One day of an agency."""

    date: str
    total: int
    negative: int
    level: Level


class Recurring(Struct, frozen=True):
    """An issue over the span."""

    id: str
    name: str
    unit: str
    days: int  # on which it was among the strongest
    total: int
    negative: int
    level: Level  # the highest
    date: str  # of its strongest day


class UnitLine(Struct, frozen=True):
    """One unit's (OPD) issues over the span."""

    unit: str
    issues: int
    total: int
    negative: int


class SpanPart(Struct, frozen=True):
    """One agency's span."""

    id: str
    name: str
    tones: Tones
    days: tuple[Day, ...]  # the earliest first
    level: Level  # the highest
    issues: tuple[Recurring, ...]
    units: tuple[UnitLine, ...]
    releases: int
    releases_run: int
    unheard: tuple[ReleaseLine, ...]  # releases that no other outlet ran: achievements without coverage
    own_voice: int  # mentions that are own releases or run them
    voices: int  # from the desks that carry complaints


class Span(Struct, frozen=True):
    """reports/week-<date of its last report> and reports/month-<YYYY-MM>."""

    kind: Kind
    key: str
    zone: str
    from_at: Seconds
    until_at: Seconds
    reports: int  # that it is made of
    missing: int  # days without a report
    agencies: tuple[SpanPart, ...]
    letter: Letter = field(default_factory=Letter)


def dates(kind: Kind, last: str) -> tuple[str, str, list[str]]:
    """Name, key and the dates of the daily reports of the span whose last report is of this day.

    A report is named by the morning on which its day ends: Monday to Sunday are the reports of Tuesday to Monday, and a month
    ends with the report of the next month's first.
    """
    end = date.fromisoformat(last)
    if kind == "week":
        return f"week-{last}", last, [(end - timedelta(days=back)).isoformat() for back in range(6, -1, -1)]
    month = end - timedelta(days=1)
    first, key = month.replace(day=1), f"{month.year}-{month.month:02d}"
    return f"month-{key}", key, [(first + timedelta(days=one)).isoformat() for one in range(1, (end - first).days + 1)]


def last_end(kind: Kind, day: str) -> str:
    """The day of the last report of the span that ended last, on this day at the latest."""
    here = date.fromisoformat(day)
    return (here - timedelta(days=here.weekday()) if kind == "week" else here.replace(day=1)).isoformat()


def together(kind: Kind, key: str, reports: Sequence[Report], days: int) -> Span:
    """The summary of these daily reports, the earliest first; `days` is how many there should be."""
    newest = reports[-1]
    names = {part.id: part.name for report in reports for part in report.agencies}
    start = reports[0].from_at
    parts = [_part(agency, name, reports, start) for agency, name in sorted(names.items(), key=lambda pair: pair[1])]
    return Span(
        kind,
        key,
        newest.zone,
        reports[0].from_at,
        newest.until_at,
        len(reports),
        days - len(reports),
        tuple(parts),
        newest.letter,
    )


def _part(agency: str, name: str, reports: Sequence[Report], start: Seconds) -> SpanPart:
    own = [(report.date, part) for report in reports for part in report.agencies if part.id == agency]
    parts = [part for _, part in own]
    days = tuple(Day(day, part.tones_day.total, part.tones_day.negative, part.level) for day, part in own)
    releases = _releases(parts, start)
    unheard = [line for line in releases if not line.outlets]
    return SpanPart(
        id=agency,
        name=name,
        tones=_sum([part.tones_day for part in parts]),
        days=days,
        level=max((day.level for day in days), default=Level.NORMAL),
        issues=_issues(own)[:MOST_ISSUES],
        units=_units(parts),
        releases=len(releases),
        releases_run=len(releases) - len(unheard),
        unheard=tuple(unheard[:MOST_RELEASES]),
        own_voice=sum(part.own_voice for part in parts),
        voices=sum(part.voice_count for part in parts),
    )


def _sum(tones: Sequence[Tones]) -> Tones:
    names = Tones.__struct_fields__
    return Tones(**{name: sum(getattr(one, name) for one in tones) for name in names})


def _issues(own: Sequence[tuple[str, AgencyReport]]) -> tuple[Recurring, ...]:
    """Issues that were among a day's strongest: by level, then by negative mentions, then by days."""
    lines: dict[str, list[tuple[str, IssueLine]]] = {}
    for day, part in own:
        for line in part.issues:
            lines.setdefault(line.id, []).append((day, line))
    return tuple(
        sorted(map(_recurring, lines.values()), key=lambda one: (-one.level, -one.negative, -one.days, -one.total, one.id))
    )


def _recurring(days: Sequence[tuple[str, IssueLine]]) -> Recurring:
    last = days[-1][1]
    peak, _ = max(days, key=lambda pair: (pair[1].tones.negative, pair[1].tones.total, pair[0]))
    tones, level = _sum([line.tones for _, line in days]), max(line.level for _, line in days)
    return Recurring(last.id, last.name, last.unit, len(days), tones.total, tones.negative, level, peak)


def _units(parts: Sequence[AgencyReport]) -> tuple[UnitLine, ...]:
    issues: dict[str, set[str]] = {}
    counts: dict[str, list[int]] = {}
    for part in parts:
        for line in part.issues:
            issues.setdefault(line.unit, set()).add(line.id)
            count = counts.setdefault(line.unit, [0, 0])
            count[0] += line.tones.total
            count[1] += line.tones.negative
    lines = [UnitLine(unit, len(issues[unit]), *counts[unit]) for unit in counts]
    return tuple(sorted(lines, key=lambda one: (-one.negative, -one.total, one.unit))[:MOST_UNITS])


def _releases(parts: Sequence[AgencyReport], start: Seconds) -> list[ReleaseLine]:
    """Every press release of the span once, as the report knew it that found it in most outlets; the newest first."""
    found: dict[str, ReleaseLine] = {}
    for part in parts:
        for line in part.releases:
            old = found.get(line.item.mention)
            if line.item.at >= start and (old is None or len(line.outlets) >= len(old.outlets)):
                found[line.item.mention] = line
    return sorted(found.values(), key=lambda line: (-line.item.at, line.item.mention))
