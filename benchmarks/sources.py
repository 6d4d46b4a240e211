"""What a round of 200 sources costs: its time with slow outlets, whether all keep their interval, and what conditional GET saves.

    python -m benchmarks sources

A simulated hour of twelve rounds against outlets with a median of 0.7 s, of which one request in twenty is never answered; a
round against outlets with 0.1 s; twenty rounds with and without validators. All real HTTP on loopback. Network wait is billed:
`vcpu_s_at_half` is half of the time that a round takes where the processor is half as fast.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from benchmarks.alone import alone
from benchmarks.polled import PolledWeb, Visit, Web, polite
from shared.collect import SLACK
from shared.collect import run as collect
from shared.config.schema import Agency, Config, SourceConfig
from shared.http import Client
from shared.local.store import LocalStore
from shared.messages import Collected, decode, open_as
from shared.model import Round, Seconds
from shared.settings import read_settings
from shared.wiring import Services

SOURCES: Final = 200
EVERY: Final[Seconds] = 300
START: Final[Seconds] = 1_795_000_200
SAGARA: Final = Agency(id="33.99", name="Kabupaten Sagara", aliases=("Sagara",))


@dataclass
class Kept:
    """A bus that keeps what was published."""

    mentions: Counter[str] = field(default_factory=Counter)  # by id

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        """Count the mentions."""
        for message in messages:
            self.mentions.update(one.id for one in open_as(decode(message), Collected).mentions)


@dataclass
class Collector:
    """Rounds against a web, one after the other, and what they cost."""

    web: PolledWeb
    services: Services
    config: Config
    client: Client
    bus: Kept
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)

    def go(self, number: int) -> None:
        """Round by round at their interval."""
        for _ in range(number):
            now = START + len(self.rounds) * EVERY
            self.web.move(now)
            wall, cpu = time.perf_counter(), time.process_time()
            self.rounds.append(collect(self.services, self.config, now, client=self.client))
            self.wall.append(time.perf_counter() - wall)
            self.cpu.append(time.process_time() - cpu)

    def overdue(self) -> int:
        """How often a source was asked more than a round later than it was due."""
        due: dict[str, Seconds] = {}
        late = 0
        for one in self.rounds:
            for checked in one.checked:
                late += one.at - due.get(checked.source, one.at) > EVERY + SLACK
                due[checked.source] = checked.next_at
        end = self.rounds[-1].at
        return late + sum(end - at > EVERY + SLACK for at in due.values())


@contextmanager
def collector(web: Web) -> Iterator[Collector]:
    """A collector with an empty store."""
    with tempfile.TemporaryDirectory() as folder, PolledWeb(web, START) as polled:
        sources = tuple(SourceConfig(id=f"s{n:03}", name=f"Media {n}", url=polled.url(n)) for n in range(web.outlets))
        bus, store = Kept(), LocalStore(folder)
        services = Services(read_settings({"KENTONGAN_DATA": folder}), bus, store)
        with Client("Kentongan/0.1 (benchmark)", allow_loopback=True) as client:
            yield Collector(polled, services, Config(agencies=(SAGARA,), sources=sources), client, bus)
        store.close()


def hour() -> dict[str, float]:
    """Twelve rounds with slow outlets; limits are asserted from the server's log."""
    with collector(Web(SOURCES, latency=0.7, hanging=0.05)) as one:
        one.go(12)
        _check(one.web.visits())
        return {
            "slow_round_s": max(one.wall),
            "slow_round_vcpu_s_at_half": max(0.5 * (wall + cpu) for wall, cpu in zip(one.wall, one.cpu, strict=True)),
            "slow_round_cpu_s": max(one.cpu),
            "slow_waiting_most": max(round.waiting for round in one.rounds),
            "slow_overdue_asks": one.overdue(),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def quick() -> dict[str, float]:
    """One round, all sources for the first time, on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with collector(Web(SOURCES, latency=0.1)) as one:
        one.go(1)
        return {"quick_round_s": one.wall[0], "quick_round_asked": len(one.rounds[0].checked)}


def many(conditional: bool) -> dict[str, float]:
    """Twenty rounds: requests and bytes a round, and what was sent twice."""
    with collector(Web(SOURCES, refusing=10, pace=1200, conditional=conditional)) as one:
        one.go(20)
        visits = one.web.visits()
        _check(visits)
        name = "conditional" if conditional else "unconditional"
        return {
            f"{name}_requests_per_round": len(visits) / 20,
            f"{name}_bytes_per_round": sum(visit.size for visit in visits) / 20,
            f"{name}_sent_twice": sum(count - 1 for count in one.bus.mentions.values()),
        }


def _check(visits: Sequence[Visit]) -> None:
    if broken := polite(visits, EVERY):
        raise AssertionError("; ".join(broken[:5]))


def run() -> dict[str, float]:
    """All of it."""
    return alone(hour) | alone(quick) | alone(many, True) | alone(many, False)


if __name__ == "__main__":
    for name, value in run().items():
        sys.stdout.write(f"{name} {value:,.2f}\n")
