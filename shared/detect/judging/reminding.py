"""Which of the notices that are due need nobody else: detect knows what people have answered, notify does not."""

from __future__ import annotations

from collections.abc import Sequence

from shared.alerts import AlertState
from shared.delivery.names import alert_of
from shared.detect.state import State
from shared.model import Level


def handled(state: State, names: Sequence[str]) -> tuple[str, ...]:
    """Alerts of these notices that somebody handles, that are silenced or labelled as not needed, or that are over.

    At awas only who takes it on handles it: a silence was given, or a label, for less.
    """
    known = {alert.id: alert for alert in (*state.alerts.values(), *state.watch.told.values())}
    known |= {one.alert.id: alert for alert in state.alerts.values() for one in alert.taken if one.alert.active}
    alerts = dict.fromkeys(alert_of(name) for name in names)
    return tuple(alert for alert in alerts if _is_handled(known.get(alert), state))


def _is_handled(alert: AlertState | None, state: State) -> bool:
    """An alert that is not on file any more is over; one about a watchword has no level, and no end."""
    if alert is None:
        return True
    said = alert.clarified_at or alert.silenced_until > state.clock or alert.label == "not_needed"
    answered = alert.acknowledged_at or (said and alert.level < Level.AWAS)
    return bool(answered) or not (alert.active or alert.kind == "watchword")
