"""What became of yesterday's issues (*tindak lanjut kemarin*), and how the agency has answered in today's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from shared.indonesian import duration, number, short_moment
from shared.model import Level, Seconds
from shared.portrait import Response
from shared.report.handling import handled
from shared.report.record import DutyLine, IssueLine, Report
from shared.report.standing import Standing
from shared.views import AlertLine, IssueView

MINUTE: Final[Seconds] = 60


def followup(
    yesterday: Report | None, agency: str, lines: Sequence[IssueLine], stands: Standing, zone: str, merged: Mapping[str, str]
) -> tuple[str, ...]:
    """One Indonesian sentence an issue that stood above normal: its level and count then and now, and who handles it."""
    before = next((part for part in yesterday.agencies if part.id == agency), None) if yesterday else None
    if before is None:
        return ()
    today = {line.id: line for line in lines}
    out = []
    for old in before.issues:
        if old.level == Level.NORMAL:
            continue
        name = merged.get(old.id, old.id)
        level, total = stands.level_of(name), today[name].tones.total if name in today else 0
        moved = f"tetap {level.name}" if level == old.level else f"dari {old.level.name} menjadi {level.name}"
        duty = today[name].duty if name in today else None
        counts = f"{number(old.tones.total)} berita kemarin, {number(total)} berita dalam periode ini"
        out.append(f"{old.name}: {moved}; {counts}; {_handled(stands.lines.get(name), zone, duty)}.")
    return tuple(out)


def _handled(line: AlertLine | None, zone: str, duty: DutyLine | None) -> str:
    if duty is not None and duty.unit:
        return handled(duty, zone)
    if line is None or not line.acknowledged_at:
        return "belum ada yang menandai menangani"
    return f"ditangani {line.acknowledged_by or 'petugas'} sejak {short_moment(line.acknowledged_at, zone)}"


def responses(lines: Sequence[IssueLine], views: Mapping[str, IssueView], end: Seconds) -> tuple[str, ...]:
    """How the agency had answered by the end in the strongest issues, and what became of the news: one sentence an issue."""
    found = ((line.name, views[line.id].response) for line in lines if line.id in views)
    return tuple(f"{name}: {_response(one)}." for name, one in found if one is not None and one.first_at < end)


def _response(one: Response) -> str:
    delay = "bersama berita pertama" if one.delay < MINUTE else f"{duration(one.delay)} sesudah berita pertama"
    before = (
        f"{number(one.negative_before)} dari {number(one.total_before)} berita negatif dalam {one.hours_before} jam sebelumnya"
    )
    after = f"{number(one.negative_after)} dari {number(one.total_after)} dalam {one.hours_after} jam sesudahnya"
    after = after if one.hours_after else "sesudahnya belum dapat dihitung"
    return f"{number(one.count)} siaran pers, yang pertama {delay}; {before}, {after}"
