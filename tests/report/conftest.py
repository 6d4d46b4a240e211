"""The demonstration's crisis day, played through the real pipeline, and its report of the next morning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import pytest

from shared import report
from shared.config.active import activate, load_active
from shared.deeds import Kept
from shared.demo import scenario
from shared.demo.drive import Play, stage
from shared.detect.storing.columns import unpack_kept
from shared.local.bus import LocalBus
from shared.local.pipeline import Pipeline
from shared.local.store import LocalStore
from shared.model import DAY, HOUR, Seconds, Tone
from shared.ports import Store
from shared.report.record import AgencyReport, Report
from shared.settings import read_settings
from shared.views import unpack
from shared.wiring import Services
from tests.dashboard.conftest import SilentBus

FRIDAY: Final[Seconds] = scenario.START + 4 * DAY + 6 * HOUR  # 06.00 WIB
SATURDAY: Final[Seconds] = FRIDAY + DAY
PATH: Final = "reports/2026-11-21"


@dataclass
class Crisis:
    """A day that is over."""

    services: Services
    raw: Sequence[Kept]  # every mention that detect has filed, in the order of arrival

    @property
    def report(self) -> Report:
        """Its report, as stored."""
        found = unpack(self.services.store.read([PATH])[0], Report)
        assert found is not None
        return found

    @property
    def part(self) -> AgencyReport:
        """That of its only agency."""
        [part] = self.report.agencies
        return part

    @property
    def day(self) -> list[Kept]:
        """The mentions of the period, counted the naive way."""
        return [kept for kept in self.raw if FRIDAY <= kept.fact.mention.happened_at < SATURDAY and kept.fact.subjects[0].about]


class ByWords:
    """A classifier that knows a dozen words: counts must be right whatever the tones are, and the model takes its time."""

    name = "by-words"

    def tones(self, texts: Sequence[str], domain: str) -> list[Tone]:
        """One Tone a text."""
        return [self._tone(text.casefold()) for text in texts]

    def topics(self, texts: Sequence[str], domain: str) -> list[str]:
        """All about health."""
        return ["K"] * len(texts)

    def _tone(self, text: str) -> Tone:
        if any(word in text for word in ("keracunan", "mual", "muntah", "rusak", "desak", "kritik", "keluh")):
            return Tone(0.9, 0.05, 0.05, False, self.name)
        if any(word in text for word in ("selesai", "gratis", "terima kasih", "nikmati", "sambut")):
            return Tone(0.05, 0.05, 0.9, False, self.name)
        return Tone(0.3, 0.4, 0.3, len(text) % 7 == 0, self.name)


@pytest.fixture(scope="session")
def crisis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crisis]:
    """Thursday and Friday, hour by hour, and the report on Saturday at 06.00."""
    with stage(str(tmp_path_factory.mktemp("crisis"))) as play, Pipeline(play.services, bus_of(play), tone=ByWords()) as pipeline:
        activate(play.services.store, play.config, FRIDAY - DAY - HOUR)
        for now in range(FRIDAY - DAY, SATURDAY + HOUR, HOUR):
            play.web.now = now
            pipeline.collect(now)
            pipeline.tick(now)
        assert report.write(play.services.store, load_active(play.services.store), SATURDAY + 5) == PATH
        yield Crisis(play.services, filed(play.services.store))


def bus_of(play: Play) -> LocalBus:
    """The bus that the play runs on."""
    assert isinstance(play.services.bus, LocalBus)
    return play.services.bus


def filed(store: Store) -> list[Kept]:
    """All mentions in the documents of hours."""
    return [kept for _, document in store.scan("hours", "", "~", 1_000) for kept in unpack_kept(document.data)]


def stored(store: Store, path: str) -> Report:
    """The report at this path."""
    document = store.read([path])[0]
    assert document is not None
    return msgspec.json.decode(document.data, type=Report)


@pytest.fixture
def services(store: LocalStore) -> Services:
    """What the stage is handed."""
    return Services(read_settings({}), SilentBus(), store)
