"""The local back end with the cloud's waiting times: each call notes what it would have taken there, and nobody waits."""

from __future__ import annotations

from collections.abc import Sequence

from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.meter.sizes import BUS_S, STORE_S
from shared.meter.usage import Usage
from shared.model import Seconds
from shared.ports import Document, Write


class MeteredStore(LocalStore):
    """Counts documents, as LocalStore does, and the seconds of all calls."""

    def __init__(self, folder: str) -> None:
        """As LocalStore."""
        super().__init__(folder)
        self.seconds = 0.0

    def read(self, paths: Sequence[str]) -> list[Document | None]:
        """As LocalStore."""
        self.seconds += STORE_S
        return super().read(paths)

    def scan(self, collection: str, start: str, end: str, limit: int) -> list[tuple[str, Document]]:
        """As LocalStore."""
        self.seconds += STORE_S
        return super().scan(collection, start, end, limit)

    def due(self, collection: str, now: Seconds, limit: int) -> list[tuple[str, Document]]:
        """As LocalStore."""
        self.seconds += STORE_S
        return super().due(collection, now, limit)

    def commit(self, writes: Sequence[Write]) -> list[str]:
        """As LocalStore."""
        self.seconds += STORE_S
        return super().commit(writes)

    def counted(self) -> Usage:
        """Documents so far."""
        return {"writes": self.used.writes, "reads": self.used.reads, "deletes": self.used.deletes}


class MeteredBus(LocalBus):
    """Counts bytes as Pub/Sub bills them, as LocalBus does, and the seconds of all publishes."""

    def __init__(self, folder: str) -> None:
        """As LocalBus."""
        super().__init__(folder)
        self.seconds = 0.0

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        """As LocalBus."""
        self.seconds += BUS_S
        super().publish(topic, messages)

    def counted(self) -> Usage:
        """Bytes so far."""
        return {"bus_bytes": self.used.billed_bytes}
