"""The archive, for whoever wants years: each day's mentions as JSON Lines, one file a day. Off by default.

`mentions/<day>.jsonl.gz` holds what arrived in the report's period that ended on that day, one line for each agency that a
mention names, as it counts: with what officers have put right. No texts below headlines, so that it stays small and quotes
little. The same hours give the same bytes. Terraform lays a BigQuery table over the files, with the columns of SCHEMA (a test
compares).
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final, get_type_hints

import msgspec
from msgspec import Struct

from shared.deeds import Kept
from shared.model import Seconds
from shared.ports import Archive, Put, Store
from shared.report.mentions import filed
from shared.report.period import Period
from shared.rulings import corrected, reply, ruled, tone_of
from shared.topics import TOPICS

AGAIN: Final = 1  # days before that are written once more: corrections come after the report
WRITTEN: Final = "archive/written"  # document with the last day up to which there is a file of each day, YYYY-MM-DD


class Row(Struct, frozen=True):
    """One line: a mention, as it counts for one agency. Times are RFC 3339 in UTC."""

    day: str  # on which its period ended, YYYY-MM-DD
    agency: str
    about: bool
    unit: str
    issue: str
    mention: str
    copy_of: str
    kind: str
    outlet: str
    source: str
    title: str
    url: str
    published_at: str
    first_seen_at: str
    tone: str  # toward the agency: negative, neutral, positive
    negative: float  # its probability
    unsure: bool
    topic: str
    corrected: bool
    reply: str
    reach: int


_BIGQUERY: Final[dict[object, str]] = {str: "STRING", bool: "BOOL", float: "FLOAT", int: "INTEGER"}
_SPECIAL: Final = {"day": "DATE", "published_at": "TIMESTAMP", "first_seen_at": "TIMESTAMP"}
SCHEMA: Final = {name: _SPECIAL.get(name) or _BIGQUERY[kind] for name, kind in get_type_hints(Row).items()}  # column -> type

_encode = msgspec.json.Encoder().encode


def keep_up(archive: Archive, store: Store, period: Period, oldest: Seconds) -> None:
    """Write the period's file, the one before it again, and those of all days since the last that was written.

    So mornings that failed leave no gap, however many, as long as their hours are kept. What is written is noted day by day.
    Raises Retryable as store and archive do.
    """
    noted = store.read([WRITTEN])[0]
    last = noted.data.decode() if noted else ""
    missed = (date.fromisoformat(period.date) - date.fromisoformat(last)).days if last else 0
    for days in range(max(AGAIN, missed), -1, -1):
        day = period.days_before(days)
        write(archive, store, day, oldest)
        if day.date > last or last > period.date:  # the latter was noted by a clock that was ahead
            store.commit([Put(WRITTEN, day.date.encode())])


def write(archive: Archive, store: Store, period: Period, oldest: Seconds) -> bool:
    """Write the file of one period; whether there was anything to write: days without mentions have none.

    A day that began before `oldest`, from when on everything is still there, stays as it was written: a part would replace all.
    Only hours that detect has filed are written: the report comes once more at 06.20, when the last one is. Raises Retryable as
    store and archive do.
    """
    return period.start >= oldest and _write_day(archive, store, period)


def name_of(day: str) -> str:
    """Name of a day's file."""
    return f"mentions/{day}.jsonl.gz"


def rows(kept: Kept, day: str) -> Iterator[Row]:
    """A mention's lines, one for each agency that it names."""
    one = ruled(kept)
    fact, mention = one.fact, one.fact.mention
    for subject in fact.subjects:
        tone = subject.toward(tone_of(one))
        yield Row(
            day=day,
            agency=subject.agency,
            about=subject.about,
            unit=subject.unit,
            issue=one.issue,
            mention=mention.id,
            copy_of=one.copy_of,
            kind=mention.kind,
            outlet=mention.outlet,
            source=mention.source,
            title=mention.title,
            url=mention.url,
            published_at=_time(mention.published_at),
            first_seen_at=_time(mention.first_seen_at),
            tone=tone.label,
            negative=round(tone.negative, 4),
            unsure=tone.unsure,
            topic=TOPICS[fact.topic].name if fact.topic in TOPICS else "",
            corrected=corrected(one.marks),
            reply=reply(one.marks),
            reach=mention.reach,
        )


def _write_day(archive: Archive, store: Store, period: Period) -> bool:
    """All lines of a day, compressed while they are read: a large day does not fit into memory as text."""
    content, empty = io.BytesIO(), True
    with gzip.GzipFile(fileobj=content, mode="wb", mtime=0, filename="") as packed:
        for kept in filed(store, period.start, period.end):
            for row in rows(kept, period.date):
                packed.write(_encode(row) + b"\n")
                empty = False
    if not empty:
        archive.put(name_of(period.date), content.getvalue())
    return not empty


def _time(at: Seconds) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
