"""Pages of the dashboard on the embedded store: time of the server and its processor, bytes as sent, documents read."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Sequence
from typing import Final

from shared import report
from shared.config.active import activate
from shared.dashboard import create_app
from shared.deeds import Kept
from shared.detect.storing.hours import FinishedHour, hour_writes
from shared.local.store import LocalStore
from shared.model import HOUR
from shared.settings import read_settings
from shared.wiring import Services
from tests.dashboard import samples, worked
from tests.detect.facts import CONFIG, judged

ROUNDS: Final = 60  # requests a page
MENTIONS: Final = 100  # an hour
PAGES: Final = {
    "overview": "/",
    "issue": f"/isu/{samples.POISONING}",
    "alerts": "/peringatan",
    "sources": "/sumber",
    "search": "/cari?q=tidak-ada-yang-cocok",  # so that it reads all that it may
    "complaints": "/aspirasi",
    "about": "/tentang",
    "report": "/laporan/2026-11-25",
    "desk": f"/meja/{worked.link()}",
    "desk_issue": f"/meja/{worked.link()}/isu/{samples.POISONING}",
    "desk_queue": f"/meja/{worked.link()}/tinjau",
    "desk_letter": f"/meja/{worked.link()}/isu/{samples.POISONING}/surat/klarifikasi",
}


class NoBus:
    """The dashboard publishes nothing."""

    def publish(self, topic: str, messages: Sequence[bytes]) -> None:
        """Fail."""
        raise AssertionError(topic)


def run() -> dict[str, float]:
    """Per page: processor time, p50 and p95 in ms without the cache of views, compressed bytes, and reads."""
    with tempfile.TemporaryDirectory() as folder:
        store = LocalStore(folder)
        samples.fill(store)
        issue = worked.worked(samples.issue(items=samples.items(200)))
        store.commit(samples.puts({"views/desk": worked.desk(), f"issues/{samples.POISONING}": issue}))
        activate(store, CONFIG, samples.NOW)
        _fill_hours(store)
        services = Services(read_settings(worked.environ()), NoBus(), store)
        report.run(services, samples.NOW)
        figures = _measure(services, store)
        store.close()
    return figures


def _fill_hours(store: LocalStore) -> None:
    """Three days for search to look through, a hundred mentions an hour."""
    hour = samples.NOW - samples.NOW % HOUR
    for back in range(1, 73):
        at = hour - back * HOUR
        kept = tuple(Kept(judged(f"Kabar nomor {n} dari Sagara", at + n), samples.POISONING, "") for n in range(MENTIONS))
        store.commit(hour_writes("0", FinishedHour(at, kept)))


def _measure(services: Services, store: LocalStore) -> dict[str, float]:
    """Ask every page ROUNDS times, the first time apart: it compiles the template."""
    client = create_app(services, lambda: samples.NOW, cache_seconds=0).test_client()
    figures: dict[str, float] = {}
    for name, path in PAGES.items():
        first = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert first.status_code == 200, first.status
        reads, spent, busy = store.used.reads, [], time.process_time()
        for _ in range(ROUNDS):
            started = time.perf_counter()
            client.get(path, headers={"Accept-Encoding": "gzip"})
            spent.append(1000 * (time.perf_counter() - started))
        figures[f"{name} cpu ms"] = round(1000 * (time.process_time() - busy) / ROUNDS, 2)  # whatever else the computer does
        figures[f"{name} p50 ms"] = round(statistics.median(spent), 2)
        figures[f"{name} p95 ms"] = round(statistics.quantiles(spent, n=20)[-1], 2)
        figures[f"{name} bytes"] = len(first.data)
        figures[f"{name} reads"] = (store.used.reads - reads) / ROUNDS
    return figures
