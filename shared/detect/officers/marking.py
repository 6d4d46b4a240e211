"""What officers have put right of late (`views/marks`): laid over the documents of hours by whoever reads those.

Those documents follow at the next tick, and readers remember them for a while. A mark that is in both changes nothing, so it
stays here until neither can matter any more.
"""

from __future__ import annotations

from typing import Final

from shared.deskview import LaidMarks
from shared.detect.state import State
from shared.detect.views.fitting import BUDGET, first_that_fit
from shared.model import HOUR, Seconds

LATELY: Final[Seconds] = 3 * HOUR  # twelve ticks, and much longer than anybody remembers an hour


def lately(state: State) -> LaidMarks:
    """Marks of mentions about which something was said lately, the newest first, as many as fit into a document."""
    said = [(max(mark.at for mark in marks.values()), number, marks) for number, marks in state.deeds.marks.items() if marks]
    said = sorted((one for one in said if one[0] >= state.clock - LATELY), key=lambda one: (-one[0], one[1]))
    return LaidMarks(state.clock, dict(first_that_fit(((f"{number:016x}", marks) for _, number, marks in said), BUDGET)))
