"""Past news through the real pipeline, with event time as the clock: what would Kentongan have said?"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

from shared.config.schema import Config
from shared.indonesian import local
from shared.matching import Matcher
from shared.model import DAY, HOUR, Mention, Round, Seconds
from shared.urls import identity

STEP: Seconds = 900  # mentions are handed over by the quarter of an hour, as a collector would

# Share of a day's news by local hour, in thousandths: Indonesian newsrooms are quiet at night and busiest from 9 to 11 and at 20.
# For rows of which only the day is known; rounded from the hour profile of research on hourly Indonesian media counts.
USUAL_DAY = (13, 9, 8, 7, 9, 19, 31, 44, 56, 62, 62, 58, 54, 54, 56, 56, 54, 50, 50, 60, 62, 54, 39, 23)


class Row(NamedTuple):
    """One line of the file."""

    at: Seconds
    outlet: str
    url: str
    title: str
    body: str


class ReplayError(Exception):
    """The file cannot be read; the message says where and why."""


def read_rows(data: bytes, zone: str) -> list[Row]:
    """Rows of a CSV (perhaps gzipped), in time order; raises ReplayError with the line at fault."""
    try:
        text = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    except (EOFError, OSError, zlib.error) as error:
        raise ReplayError("kompresi gzip rusak atau terpotong") from error
    reader = csv.DictReader(io.StringIO(text.decode("utf-8-sig", "replace"), newline=""))
    missing = {"published_at", "outlet", "url", "title"} - set(reader.fieldnames or ())
    if missing:
        raise ReplayError(f"kolom tidak ada: {', '.join(sorted(missing))}")
    rows: list[Row] = []
    for number, line in enumerate(reader, start=2):
        try:
            at = _time(line["published_at"], line.get("precision") or "minute", line["url"], zone)
        except (ValueError, TypeError) as error:
            raise ReplayError(f"baris {number}: published_at {line['published_at']!r} bukan waktu ISO 8601") from error
        rows.append(Row(at, line["outlet"] or "", line["url"] or "", line["title"] or "", line.get("body") or ""))
    return sorted(rows)


def _time(text: str, precision: str, key: str, zone: str) -> Seconds:
    """Event time in seconds; a day is spread by the usual profile, the same way each time."""
    when = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if precision != "day" and len(text) > 10:
        return int((when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone))).timestamp())
    return within_day(int(when.replace(hour=0, minute=0, second=0, tzinfo=ZoneInfo(zone)).timestamp()), key, zone)


def within_day(at: Seconds, key: str, zone: str) -> Seconds:
    """A moment of the local day of `at` for what bears only a date: by the usual profile, for the same key always the same."""
    midnight = local(at, zone).replace(hour=0, minute=0, second=0)
    share = int.from_bytes(hashlib.sha256(key.encode()).digest()[:6], "big") / 2**48 * sum(USUAL_DAY)
    sums = list(accumulate(USUAL_DAY))
    hour = next(hour for hour, upto in enumerate(sums) if share < upto)
    within = (share - (sums[hour] - USUAL_DAY[hour])) / USUAL_DAY[hour]
    return int((midnight + timedelta(hours=hour)).timestamp() + within * HOUR)


def mentions(rows: Iterable[Row], config: Config, given: tuple[str, ...] = ()) -> Iterator[Mention]:
    """Rows as collect would have published them: those about a watched agency, with the source of the outlet's name.

    `given`: ids of agencies that every row is about, whether it names them or not.
    """
    matcher = Matcher(config.agencies)
    sources = {source.name: source for source in config.sources}
    for row in rows:
        source = sources.get(row.outlet)
        agencies = tuple(dict.fromkeys((*given, *matcher.match(row.title, row.body))))
        if agencies:
            yield Mention(
                id=identity(row.url, f"replay:{row.outlet}:{row.at}:{row.title}"),
                url=row.url,
                title=row.title,
                outlet=row.outlet,
                source=source.id if source else row.outlet,
                published_at=row.at,
                first_seen_at=row.at,
                lead=row.body[:1000],
                kind=source.carries if source else "news",
                agencies=agencies,
            )


class Step(NamedTuple):
    """What reaches the pipeline at one moment."""

    now: Seconds
    mentions: tuple[Mention, ...]
    round: Round | None


def steps(found: Iterable[Mention]) -> Iterator[Step]:
    """Quarters of an hour that have mentions, and every hour's last one, with the round that says the collector was there."""
    waiting: list[Mention] = []
    now: Seconds | None = None
    for mention in found:
        at = mention.published_at - mention.published_at % STEP + STEP
        if now is None:
            now = mention.published_at - mention.published_at % HOUR
        while now < at:
            if waiting or now % HOUR == 0:
                yield Step(now, tuple(waiting), _round(now))
                waiting = []
            now += STEP
        waiting.append(mention)
    if now is not None:
        yield Step(now, tuple(waiting), _round(now))
        for later in range(1, DAY // HOUR + 1):  # a day without news, so that alerts can end
            yield Step(now + later * HOUR, (), _round(now + later * HOUR))


def _round(now: Seconds) -> Round:
    return Round(f"replay-{now}", now, ())
