"""What became of the issues that yesterday's report asked to deal with (*tindak lanjut kemarin*)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.indonesian import number, short_moment
from shared.model import Level
from shared.report.record import IssueLine, Report
from shared.report.standing import Standing
from shared.views import AlertLine


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
        counts = f"{number(old.tones.total)} berita kemarin, {number(total)} berita dalam periode ini"
        out.append(f"{old.name}: {moved}; {counts}; {_handled(stands.lines.get(name), zone)}.")
    return tuple(out)


def _handled(line: AlertLine | None, zone: str) -> str:
    if line is None or not line.acknowledged_at:
        return "belum ada yang menandai menangani"
    return f"ditangani {line.acknowledged_by or 'petugas'} sejak {short_moment(line.acknowledged_at, zone)}"
