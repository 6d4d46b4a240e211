"""Takes in what officers make of issues: *ganti nama*, *gabungkan*, *pisahkan*. Of two words about one issue the later holds.

What follows from it is arranged once all facts of a segment are folded, see joining.py.
"""

from __future__ import annotations

from shared.deeds import LONGEST_NAME, Mark, Reshaped
from shared.detect.officers.deeds import newer
from shared.detect.state import State
from shared.text import one_line


def reshape(state: State, deed: Reshaped) -> bool:
    """Take a deed in; whether it may be done: only with issues about its agency, as far as they are known."""
    if deed.shape == "joined" and (deed.value in ("", deed.issue) or not state.is_theirs(deed.value, deed.agency)):
        return False
    if not state.is_theirs(deed.issue, deed.agency):
        return False
    marks = state.deeds.names if deed.shape == "renamed" else state.deeds.homes
    if newer(deed.at, deed.id, marks.get(deed.issue)):
        value = "" if deed.shape == "parted" else one_line(deed.value, LONGEST_NAME)
        marks[deed.issue] = Mark(deed.at, deed.id, deed.by, value, deed.agency)
    return True
