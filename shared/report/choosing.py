"""What of a day is shown: the strongest issues, the busiest outlets, a few items, letters and press releases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from shared.deeds import REFUTING, VERDICTS
from shared.detect.counts.tally import HourCount
from shared.model import Item, Seconds
from shared.report.counting import DayCount, IssueCount, place
from shared.report.material import Material
from shared.report.record import IssueLine, Misleading, OutletLine, ReleaseLine, SpeakerLine, Urgent, VoiceLine
from shared.report.standing import Standing
from shared.views import Tones

TOP_OUTLETS: Final = 5
CHOSEN_ITEMS: Final = 5
CHOSEN_OF_ISSUE: Final = 2
TOP_UNITS: Final = 4
MOST_CHECKS: Final = 5
SPOKEN_ISSUES: Final = 3
TOP_SPEAKERS: Final = 4
MARKED: Final = re.compile(r"^\s*\[([^\[\]]{3,24})\]")


def as_tones(count: HourCount) -> Tones:
    """Counts by tone as pages show them."""
    return Tones(count.negative, count.neutral, count.positive, count.unsure, count.unscored, count.likely)


def issue_lines(material: Material, agency: str, stands: Standing) -> list[IssueLine]:
    """All issues of the day: by level, then by negative items, then by all."""
    earlier = material.counts.earlier[agency]
    lines = []
    for name, (counted, parts) in material.issues(agency).items():
        view, first = material.views.get(name), counted.first
        if first is None:
            continue
        before = sum(earlier[0].issues.get(part, 0) for part in {name, *parts}) if earlier else 0
        lines.append(
            IssueLine(
                id=name,
                name=view.card.name if view else first.title,
                level=stands.level_of(name),
                unit=material.unit_name(agency, _most(counted.units)),
                topic=_most(counted.topics),
                tones=as_tones(counted.tones),
                copies=counted.copies,
                outlets=len(counted.outlets),
                before=before,
                first_outlet=first.outlet,
                first_at=first.at,
                first_url=first.url,
                first_title=first.title,
                parts=parts,
                answered=bool(view and view.response and view.response.first_at < material.periods[agency][0].end),
            )
        )
    return sorted(lines, key=lambda line: (-line.level, -line.tones.negative, -line.tones.total, line.id))


def chosen(
    material: Material, agency: str, texts: Callable[[IssueCount], list[Item]], strength: Callable[[IssueCount], int]
) -> tuple[Item, ...]:
    """The earliest own texts of a tone, of the issues that have most of it."""
    issues = material.issues(agency)
    ranked = sorted(issues, key=lambda name: (-strength(issues[name][0]), name))
    found = [item for name in ranked for item in texts(issues[name][0])[:CHOSEN_OF_ISSUE]]
    return tuple(found[:CHOSEN_ITEMS])


def outlet_lines(day: DayCount) -> tuple[OutletLine, ...]:
    """The busiest outlets."""
    ranked = sorted(day.outlets.items(), key=lambda pair: (-pair[1].total, -pair[1].negative, pair[0]))
    return tuple(OutletLine(name, one.total, one.negative) for name, one in ranked[:TOP_OUTLETS])


def voice_lines(material: Material, agency: str, day: DayCount) -> tuple[VoiceLine, ...]:
    """Letters by unit, the most first."""
    units: dict[str, list[Item]] = {}
    for item, unit, _ in day.kinds.get("complaint", ()):
        units.setdefault(unit, []).append(item)
    ranked = sorted(units.items(), key=lambda pair: (-len(pair[1]), not pair[0], pair[0]))[:TOP_UNITS]
    return tuple(VoiceLine(material.unit_name(agency, unit), len(items), min(items, key=place), unit) for unit, items in ranked)


def misleading(material: Material, agency: str, day: DayCount, lines: Sequence[IssueLine]) -> tuple[Misleading, ...]:
    """What officers found misleading, then fact-checks of the day, the newest first: about the agency or its issues."""
    own = material.periods[agency][0]
    found = {item.mention: (item, issue, "") for item, _, issue in day.kinds.get("factcheck", ())}
    for line in lines:
        known = material.views[line.id].factchecks if line.id in material.views else ()
        found |= {one.item.mention: (one.item, line.id, one.verdict) for one in known if own.start <= one.item.at < own.end}
    newest = sorted(found.values(), key=lambda one: place(one[0]), reverse=True)[:MOST_CHECKS]
    checks = [_check(item, material.merged.get(issue, issue), verdict) for item, issue, verdict in newest]
    return tuple([*_found(lines), *checks][:MOST_CHECKS])


def _found(lines: Sequence[IssueLine]) -> Iterator[Misleading]:
    for line in lines:
        if line.finding and line.finding.verdict in REFUTING:
            proof, verdict = line.finding.proof, VERDICTS[line.finding.verdict]
            yield Misleading(line.name, proof, "", line.id, verdict, line.finding.by or "petugas", line.finding.note)


def _check(item: Item, issue: str, verdict: str) -> Misleading:
    """Titles of fact-checks often begin with their verdict: [SALAH]."""
    marked = MARKED.match(item.title)
    title = item.title[marked.end() :].strip() if marked else ""
    return Misleading(title or item.title, item.url, item.outlet, issue, verdict or (marked[1].lower() if marked else ""))


def speaker_lines(material: Material, agency: str, lines: Sequence[IssueLine]) -> tuple[SpeakerLine, ...]:
    """Who speaks in the strongest issues, the most heard first, each once."""
    own = material.periods[agency][0]
    found: dict[str, SpeakerLine] = {}
    for line in lines[:SPOKEN_ISSUES]:
        view = material.views.get(line.id)
        for one in view.speakers if view else ():
            quotes = [
                quote for quote in (view.quotes if view else ()) if quote.speaker == one.name and own.start <= quote.at < own.end
            ]
            said = max(quotes, key=lambda quote: (quote.direct, quote.at, quote.mention), default=None)
            heard = SpeakerLine(one.name, one.items, one.outlets)
            if said:
                heard = replace(heard, quote=said.words, outlet=said.outlet, url=said.url, direct=said.direct)
            found.setdefault(one.name, heard)
    return tuple(sorted(found.values(), key=lambda one: (-one.items, one.name))[:TOP_SPEAKERS])


def release_lines(material: Material, agency: str) -> list[ReleaseLine]:
    """All press releases of the agency of the last days, the one that most outlets ran first."""
    end = material.periods[agency][0].end
    lines = []
    for item in material.counts.releases.own.get(agency, ()):
        ran = material.counts.releases.ran(item)
        if item.at < end:
            lines.append(ReleaseLine(item, tuple(ran), sum(ran.values())))
    return sorted(lines, key=lambda line: (-len(line.outlets), -line.item.at, line.item.mention))


def urgent_lines(material: Material, agency: str, start: Seconds, end: Seconds) -> tuple[Urgent, ...]:
    """Watchwords that were told at once in the period, the earliest first."""
    told = [line for line in material.alerts if line.kind == "watchword" and line.agency == agency]
    within = sorted((one.at, one.id, line.issue, one) for line in told for one in line.transitions if start <= one.at < end)
    return tuple(Urgent(at, one.reasons[0], one.first_outlet, issue) for at, _, issue, one in within)


def _most(counts: dict[str, int]) -> str:
    return min(counts, key=lambda key: (-counts[key], key)) if counts else ""
