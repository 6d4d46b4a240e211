"""From simulated hours to a day of any size: a fixed part, and a part for each mention.

Three hours are simulated instead of twenty-four: a quiet one and two at the day's rate. What the first uses comes again every
hour; what the last uses beyond it belongs to its mentions; the one between fills an empty deployment, and is closed in the last.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from shared.detect.load import load
from shared.gcp.packing import shrink
from shared.meter.day import Plan, Simulation
from shared.meter.sizes import DOCUMENT_BYTES, IMAGE_BYTES, IMAGES, JOBS, SECRET_VERSIONS, SIZES, SLOWDOWN, VIEWS
from shared.meter.starting import cold_starts, start_seconds
from shared.meter.tone import live_seconds
from shared.meter.usage import Usage, less, times, total
from shared.tone import load as load_encoder

HOURS: Final = 24
REMEMBERED: Final = 4  # days that ids, fingerprints and quiet issues are kept
TEXTS: Final = 2_000  # live
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a disk that others use would take most of the time
EXPIRING: Final = ("hours", "issues", "keys")  # collections of which a day's documents are deleted each day


class Measured(NamedTuple):
    """Use a day: what comes in any case, and what each mention adds."""

    plan: Plan
    fixed: Usage
    each: Usage

    def day(self, mentions: float) -> Usage:
        """A day of so many mentions."""
        return total([self.fixed, times(self.each, mentions)])


class _Stored(NamedTuple):
    documents: Usage  # by collection
    size: Usage


def measure(plan: Plan, texts: int = TEXTS) -> Measured:
    """Simulate; takes about 20 s of processor time, most of it for the live texts."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        simulation = Simulation(plan, folder)
        quiet = _hours(simulation, 0.0)
        _hours(simulation, 1.0)
        before, known = _stored(folder), _mentions(simulation)
        busy = less(_hours(simulation, 1.0), quiet)
        after, mentions = _stored(folder), max(1, _mentions(simulation) - known)
        morning, page = _once(simulation, simulation.morning), _once(simulation, simulation.page)
        simulation.close()
    seconds = {stage: start_seconds(stage) for stage in SIZES}
    each = times(busy, 1 / mentions)
    tone = each.pop("texts", 0.0) * live_seconds(load_encoder(), texts) * SLOWDOWN
    each = total([each, _judging(tone), _kept(before, after, mentions, plan)])
    there = {"jobs": float(JOBS), "secret_versions": float(SECRET_VERSIONS), "image_bytes": float(IMAGES * IMAGE_BYTES)}
    fixed = total([times(quiet, HOURS), morning, times(page, VIEWS * plan.agencies), there])
    return Measured(plan, total([fixed, cold_starts(fixed, seconds)]), total([each, cold_starts(each, seconds)]))


def _hours(simulation: Simulation, share: float) -> Usage:
    simulation.hours(1, share)
    used, simulation.used = simulation.used, {}
    return used


def _once(simulation: Simulation, act: Callable[[], None]) -> Usage:
    act()
    used, simulation.used = simulation.used, {}
    return used


def _mentions(simulation: Simulation) -> int:
    return load(simulation.store, "0").state.totals.mentions


def _judging(seconds: float) -> Usage:
    """Processor seconds of the model, as classify is given them."""
    vcpu = seconds * SIZES["classify"].cpu
    return {"vcpu_s": vcpu, "vcpu_s.classify": vcpu, "gib_s": seconds * SIZES["classify"].gib}


def _kept(before: _Stored, after: _Stored, mentions: int, plan: Plan) -> Usage:
    """What a mention leaves in the database in the long run, and the deletes that keep it there."""
    days = {"hours": plan.retention_days, "issues": plan.retention_days, "keys": REMEMBERED, "snapshots": REMEMBERED}
    documents, size = less(after.documents, before.documents), less(after.size, before.size)
    stored = sum((size[name] + DOCUMENT_BYTES * documents[name]) * days.get(name, 1) for name in size)
    return {"stored_bytes": stored / mentions, "deletes": sum(documents.get(name, 0.0) for name in EXPIRING) / mentions}


def _stored(folder: str) -> _Stored:
    """What would lie in Firestore, by collection."""
    with closing(sqlite3.connect(Path(folder) / "kentongan.db")) as sql:
        sql.create_function("stored", 1, lambda data: len(shrink(data)), deterministic=True)
        rows = sql.execute("SELECT collection, count(*), sum(stored(data)) FROM documents GROUP BY collection").fetchall()
    return _Stored({name: count for name, count, _ in rows}, {name: size for name, _, size in rows})
