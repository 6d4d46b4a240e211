"""The message that a duty officer reads: three lines (status, unit and issue; why; who was first), then where to look.

A level is never shown alone: always "Status isu: SIAGA". Feeds are hostile, so texts lose line breaks and control characters, and
are cut at a word.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from shared.indonesian import clock, date_and_clock, local
from shared.links import answers
from shared.model import Seconds, Transition
from shared.notices import Notice
from shared.reasons import CHANGES, status
from shared.settings import Settings
from shared.text import one_line

LONGEST_LINE: Final = 280  # characters
LONGEST_NAME: Final = 100
REASONS: Final = 2  # the rise and the tones: a message is read in ten seconds, the rest stands behind its link


def message(notice: Notice, settings: Settings, now: Seconds) -> str:
    """The whole message as plain text: the three lines, changes that did not arrive, links. Lines are parted by newlines."""
    lines = [*three_lines(notice)]
    if notice.missed:
        changes = ", ".join(f"{CHANGES[one.change]} {when(one.at, notice)}" for one in notice.missed)
        lines.append(one_line(f"Belum sempat dikabarkan: {changes}", LONGEST_LINE))
    if address := page(notice.transition, settings):
        lines.append(address)
    lines += [f"{label}: {address}" for label, address in answers(settings, notice.transition, notice.receiver, now).values()]
    return "\n".join(lines)


def three_lines(notice: Notice) -> tuple[str, str, str]:
    """Status, unit and issue; why, against what is usual; who was first and when."""
    one = notice.transition
    why = one_line("; ".join(one_line(reason, LONGEST_LINE) for reason in one.reasons[:REASONS] if reason.strip()), LONGEST_LINE)
    if one.kind == "collector":
        return _collector_status(one), why, f"Sejak {when(one.at, notice)}"
    status = _watchword(one) if one.kind == "watchword" else _status(one)
    return status, why, f"Media pertama: {one_line(one.first_outlet, LONGEST_NAME)}, {when(one.first_at, notice)}"


def page(transition: Transition, settings: Settings) -> str:
    """Address of the page that shows more: the issue's, or the sources' for a collector alert; empty without a dashboard."""
    if not settings.base_url:
        return ""
    return f"{settings.base_url}/isu/{quote(transition.issue, safe='')}" if transition.issue else f"{settings.base_url}/sumber"


def when(at: Seconds, notice: Notice) -> str:
    """The time in the notice's zone, "pukul 09.12 WIB"; with its date where it is another day than the change itself."""
    same_day = local(at, notice.zone).date() == local(notice.transition.at, notice.zone).date()
    return clock(at, notice.zone) if same_day else date_and_clock(at, notice.zone)


def _status(one: Transition) -> str:
    moves = {"raised": f" (naik dari {one.from_level.name})", "lowered": f" (turun dari {one.from_level.name})"}
    moves |= {"resolved": f" (selesai, tadinya {one.from_level.name})", "reopened": " (muncul lagi)"}
    unit, issue = one_line(one.unit or one.agency_name, LONGEST_NAME), one_line(one.issue_name, LONGEST_NAME)
    return f"{status(one.to_level)}{moves.get(one.change, '')} · {unit} · {issue}"


def _watchword(one: Transition) -> str:
    agency, issue = one_line(one.agency_name, LONGEST_NAME), one_line(one.issue_name, LONGEST_NAME)
    return f"Kabar genting · {agency} · {issue}"


def _collector_status(one: Transition) -> str:
    state = "PULIH" if one.change == "resolved" else "TERGANGGU"
    return one_line(f"Pengumpulan berita: {state} · {one.issue_name or one.agency_name}", LONGEST_LINE)
