"""The phases of crisis communication after which letters are worded.

The three names are those of the national guideline on government crisis communication, in draft since November 2025; what is
asked in which phase is this project's own wording.
"""

from __future__ import annotations

from typing import Final

from shared.deskview import Duty
from shared.model import Level
from shared.views import IssueView

BEFORE, DURING, AFTER = "prakrisis", "saat-krisis", "pascakrisis"
PHASES: Final = {BEFORE: "Prakrisis", DURING: "Saat krisis", AFTER: "Pascakrisis"}


def phase_of(view: IssueView, duty: Duty | None = None) -> str:
    """Where an issue stands in its life: during a crisis from siaga on; after it once it was raised and is back to normal.

    It is also over where the assignment is done and the status is below siaga.
    """
    if view.card.level >= Level.SIAGA:
        return DURING
    was = max((change.to_level for change in view.transitions if change.kind == "issue"), default=Level.NORMAL)
    over = view.card.level == Level.NORMAL and was >= Level.WASPADA
    return AFTER if over or (duty is not None and duty.status == "done") else BEFORE
