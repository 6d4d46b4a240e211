"""Which sources are asked first: those that brought up an issue with an alert, and those of an agency with one."""

from __future__ import annotations

from shared.config.schema import Config
from shared.ports import Permanent, Store
from shared.views import AlertsView, unpack


def urgent_sources(store: Store, config: Config) -> frozenset[str]:
    """Ids of the sources; none where no alert holds or its list cannot be read: that must not stop a round."""
    try:
        view = unpack(store.read(["views/alerts"])[0], AlertsView)
    except Permanent:
        return frozenset()
    alerts = [alert for alert in view.alerts if alert.level] if view else []
    agencies = {alert.agency for alert in alerts}
    outlets = {change.first_outlet for alert in alerts for change in alert.transitions}
    return frozenset(source.id for source in config.sources if source.agency in agencies - {""} or source.name in outlets - {""})
