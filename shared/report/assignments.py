"""The assignments of a report: those that were there in its period and not done before it, the overdue ones first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from shared.deskview import Duty, Finding
from shared.detect.officers.following import overdue
from shared.indonesian import local, number, share, short_moment
from shared.model import DAY, Seconds
from shared.report.period import Period
from shared.report.record import DutyLine, IssueLine
from shared.views import IssueView

MOST: Final = 20
MEASURED: Final[Seconds] = 3 * DAY  # for so long after a clarification its effect is told


def duty_lines(duties: Sequence[Duty], period: Period) -> list[DutyLine]:
    """An agency's assignments that were there at the end of the period, as they stand, in the order in which they are urgent."""
    made = (one for one in duties if (one.since or one.at) < period.end)
    told = (one for one in made if one.status != "done" or one.at >= period.start)
    return sorted((_line(one, period) for one in told), key=_urgency)


def _line(duty: Duty, period: Period) -> DutyLine:
    late = overdue(duty, period.end)
    days = (local(period.end, period.zone).date() - local(max(duty.due_at - 1, 0), period.zone).date()).days
    return DutyLine(
        issue=duty.issue,
        name=duty.issue_name,
        unit=duty.unit_name,
        person=duty.person,
        due_at=duty.due_at,
        status=duty.status,
        late=late,
        late_days=days if late else 0,
        by=duty.by,
        at=duty.at,
    )


def _urgency(line: DutyLine) -> tuple[bool, bool, bool, Seconds, str]:
    return line.status == "done", not line.late, not line.due_at, line.due_at, line.issue


def with_handling(lines: Sequence[IssueLine], duties: Sequence[DutyLine], findings: Mapping[str, Finding]) -> list[IssueLine]:
    """The issues with what officers decided and found out about each."""
    assigned = {one.issue: one for one in duties}
    return [replace(line, duty=assigned.get(line.id), finding=findings.get(line.id)) for line in lines]


def findings_of(views: Mapping[str, IssueView]) -> dict[str, Finding]:
    """What officers found out, by issue."""
    return {name: view.finding for name, view in sorted(views.items()) if view.finding}


def effects(duties: Sequence[Duty], end: Seconds, zone: str) -> Iterator[str]:
    """What became of the news since each clarification of the last days: one sentence each."""
    for one in sorted(duties, key=lambda duty: (duty.clarified_at, duty.issue)):
        if one.hours_after and end - MEASURED <= one.clarified_at < end:
            before = _negative(one.negative_before, one.total_before)
            after = _negative(one.negative_after, one.total_after)
            yield (
                f"{one.issue_name}: klarifikasi terbit {short_moment(one.clarified_at, zone)}; {before} berita negatif "
                f"dalam 24 jam sebelumnya, {after} dalam {number(one.hours_after)} jam sesudahnya."
            )


def _negative(negative: int, total: int) -> str:
    part = share(negative, total)
    return f"{number(negative)} dari {number(total)}" + (f" ({part})" if part else "")


def fingerprint(duties: Sequence[DutyLine], findings: Sequence[Finding]) -> int:
    """A number that changes with what officers decided and found: such a report is counted anew."""
    said = [f"{one.issue} {one.unit} {one.person} {one.due_at} {one.status} {one.at}" for one in duties]
    said += [f"{one.verdict} {one.proof} {one.note} {one.at}" for one in findings]
    if not said:
        return 0
    return int.from_bytes(hashlib.blake2b("\n".join(said).encode("utf-8", "surrogatepass"), digest_size=8).digest())
