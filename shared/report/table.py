"""The report as a table in the columns of BPKP's *Identifikasi Isu Harian*: its issues, or the day's clippings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shared.indonesian import date_and_clock, number, stamp
from shared.reasons import TONES, UNSURE, status
from shared.report.clippings import Clipping, Clippings
from shared.report.handling import approval, found, handled
from shared.report.record import AgencyReport, IssueLine, Report
from shared.report.sentences import proposal
from shared.sheet import csv_text
from shared.topics import TOPICS
from shared.views import Tones

HEAD: Final = (
    *("No", "Tanggal", "Sumber", "Link/Bukti", "Judul/Post", "Ringkasan Isu", "Isu/Subisu", "Aktor/Lokasi", "Tone Berita"),
    *("Risiko/Implikasi", "Tindak Lanjut", "Status Review"),
)


def issues_csv(report: Report) -> str:
    """One row for each issue of the report, with the text that was first."""
    rows = [(part, issue) for part in report.agencies for issue in part.issues]
    review = approval(report, date_and_clock(report.approved_at, report.zone)) or "KONSEP"
    return csv_text(HEAD, ((*_issue_row(place, part, issue), review) for place, (part, issue) in enumerate(rows, 1)))


def clippings_csv(part: AgencyReport, found: Clippings, units: Mapping[str, str]) -> str:
    """One row for each item; `units` are names by id."""
    lines = {name: line for line in part.issues for name in (line.id, *line.parts)}
    rows = []
    for place, row in enumerate(found.rows, 1):
        item, line = row.item, lines.get(row.issue)
        tone = UNSURE if item.unsure else TONES[item.label]
        rows.append(
            (
                *(place, stamp(item.at, part.zone), item.outlet, item.url, item.title, row.lead, _named(line)),
                *(_who(units.get(row.unit, ""), part), tone, _risk(line), _done(line, part.zone), _reviewed(row)),
            )
        )
    return csv_text(HEAD, rows)


def _issue_row(place: int, part: AgencyReport, issue: IssueLine) -> tuple[object, ...]:
    return (
        *(place, stamp(issue.first_at, part.zone), issue.first_outlet, issue.first_url, issue.first_title),
        *(f"{number(issue.tones.total)} berita di {number(issue.outlets)} media", _named(issue), _who(issue.unit, part)),
        *(counted(issue.tones), _risk(issue), _done(issue, part.zone)),
    )


def counted(tones: Tones) -> str:
    """ "48 negatif, 1 netral, 1 positif, 6 perlu ditinjau"; what is none is left out."""
    words = {**TONES, "unsure": UNSURE}
    return ", ".join(f"{number(getattr(tones, key))} {word}" for key, word in words.items() if getattr(tones, key))


def _named(issue: IssueLine | None) -> str:
    if issue is None:
        return ""
    topic = TOPICS[issue.topic].name if issue.topic in TOPICS and issue.topic != "X" else ""
    return f"{issue.name} / {topic}" if topic else issue.name


def _who(unit: str, part: AgencyReport) -> str:
    return f"{unit}, {part.name}" if unit else part.name


def _risk(issue: IssueLine | None) -> str:
    if issue is None:
        return ""
    counts = f"{status(issue.level)}; {number(issue.tones.negative)} dari {number(issue.tones.total)} berita negatif"
    return f"{counts}; {found(issue.finding)}" if issue.finding else counts


def _done(issue: IssueLine | None, zone: str) -> str:
    """What was decided; where nothing was, what is proposed."""
    if issue is None:
        return ""
    return handled(issue.duty, zone) if issue.duty else proposal(issue)


def _reviewed(row: Clipping) -> str:
    """What officers did to an item."""
    words = ((row.by, "temuan petugas"), (row.item.corrected, "diperbaiki petugas"), (row.item.reply, "sudah dijawab"))
    return ", ".join(word for holds, word in words if holds)
