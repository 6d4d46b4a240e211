"""Writes the summaries of weeks and months that are over."""

from __future__ import annotations

from typing import Final

import msgspec

from shared.ports import ABSENT, Put, Store
from shared.report.record import Report
from shared.report.span import Kind, dates, last_end, together
from shared.views import unpack

KINDS: Final[tuple[Kind, ...]] = ("week", "month")


def write_spans(store: Store, day: str) -> list[str]:
    """Write the summaries of the week and the month that ended last before the report of this day; the paths written.

    A summary is written where there is none, and anew on its last day where a report has changed. Raises Conflict and Retryable.
    """
    return [path for kind in KINDS if (path := _write(store, kind, day))]


def _write(store: Store, kind: Kind, day: str) -> str:
    end = last_end(kind, day)
    name, key, days = dates(kind, end)
    path = f"reports/{name}"
    before, *documents = store.read([path, *(f"reports/{one}" for one in days)])
    reports = [report for document in documents if (report := unpack(document, Report))]
    if not reports or (before and end != day):
        return ""
    data = msgspec.json.encode(together(kind, key, reports, len(days)))
    if before and before.data == data:
        return ""
    store.commit([Put(path, data, expect=before.revision if before else ABSENT)])
    return path
