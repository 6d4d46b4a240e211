"""A web of many outlets in a process of its own, each under a loopback address of its own, as slow as the real ones.

Every outlet (127.0.1.1, 127.0.1.2, ...) serves one feed whose items come with the shared clock, with ETag and 304. Some never
answer, some refuse for a while. What was asked is kept as a log, in the order in which it happened.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized
from typing import Any, NamedTuple

from benchmarks.web import Story, feed
from shared.model import Seconds

SIZE = 30  # items of a feed
WAITS: Seconds = 1800  # that an outlet asks for when it refuses
SPREAD = 0.6  # sigma of the latencies' logarithm: one answer in twenty takes 2.7 times the median


class Web(NamedTuple):
    """What the web is like."""

    outlets: int
    latency: float = 0.0  # seconds, median of a log-normal distribution
    hanging: float = 0.0  # share of requests that are never answered
    refusing: int = 0  # outlets, the first ones, that answer 429 with `Retry-After`
    pace: Seconds = 240  # between two items of an outlet
    conditional: bool = True  # whether validators are sent
    seed: int = 1


class Visit(NamedTuple):
    """One request: which outlet, at what time of the shared clock, its answer, and who else was there."""

    outlet: int
    at: Seconds
    status: int  # 0: never answered
    size: int  # bytes of the body
    beside: int  # other requests to the same outlet that were still open


class PolledWeb:
    """Runs the web while it is entered."""

    def __init__(self, web: Web, now: Seconds) -> None:
        context = get_context("fork")
        self._clock: Synchronized[int] = context.Value("q", now)
        self._near, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(web, self._clock, far), daemon=True)
        self._port = 0

    def __enter__(self) -> PolledWeb:
        self._process.start()
        self._port = int(self._near.recv())
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.join()

    def move(self, now: Seconds) -> None:
        """Set the shared clock."""
        self._clock.value = now

    def url(self, outlet: int) -> str:
        """Where an outlet's feed lies."""
        return f"http://127.0.{1 + outlet // 250}.{1 + outlet % 250}:{self._port}/feed"

    def visits(self) -> list[Visit]:
        """All requests since the last call."""
        self._near.send(None)
        return [Visit(*one) for one in self._near.recv()]


def _serve(web: Web, clock: Synchronized[int], near: Connection) -> None:
    asyncio.run(_Server(web, clock, near).run())


class _Server:
    def __init__(self, web: Web, clock: Synchronized[int], near: Connection) -> None:
        self._web, self._clock, self._near = web, clock, near
        self._chance = random.Random(web.seed)
        self._log: list[tuple[int, int, int, int, int]] = []
        self._open: dict[int, int] = {}

    async def run(self) -> None:
        """Serve until the process is ended."""
        server = await asyncio.start_server(self._talk, "0.0.0.0", 0, backlog=512)  # noqa: S104 - reached by loopback addresses
        self._near.send(server.sockets[0].getsockname()[1])
        asyncio.get_running_loop().add_reader(self._near.fileno(), self._report)
        await server.serve_forever()

    def _report(self) -> None:
        self._near.recv()
        self._near.send(self._log)
        self._log = []

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """All requests of one connection."""
        third, fourth = map(int, writer.get_extra_info("sockname")[0].split(".")[2:])
        outlet = (third - 1) * 250 + fourth - 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self._answer(outlet, head.decode("latin-1").lower(), reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has left
        finally:
            writer.close()

    async def _answer(self, outlet: int, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        beside = self._open.get(outlet, 0)
        self._open[outlet] = beside + 1
        now = self._clock.value
        try:
            if self._chance.random() < self._web.hanging:
                self._log.append((outlet, now, 0, 0, beside))
                await reader.read(1)  # until the client gives up
                raise ConnectionError
            if self._web.latency:
                await asyncio.sleep(self._web.latency * self._chance.lognormvariate(0, SPREAD))
        finally:
            self._open[outlet] -= 1
        status, body, fields = self._page(outlet, head, now)
        self._log.append((outlet, now, status, len(body), beside))
        lines = [f"HTTP/1.1 {status} x", f"Content-Length: {len(body)}", *fields, "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        await writer.drain()

    def _page(self, outlet: int, head: str, now: Seconds) -> tuple[int, bytes, Sequence[str]]:
        if outlet < self._web.refusing:
            return 429, b"", [f"Retry-After: {WAITS}"]
        last = (now - outlet * 7) // self._web.pace  # number of the newest item
        tag = f'"{outlet}-{last}"'
        if self._web.conditional and f"if-none-match: {tag}" in head:
            return 304, b"", [f"ETag: {tag}"]
        fields = [f"ETag: {tag}"] if self._web.conditional else []
        return 200, feed(self._story(outlet, number) for number in range(last, last - SIZE, -1)), fields

    def _story(self, outlet: int, number: int) -> Story:
        title = f"Warga Sagara melaporkan jalan rusak nomor {number} kepada media {outlet}"
        lead = "Jalan rusak dan gelap, kata mereka, sejak hujan besar di hulu pekan lalu. " * 4
        return Story(title, lead, f"https://media-{outlet}.example/berita/{number}", number * self._web.pace + outlet * 7)


def polite(visits: Sequence[Visit], every: Seconds) -> list[str]:
    """What in a log breaks the limits of politeness; each as a sentence. Empty where all is well."""
    broken = [f"{visit.outlet} was asked twice at once" for visit in visits if visit.beside]
    last: dict[int, Any] = {}
    for visit in visits:
        before = last.get(visit.outlet)
        least = WAITS if before and before.status == 429 else every - 30
        if before and visit.at - before.at < least:
            broken.append(f"{visit.outlet} was asked again after {visit.at - before.at} s")
        last[visit.outlet] = visit
    return broken
