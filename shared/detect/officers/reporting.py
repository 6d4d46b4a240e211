"""Daily reports follow what officers did: an approved one is made final at once, drafts are counted anew at the next tick.

Approvals stand in the state; which of them have been followed is known to this process alone. A fresh one follows those of the
last days again, which changes nothing where that was done.
"""

from __future__ import annotations

from shared.deeds import Approved
from shared.detect.load import Loaded
from shared.model import DAY, Seconds
from shared.ports import Bus, Store

FOLLOWED: Seconds = 2 * DAY  # older approvals have been followed, by this process or one before


def waiting(loaded: Loaded) -> list[Approved]:
    """Approvals that are still to be followed, the earliest first."""
    since = loaded.state.clock - FOLLOWED
    new = [one for one in loaded.state.deeds.approvals.values() if one.at >= since and one.id not in loaded.approved]
    return sorted(new, key=lambda one: (one.at, one.id))


def make_final(store: Store, bus: Bus, loaded: Loaded, now: Seconds) -> None:
    """Make approved reports final. The snapshot must say all that the state says, for a report counts from there."""
    from shared.report.approving import approve  # only here: nothing else of detect needs what writes reports

    for approved in waiting(loaded):
        approve(store, bus, loaded.active, approved, now)
        loaded.approved.add(approved.id)


def recount(store: Store, loaded: Loaded, now: Seconds) -> None:
    """Count the newest drafts anew if something was put right; from the snapshot, too."""
    if loaded.uncounted:
        from shared.report.approving import recount

        recount(store, loaded.active, now)
        loaded.uncounted = False
