"""The only place that chooses implementations."""

from __future__ import annotations

from dataclasses import dataclass

from shared.ports import Bus, Store
from shared.settings import Settings


@dataclass(frozen=True)
class Services:
    """What a stage is handed. Built once per process, inside its first request."""

    settings: Settings
    bus: Bus
    store: Store


def connect(settings: Settings, light: bool = False) -> Services:
    """Services for these settings; `light` picks the Google clients that start fastest (collect, notify, desk)."""
    if settings.backend == "local":
        from shared.local.bus import LocalBus
        from shared.local.store import LocalStore

        return Services(settings, LocalBus(settings.data), LocalStore(settings.data))
    if light:
        from shared.gcp.rest import RestBus, RestStore

        return Services(settings, RestBus(settings), RestStore(settings))
    from shared.gcp.later import LaterBus, LaterStore

    return Services(settings, LaterBus(settings), LaterStore(settings))
