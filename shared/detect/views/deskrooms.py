"""The room in `views/desk`, shared among agencies: each has the beginning of every list, who needs more takes the rest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from shared.deskview import DeskAgency
from shared.detect.views.fitting import BUDGET, size

SHARES: Final = {  # of an agency's room, in sixteenths
    "duties": 4,
    "queue": 4,
    "issues": 2,
    "units": 2,
    "finished": 1,
    "shifts": 1,
    "neighbours": 1,
    "reports": 1,
}
REST: Final = "amendments"  # takes a sixteenth, too: the last


class Lists(NamedTuple):
    """An agency's part, and by list the bytes that its first records take together: of one, of two, ..."""

    full: DeskAgency
    sizes: dict[str, list[int]]


def sharing(parts: Sequence[DeskAgency], budget: int = BUDGET) -> tuple[DeskAgency, ...]:
    """All parts in their order, cut to what fits: in rounds, each of which allows twice as much as the one before."""
    lists = [_lists(part) for part in parts]
    budget -= sum(size(_cut(one.full, dict.fromkeys(one.sizes, 0))) for one in lists)
    room = max(0, budget) // max(1, len(parts))
    fitted = [_fitted(one, room) for one in lists]
    left = budget - sum(used for used, _ in fitted)
    while 0 < room < budget and left > 0:
        room *= 2
        for place, one in enumerate(lists):
            wider = _fitted(one, room)
            if 0 < wider[0] - fitted[place][0] <= left:
                left -= wider[0] - fitted[place][0]
                fitted[place] = wider
    return tuple(_cut(one.full, counts) for one, (_, counts) in zip(lists, fitted, strict=True))


def _lists(part: DeskAgency) -> Lists:
    return Lists(part, {name: list(accumulate(map(size, getattr(part, name)))) for name in (*SHARES, REST)})


def _fitted(lists: Lists, room: int) -> tuple[int, dict[str, int]]:
    """How many bytes, and how many records of each list, fit into this room."""
    used, counts = 0, dict[str, int]()
    for name, sizes in lists.sizes.items():
        counts[name] = bisect_right(sizes, room * SHARES.get(name, 1) // 16)
        used += sizes[counts[name] - 1] if counts[name] else 0
    return used, counts


def _cut(part: DeskAgency, counts: dict[str, int]) -> DeskAgency:
    changes: dict[str, Any] = {name: getattr(part, name)[:count] for name, count in counts.items()}
    return replace(part, **changes)
