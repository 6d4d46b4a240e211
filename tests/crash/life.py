"""A life of the local pipeline in a process of its own, that may be cut short by SIGKILL after any call to a port."""

from __future__ import annotations

import os
import signal
import urllib.request
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from shared.config.active import activate
from shared.config.duty import Duty
from shared.config.schema import Agency, Config, ReceiverConfig, SourceConfig
from shared.local.bus import LocalBus
from shared.local.pipeline import Pipeline
from shared.local.store import LocalStore
from shared.model import HOUR, Seconds
from shared.ports import Write
from shared.settings import read_settings
from shared.wiring import Services
from tests.crash.web import News

START: Seconds = 1_795_008_600  # an hour's start, in the morning (WIB)
CRISIS: Seconds = START + 30 * HOUR
STEPS = (*range(START, CRISIS, HOUR), *range(CRISIS, CRISIS + 2 * HOUR, 900))
HISTORY = 30  # steps before the crisis
OUTLETS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan")
TOPICS = ("jembatan", "sampah", "pasar", "irigasi", "listrik", "pupuk")


def news() -> list[News]:
    """A quiet day, then pupils who fall ill."""
    calm = [
        News(at + 600, OUTLETS[place % 8], f"Pemkab Sagara bahas {TOPICS[place % 6]} bersama warga dusun ke-{place}")
        for place, at in enumerate(range(START - HOUR, CRISIS, 2 * HOUR))
    ]
    shapes = (
        "Puluhan siswa keracunan makan siang sekolah, Pemkab Sagara dikecam",
        "Siswa keracunan di Sagara dirawat, orang tua marah dan protes",
        "DPRD Sagara kecam kasus keracunan siswa, dapur bermasalah",
        "Korban keracunan siswa Sagara bertambah, keluarga kecewa",
    )
    ill = [
        News(CRISIS + 60 * place, OUTLETS[place % 8], f"{shapes[place % 4]}: {place + 12} korban di kampung {OUTLETS[place % 7]}")
        for place in range(-14, 70)
    ]
    return [*calm, *ill]


def config(port: int) -> Config:
    """One agency, eight feeds, one webhook."""
    sources = tuple(
        SourceConfig(id=name, name=f"Kabar {name.title()}", url=f"http://127.0.0.1:{port}/{name}.xml") for name in OUTLETS
    )
    receiver = ReceiverConfig(id="piket", kind="webhook", url=f"http://127.0.0.1:{port}/hook", least="waspada")
    agency = Agency(id="33.99", name="Kabupaten Sagara", aliases=("Pemkab Sagara", "DPRD Sagara", "Sagara"))
    return Config(agencies=(agency,), sources=sources, receivers=(receiver,), duty=Duty(waspada="at-once"))


class Mortal:
    """Counts calls that change something; dies after the given one, as by a power cut."""

    def __init__(self, kill_after: int, names: list[str]) -> None:
        self._left, self._names = kill_after, names

    def point(self, name: str) -> None:
        """A call has ended."""
        self._names.append(name)
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class MortalStore(LocalStore):
    """A store whose process may die after any commit."""

    def __init__(self, folder: str, mortal: Mortal) -> None:
        super().__init__(folder)
        self._mortal = mortal

    def commit(self, writes: Sequence[Write]) -> list[str]:
        revisions = super().commit(writes)
        self._mortal.point(f"commit {writes[0].path.split('/')[0] if writes else 'nothing'}")
        return revisions


class MortalBus(LocalBus):
    """A bus whose process may die after any publish."""

    def __init__(self, folder: str, mortal: Mortal) -> None:
        super().__init__(folder)
        self._mortal = mortal

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        super().publish(topic, messages)
        self._mortal.point(f"publish {topic}")


def live(folder: str, port: int, until: int = len(STEPS), kill_after: int = 0) -> list[str]:
    """Go on where the last life ended, up to a step; names of the points passed."""
    names: list[str] = []
    mortal = Mortal(kill_after, names)
    bus, store = MortalBus(folder, mortal), MortalStore(folder, mortal)
    activate(store, config(port), START)
    settings = read_settings({"KENTONGAN_DATA": folder, "ALLOW_LOOPBACK": "1"})
    done = Path(folder) / "steps"
    with closing(bus), closing(store), Pipeline(Services(settings, bus, store), bus) as pipeline:
        for number in range(int(done.read_text()) if done.exists() else 0, until):
            now = STEPS[number]
            urllib.request.urlopen(f"http://127.0.0.1:{port}/clock/{now}", b"").close()
            pipeline.collect(now)
            pipeline.tick(now)
            done.with_suffix(".new").write_text(str(number + 1))
            done.with_suffix(".new").replace(done)
    return names
