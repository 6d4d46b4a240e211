"""What the tests of notify drive: the stage on a real store, and stores that fail or wait at a chosen point."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import Final

from shared import notify
from shared.config.schema import Agency, Config, ReceiverConfig
from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.messages import AlertsChanged, encode
from shared.model import DAY, Seconds, Transition
from shared.notices import Notice, due_names, unpack
from shared.ports import Document, Store, Write
from shared.wiring import Services
from tests.receivers.samples import OPENED, settings
from tests.receivers.sink import HurriedClient, Sink
from tests.wrapped import Wrapped

NOW: Final[Seconds] = int(datetime(2026, 11, 26, 3, tzinfo=UTC).timestamp())  # in the morning (WIB): no test crosses midnight


class Deployment:
    """A deployment with one receiver, and a clock that the test moves."""

    def __init__(self, folder: Path, hook: Sink) -> None:
        self.hook = hook
        self.now = NOW
        self.kept = LocalStore(str(folder))
        self.store: Store = self.kept  # a test may put another in front of it
        self.bus = LocalBus(str(folder))
        self.settings = settings()
        self.client = HurriedClient(hook)
        self.config = config(ReceiverConfig(id="piket", kind="webhook", url=hook.url, secret="HUMAS"))

    def hand(self, *transitions: Transition, due: Sequence[str] = (), handled: Sequence[str] = ()) -> None:
        """Hand a message to the stage."""
        self.take(encode(AlertsChanged(transitions, tuple(due), tuple(handled)), "b1"))

    def take(self, message: bytes) -> None:
        """Let the stage handle a message as it is."""
        notify.handle(message, Services(self.settings, self.bus, self.store), self.config, self.client, lambda: self.now)

    def tick(self, *handled: str) -> None:
        """Publish and handle what is due, as detect does; `handled` are the alerts that people have answered."""
        self.hand(due=due_names(self.store, self.now, 50), handled=handled)

    def notices(self) -> dict[str, Notice]:
        """All notices on record, by name."""
        return {name: unpack(document.data) for name, document in self.store.scan("notices", "", "~", 1000)}

    def notice(self, transition: Transition = OPENED, receiver: str = "piket") -> Notice:
        """The recorded notice."""
        [document] = self.store.read([f"notices/{transition.alert}-{transition.number:06d}-{receiver}"])
        assert document is not None
        found = unpack(document.data)
        assert found.due_at == document.due_at
        return found

    def wait(self) -> None:
        """Let the time pass until the next notice is due; signatures keep the real time, so only while nobody verifies."""
        self.now = min(document.due_at or 0 for _, document in self.store.due("notices", NOW + 30 * DAY, 100))


def config(*receivers: ReceiverConfig) -> Config:
    return Config(agencies=(Agency(id="33.99", name="Pemerintah Kabupaten Sagara"),), receivers=receivers)


class Killed(BaseException):
    """The process ends here."""


class Dying(Wrapped):
    """A store that fails once, after so many commits."""

    def __init__(self, store: Store, commits: int, error: BaseException | None = None) -> None:
        super().__init__(store)
        self.left = commits
        self.error = error or Killed()

    def commit(self, writes: Sequence[Write]) -> list[str]:
        self.left -= 1
        if self.left == -1:
            raise self.error
        return super().commit(writes)


class Meeting(Wrapped):
    """A store at which two threads meet before either goes on, the first time that they read or scan."""

    def __init__(self, store: Store, at: str) -> None:
        super().__init__(store)
        self.at = at
        self.barrier = Barrier(2)
        self.met = 0

    def read(self, paths: Sequence[str]) -> list[Document | None]:
        found = super().read(paths)
        self._meet("read")
        return found

    def scan(self, collection: str, start: str, end: str, limit: int) -> list[tuple[str, Document]]:
        found = super().scan(collection, start, end, limit)
        self._meet("scan")
        return found

    def _meet(self, where: str) -> None:
        if where == self.at and self.met < 2:
            self.met += 1
            self.barrier.wait(10)
