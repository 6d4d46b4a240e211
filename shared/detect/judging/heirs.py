"""What becomes of alerts and notices when an issue goes over to another one: merged by itself, or joined by an officer."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from shared.alerts import AlertState, united
from shared.detect.state import State


def merge(state: State, gone: str, kept: str) -> None:
    """Join the files of two issues for good, and what is remembered about their alerts."""
    told = state.called.pop(gone, "")
    if told:
        state.called.setdefault(kept, told)
    old = state.dossiers.pop(gone, None)
    if old is not None and kept in state.dossiers:
        state.totals.issues -= 1
        state.dossiers[kept].take(old)
    elif old is not None:  # officers have moved all that was on the other file
        old.change()
        state.dossiers[kept] = old
    hand_over(state, gone, kept, told)


def arrange(state: State) -> Iterable[str]:
    """Follow what officers joined, parted and renamed; alerts of what was joined go over. Issues whose pages say something else.

    An issue that is parted starts without an alert, unless one of its own had stayed with it.
    """
    found = state.arrange()
    for issue, home in found.joined:
        hand_over(state, issue, home, state.name(issue))
    for issue in _noticed(state) if state.joined.homes else ():
        if (home := state.home(issue)) != issue:
            state.watch.merge(issue, home)
    return found.issues


def hand_over(state: State, issue: str, heir: str, name: str) -> None:
    """Let the alerts and notices of an issue, by the `name` that they told, go on with another one."""
    for key in [key for key, alert in state.alerts.items() if alert.issue == issue]:
        _inherit(state, key, heir, name)
    state.watch.merge(issue, heir)


def _inherit(state: State, key: str, kept: str, name: str) -> None:
    """Let an alert go on with the issue that took its own over: one matter has one alert, see `united`.

    An issue that may come back keeps the number of its alerts: their ids follow from it, and none may come twice.
    """
    alert = state.alerts[key]
    heir = f"{alert.agency} {kept}"
    own = state.alerts.get(heir, AlertState(agency=alert.agency, issue=kept))
    if not alert.id and (own.openings or not alert.streak):
        return  # nothing was told of it
    after = united(own, alert, name) if own.id else replace(alert, issue=kept, openings=max(alert.openings, own.openings))
    state.alerts[heir] = after
    del state.alerts[key]
    if alert.issue in state.dossiers and alert.openings:
        state.alerts[key] = AlertState(agency=alert.agency, issue=alert.issue, openings=alert.openings)
    reason = state.reasons.pop(key, "")
    if reason and after.id == alert.id:
        state.reasons[heir] = reason


def _noticed(state: State) -> list[str]:
    """Issues with a notice of a watchword, or with one that waits for a second outlet."""
    return sorted({key.partition(" ")[2] for key in (*state.watch.told, *state.watch.waiting)})
