"""The only place that chooses implementations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.ports import Archive, Bus, Keep, Store
from shared.settings import Settings

if TYPE_CHECKING:
    from shared.guard.tally import Tally
    from shared.opinions import SecondOpinions


@dataclass(frozen=True)
class Services:
    """What a stage is handed. Built once per process, inside its first request."""

    settings: Settings
    bus: Bus
    store: Store
    tally: Tally | None = None  # what this process has used of free quotas; None where the back end has none

    @property
    def archive(self) -> Archive | None:
        """Where the day's mentions are kept for years; None where nobody wants that. Asked for once a day."""
        return archive_of(self.settings)

    def keep(self) -> Keep:
        """What no stage takes any more, for the person who runs a command, with that person's login. To be closed."""
        from shared.local.bus import LocalBus

        if isinstance(self.bus, LocalBus):
            from shared.local.keep import LocalKeep

            return LocalKeep(self.bus)
        from shared.gcp.keep import PubSubKeep

        return PubSubKeep(self.settings, self.bus)


def archive_of(settings: Settings) -> Archive | None:
    """The archive for these settings."""
    if not settings.archive:
        return None
    if settings.backend == "local":
        from shared.local.archive import FolderArchive

        return FolderArchive(settings.archive)
    from shared.gcp.archive import BucketArchive

    return BucketArchive(settings.archive)


def second_opinions(settings: Settings) -> SecondOpinions | None:
    """Whom to ask about unsure mentions; None where nobody is configured. Nothing is connected before the first question."""
    if not settings.gemini_location:
        return None
    import time
    from random import SystemRandom

    from shared.gcp.vertexai import Gemini
    from shared.opinions import SecondOpinions

    return SecondOpinions(Gemini(settings), time.monotonic, SystemRandom())


def connect(settings: Settings, light: bool = False) -> Services:
    """Services for these settings; `light` picks the Google clients that start fastest (all functions but detect)."""
    if settings.backend == "local":
        from shared.local.bus import LocalBus
        from shared.local.store import LocalStore

        return Services(settings, LocalBus(settings.data), LocalStore(settings.data))
    from shared.guard.counting import CountingBus, CountingStore
    from shared.guard.tally import Tally

    tally = Tally(settings.cpu, settings.region)
    bus, store = _cloud(settings, light)
    return Services(settings, CountingBus(bus, tally), CountingStore(store, tally), tally)


def _cloud(settings: Settings, light: bool) -> tuple[Bus, Store]:
    if light:
        from shared.gcp.rest import RestBus, RestStore

        return RestBus(settings), RestStore(settings)
    from shared.gcp.later import LaterBus, LaterStore

    return LaterBus(settings), LaterStore(settings)
