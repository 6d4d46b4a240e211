"""Hours of a simulated day through the real stages, and what they used.

Every stage runs as in the cloud, one after the other: its processor time is measured and multiplied by SLOWDOWN, its waiting is
simulated. Two requests that an instance would have worked on at the same time are billed here one after the other.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import Final, NamedTuple

from shared import classify, collect, detect, notify, report
from shared.config.active import activate
from shared.config.schema import Agency, Config, ReceiverConfig, SourceConfig, Tier
from shared.dashboard.app import create_app
from shared.detect.writer import Writer
from shared.guard.counting import CountingStore
from shared.guard.tally import Tally
from shared.messages import CONSUMERS
from shared.meter import stories
from shared.meter.backend import MeteredBus, MeteredStore
from shared.meter.feeds import Story
from shared.meter.sizes import GRAIN_S, LOG_BYTES, SIZES, SLOWDOWN
from shared.meter.tone import Recorded
from shared.meter.usage import Usage, less, total
from shared.meter.web import ITEMS, SimulatedClient
from shared.model import DAY, HOUR, Seconds
from shared.settings import read_settings
from shared.wiring import Services

START: Final[Seconds] = 1_795_046_400  # a Thursday, 00.00 UTC
ROUND: Final[Seconds] = 300
TICK: Final[Seconds] = 900
ROUNDS: Final = DAY // ROUND
FORGETS: Final = 10  # every so many messages classify starts afresh, with an empty cache: SIZES say how often that is
KEY: Final = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"


class Plan(NamedTuple):
    """The day that is asked about."""

    mentions: int  # a day
    agencies: int = 10
    sources: int = 200
    retention_days: int = 30


class Simulation:
    """A deployment and its internet; `used` grows with every call."""

    def __init__(self, plan: Plan, folder: str) -> None:
        """Start in an empty folder, with feeds that are known already."""
        self.store, self.bus, self.tone = MeteredStore(folder), MeteredBus(folder), Recorded()
        self.used: Usage = {}
        self.now = START
        self._plan = plan
        self._news = stories.invented(1, plan.agencies, plan.sources)
        self._config = _config(plan)
        settings = replace(read_settings({}), data=folder, secrets={"METER": KEY}, base_url="https://dasbor.example")
        tally = Tally()  # as in the cloud: the guard costs a little, too
        store = CountingStore(self.store, tally)
        self._services = Services(settings, self.bus, store, tally)
        self._client = SimulatedClient(
            [_host(number) for number in range(plan.sources)], max(ITEMS, plan.mentions // plan.sources // 40)
        )
        self._writer = Writer(store, self.bus, tally=tally)
        self._judged = 0
        activate(self.store, self._config, START)
        self._warm_up()

    def close(self) -> None:
        """Give the files back."""
        self._client.close()
        self.store.close()
        self.bus.close()

    def hours(self, number: int, share: float) -> None:
        """So many hours with a share (0 to 1) of the planned mentions, evenly spread."""
        for _ in range(number * HOUR // ROUND):
            self.now += ROUND
            at = self.now // ROUND
            mentions = self._plan.mentions * share
            self._publish(int(mentions * (at + 1) / ROUNDS) - int(mentions * at / ROUNDS))
            self.round()
            if self.now % TICK == 0:
                with self._work("detect"):
                    detect.tick(self._writer, self.now)
                self._deliver()

    def round(self) -> None:
        """One round of collect and all that follows."""
        self._client.now = self.now
        with self._work("collect"):
            collect.run(self._services, self._config, self.now, client=self._client)
        self._deliver()

    def morning(self) -> None:
        """The daily report."""
        with self._work("report"):
            report.run(self._services, self.now)

    def page(self) -> None:
        """Somebody opens the overview, whose views no cache has."""
        app = create_app(self._services, lambda: self.now, cache_seconds=0)
        with app.test_client() as browser:
            browser.get("/")  # templates are read once an instance
            with self._work("dashboard"):
                size = len(browser.get("/", headers={"Accept-Encoding": "gzip"}).data)
        self.used = total([self.used, {"egress_bytes": size}])

    def _warm_up(self) -> None:
        """Feeds show a few items that concern nobody, at the pace of the day; a round takes them in."""
        gap = max(1, DAY * self._plan.sources // max(1, self._plan.mentions))
        for number in range(self._plan.sources):
            for place in range(8, 0, -1):
                at = START - place * gap
                self._client.publish(_host(number), Story(f"Cuaca cerah {place}", "", f"https://{_host(number)}/0/{place}", at))
        self.round()
        self.used = {}

    def _publish(self, number: int) -> None:
        for place, text in enumerate(islice(self._news, number)):
            at = self.now - ROUND * (number - place) // (number + 1)
            address = f"https://{_host(text.outlet)}/berita/{self.now}{place:04}/{_slug(text)}"
            self._client.publish(_host(text.outlet), Story(text.title, text.lead, address, at))

    def _deliver(self) -> None:
        self.bus.deliver({topic: self._timed(stage) for topic, stage in CONSUMERS.items()}, now=self.now)

    def _timed(self, stage: str) -> Callable[[bytes], None]:
        handle = self._handlers()[stage]

        def timed(data: bytes) -> None:
            with self._work(stage):
                handle(data)

        return timed

    def _handlers(self) -> Mapping[str, Callable[[bytes], None]]:
        return {
            "classify": self._judge,
            "detect": lambda data: detect.handle(data, self._writer, self.now),
            "notify": lambda data: notify.handle(data, self._services, self._config, self._client, lambda: self.now),
        }

    def _judge(self, data: bytes) -> None:
        self._judged += 1
        if self._judged % FORGETS == 0:
            self.tone.forget()
        classify.handle(data, self.bus, self.tone, now=self.now)

    @contextmanager
    def _work(self, stage: str) -> Iterator[None]:
        """One request of a stage: what it used goes into `used`."""
        before = self._counted()
        waited, cpu = self.store.seconds + self.bus.seconds, time.process_time()
        yield
        cpu = time.process_time() - cpu
        traffic, size = self._client.settle(), SIZES[stage]
        waited = self.store.seconds + self.bus.seconds - waited + traffic.seconds
        seconds = math.ceil((waited + cpu * SLOWDOWN / size.cpu) / GRAIN_S) * GRAIN_S
        spent = {"vcpu_s": seconds * size.cpu, "gib_s": seconds * size.gib, "requests": 1.0}
        spent |= {f"{name}.{stage}": amount for name, amount in spent.items()}
        spent |= {"egress_bytes": float(traffic.sent_bytes), "log_bytes": float(LOG_BYTES)}
        self.used = total([self.used, spent, less(self._counted(), before)])

    def _counted(self) -> Usage:
        texts = {"texts": float(self.tone.worked_out)}
        return {**self.store.counted(), **self.bus.counted(), **texts}


def _slug(text: stories.News) -> str:
    """The end of an address: nine of ten real ones spell the headline out (tried on 25,000 of two collections)."""
    return "-".join(text.title.lower().split()) if text.outlet % 10 else "halaman"


def _host(number: int) -> str:
    return f"s{number:03}.example"


def _config(plan: Plan) -> Config:
    return Config(
        agencies=tuple(_agency(number) for number in range(plan.agencies)),
        sources=tuple(_source(number) for number in range(plan.sources)),
        receivers=tuple(_receiver(number) for number in range(plan.agencies)),
        retention_days=plan.retention_days,
    )


def _agency(number: int) -> Agency:
    place = stories.place(number)
    aliases = tuple(f"{office} {place}" for office in stories.OFFICES)
    return Agency(id=stories.agency(number), name=f"Kabupaten {place}", aliases=aliases)


def _source(number: int) -> SourceConfig:
    tier: Tier = "regional" if number % 4 else "national"
    return SourceConfig(id=f"s{number:03}", name=stories.outlet(number), url=f"https://{_host(number)}/rss", tier=tier)


def _receiver(number: int) -> ReceiverConfig:
    agency = stories.agency(number)
    url = f"https://terima-{number}.example/"
    return ReceiverConfig(id=f"humas-{number}", kind="webhook", url=url, secret="METER", agencies=(agency,), least="waspada")  # noqa: S106
