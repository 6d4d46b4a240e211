"""Which sources are asked first: those that brought up an issue with an alert, and those of an agency with one."""

from __future__ import annotations

from typing import Final

from shared.config.schema import Config
from shared.ports import Document, Permanent
from shared.views import AlertsView, unpack

PATH: Final = "views/alerts"


def urgent_sources(document: Document | None, config: Config) -> frozenset[str]:
    """Ids of the sources by the list of alerts; none where no alert holds or it cannot be read: that must not stop a round."""
    try:
        view = unpack(document, AlertsView)
    except Permanent:
        return frozenset()
    alerts = [alert for alert in view.alerts if alert.level] if view else []
    agencies = {alert.agency for alert in alerts}
    outlets = {change.first_outlet for alert in alerts for change in alert.transitions}
    return frozenset(source.id for source in config.sources if source.agency in agencies - {""} or source.name in outlets - {""})
