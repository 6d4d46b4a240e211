"""Asks for the past of one agency, a day at a time, and keeps each day as soon as it is whole: what stops it ends nothing.

Documents: `backfill/<agency>` is what is known of the whole, `backfill/<agency>-<day>` the headlines of one day, taken out at the
end. Days are those of UTC. Google's begin a few hours off, so one more is asked for before the first; what comes twice is one.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

import msgspec
from msgspec import Struct

from shared.config.defaults import searched, shortest
from shared.config.schema import Agency, Config, SourceConfig
from shared.http import SECONDS, Client
from shared.model import DAY, HOUR, Seconds
from shared.ports import Delete, Put, Retryable, Store, Write
from shared.sources import SOURCES
from shared.sources.contract import Fetched, Found, Question, SourceError
from shared.sources.googlenews import PHRASES, ask_about
from shared.urls import digest, identity

KIND: Final = "google-news"
TRIES: Final = 2  # of one request
SETTLED: Final[Seconds] = 6 * HOUR  # after its end, until a day that was asked for stays as it is
MOST_KEPT: Final = 400  # days of unfinished runs that are cleared away at once
FULL: Final = 100  # articles that one answer has at most


class Headline(Struct, frozen=True, array_like=True):
    """An article of the past."""

    id: str  # as mentions have it
    title: str
    outlet: str
    at: Seconds


class Day(Struct, frozen=True, array_like=True):
    """A day that was asked for with all phrases."""

    query: str  # stands for the phrases
    asked_at: Seconds
    full: bool  # an answer was as long as answers get: there was more
    headlines: tuple[Headline, ...]


class Standing(Struct, frozen=True, array_like=True):
    """How far the past of an agency is known."""

    finished_at: Seconds = 0  # 0 while it is not
    days: int = 0
    headlines: int = 0
    negative: int = 0
    not_before: Seconds = 0  # we were told to wait


class Interrupted(Exception):
    """It stops here for now; the message says why, in Indonesian."""

    def __init__(self, reason: str, done: int, days: int) -> None:
        super().__init__(reason)
        self.done, self.days = done, days


def source_for(agency: Agency, config: Config) -> SourceConfig:
    """The source that is asked: the configured one for its address, with all names of the agency to search for."""
    url = next((source.url for source in config.sources if source.kind == KIND and source.url), SOURCES[KIND].url)
    names = shortest(searched(msgspec.to_builtins(agency)))
    return SourceConfig(id=KIND, name="Google News", kind=KIND, url=url, query=tuple(names))


def standing(store: Store, agency: str) -> Standing:
    """How far it is."""
    [document] = store.read([f"backfill/{agency}"])
    return msgspec.msgpack.decode(document.data, type=Standing) if document else Standing()


def headlines(
    client: Client, store: Store, agency: str, source: SourceConfig, days: int, now: Seconds, show: Callable[[int, int], None]
) -> tuple[list[Headline], int]:
    """All headlines of the last `days` days, each once, by time; and how many days had more than Google tells.

    `show` gets the days that are known and all. Raises Interrupted where Google does not answer, or wants to be left alone.
    """
    before = standing(store, agency)
    wanted = list(_days(now - days * DAY, now))
    if before.not_before > now:
        raise Interrupted("Google News masih minta jeda", 0, len(wanted))
    query = digest(source.url, *source.query)
    documents = store.read([_path(agency, day) for day in wanted])
    known = {
        day: found
        for day, document in zip(wanted, documents, strict=True)
        if document and _holds(found := _unpack(document.data), day, query, now)
    }
    for day in wanted:
        if day not in known:
            show(len(known), len(wanted))
            try:
                known[day] = Day(query, now, *_asked(client, source, day, now))
            except SourceError as error:
                if error.wait:
                    store.commit([Put(f"backfill/{agency}", _encode(Standing(not_before=now + error.wait)))])
                raise Interrupted(str(error), len(known), len(wanted)) from error
            store.commit([Put(_path(agency, day), zlib.compress(_encode(known[day]), 6))])
    once = {one.id: one for day in wanted for one in known[day].headlines if now - days * DAY <= one.at < now}
    return sorted(once.values(), key=lambda one: (one.at, one.id)), sum(known[day].full for day in wanted)


def finish(store: Store, agency: str, standing: Standing) -> None:
    """Note that everything was sent, and forget the days."""
    day = re.compile(re.escape(agency) + r"-\d{4}-\d\d-\d\d")  # ids of agencies may have a hyphen, too
    days = [name for name, _ in store.scan("backfill", f"{agency}-", f"{agency}.", MOST_KEPT) if day.fullmatch(name)]
    writes: list[Write] = [Put(f"backfill/{agency}", _encode(standing))]
    store.commit(writes + [Delete(f"backfill/{name}") for name in days])


def _asked(client: Client, source: SourceConfig, day: date, now: Seconds) -> tuple[bool, tuple[Headline, ...]]:
    """Whether there was more than was told, and the headlines of a day, from as many searches as the phrases take."""
    found: list[Found] = []
    full = False
    for turn in range(-(-len(source.query) // PHRASES)):
        items = _try(client, Question(source, str(turn), now, SECONDS), day).items
        full = full or len(items) >= FULL
        found += items
    return full, tuple(_headlines(found))


def _try(client: Client, question: Question, day: date) -> Fetched:
    """One search, tried again where the network failed; an answer that refuses is taken at its word."""
    for left in reversed(range(TRIES)):
        try:
            return ask_about(client, question, day)
        except SourceError:
            raise
        except Retryable as error:
            if not left:
                raise SourceError(str(error)) from error
    raise AssertionError


def _headlines(found: Iterable[Found]) -> Iterator[Headline]:
    """What has an address and a date."""
    for item in found:
        if item.link and item.published_at > 0:
            id = identity(item.link, KIND, item.title, str(item.published_at))
            yield Headline(id, item.title, item.outlet, item.published_at)


def _days(start: Seconds, end: Seconds) -> Sequence[date]:
    """The days from the one before `start` to the one in which `end` lies."""
    first, last = (datetime.fromtimestamp(at, UTC).date() for at in (start, end))
    return [first + timedelta(days=number) for number in range(-1, (last - first).days + 1)]


def _holds(day: Day, date: date, query: str, now: Seconds) -> bool:
    """Whether a day need not be asked for again."""
    over = int(datetime(date.year, date.month, date.day, tzinfo=UTC).timestamp()) + DAY + SETTLED
    return day.query == query and (day.asked_at >= over or now - day.asked_at < SETTLED)


def _path(agency: str, day: date) -> str:
    return f"backfill/{agency}-{day}"


def _unpack(data: bytes) -> Day:
    return msgspec.msgpack.decode(zlib.decompress(data), type=Day)


_encode = msgspec.msgpack.Encoder().encode
