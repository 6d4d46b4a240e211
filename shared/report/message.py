"""The daily report as a text for a chat: what an officer passes on to the chief, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from shared.indonesian import date_and_clock, number
from shared.reasons import status, undecided
from shared.report.handling import approval, by_hand, late, since_then, who
from shared.report.paper import facts, title, when
from shared.report.record import AgencyReport, Misleading, Report
from shared.report.sentences import speed
from shared.text import one_line

LONGEST_LINE: Final = 280  # characters
ISSUES: Final = 3
SIGNS: Final = 2


def message(report: Report, address: str) -> str:
    """Plain text with WhatsApp's own *bold*; `address` of the report's page, or empty."""
    draft = " (KONSEP)" if report.state == "draft" else ""
    lines = [f"*{title(report)}{draft}*", when(report)]
    lines += [_plain(done)] if (done := approval(report, date_and_clock(report.approved_at, report.zone))) else []
    lines += [f"{name}: {value}" for name, value in facts(report) if value and name in ("Periode", "Cakupan", "Pembanding")]
    for part in report.agencies:
        lines += ["", *_agency(part)]
    return "\n".join([*(one_line(line, LONGEST_LINE) for line in lines), *(["", address] if address else [])]) + "\n"


def _agency(part: AgencyReport) -> Iterator[str]:
    day = part.tones_day
    rest = undecided(day.unsure, day.unscored, day.likely)
    yield f"*{_plain(part.name)}* · {status(part.level, unknown=part.unknown)}"
    yield from filter(None, (since_then(part),))
    counts = f"{number(day.negative)} dari {number(day.total)} berita negatif"
    yield f"{counts}{f', {rest}' if rest else ''}; {number(part.outlets)} media{f'; {hand}' if (hand := by_hand(part)) else ''}"
    for place, issue in enumerate(part.issues[:ISSUES], 1):
        unit = f", {issue.unit}" if issue.unit else ""
        counts = f"{number(issue.tones.total)} berita ({number(issue.tones.negative)} negatif), {speed(issue)}"
        yield f"{place}. {_plain(issue.name)}: {counts}, {issue.level.name}{_plain(unit)}"
    yield from (f"- Kabar genting: {_plain(one.sentence)}" for one in part.urgent)
    yield from (f"- Tanda dini: {_plain(sign)}" for sign in part.signs[:SIGNS])
    yield from (f"- Menyesatkan: {_plain(one.title)} ({_judged(one)})" for one in part.misleading[:SIGNS])
    overdue = [one for one in part.duties if one.late]
    yield from (f"- Lewat tenggat: {_plain(one.name)}, {_plain(who(one))}, {late(one)}" for one in overdue[:SIGNS])
    yield from (
        f"- Tindak lanjut: {number(len(overdue) - SIGNS)} disposisi lain lewat tenggat" for _ in overdue[SIGNS : SIGNS + 1]
    )
    yield from (f"- Saran: {_plain(advice)}" for advice in part.advice[:SIGNS])


def _judged(one: Misleading) -> str:
    return f"temuan petugas: {one.verdict}" if one.by else f"cek fakta {_plain(one.outlet)}"


def _plain(text: str) -> str:
    """A text from outside without the characters that a chat takes for bold, italic or code."""
    return text.translate({ord(sign): None for sign in "*_~`"})
