"""Asks many sources at once, politely: each host by one at a time, and all within the run's budget."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Final
from urllib.parse import urlsplit

from shared.collect.cursors import Cursor
from shared.config.schema import SourceConfig
from shared.http import SECONDS, Client
from shared.logs import log
from shared.model import Seconds
from shared.sources import SOURCES
from shared.sources.contract import Fetched, Question, SourceError

AT_ONCE: Final = 96  # threads that mostly wait: of 200 sources, those that do not answer are all waited for in the same seconds
BUDGET_SECONDS: Final = 16.0  # of wall time for asking; what is not reached stays due

Outcome = Fetched | SourceError


class Asking:
    """One round of asking; its threads write what they learn into one table."""

    def __init__(self, client: Client, secrets: Mapping[str, str], now: Seconds, elapsed: Callable[[], float]) -> None:
        """`secrets`: keys of sources by the names that they are configured under; `elapsed` is a clock in seconds."""
        self._client = client
        self._secrets = secrets
        self._now = now
        self._elapsed = elapsed
        self._ends_at = elapsed() + BUDGET_SECONDS
        self._outcomes: dict[str, Outcome] = {}
        self._lock = threading.Lock()

    def ask(self, due: Sequence[SourceConfig], cursors: Mapping[str, Cursor]) -> dict[str, Outcome]:
        """What came of each source, by id; who is missing was not reached in time. `due` is in the order of urgency."""
        lanes = _by_host(due)
        pool = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="collect")
        try:
            futures = {pool.submit(self._lane, lane, cursors): lane for lane in lanes}
            done, _ = wait(futures, timeout=max(0.0, self._ends_at - self._elapsed()) + 1.0)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # a thread may still wait for a name server
        self._note_defects(done, futures)
        with self._lock:
            return dict(self._outcomes)

    def _lane(self, lane: Sequence[SourceConfig], cursors: Mapping[str, Cursor]) -> None:
        """The sources of one host, one after the other, until the time is over."""
        for source in lane:
            left = self._ends_at - self._elapsed()
            if left <= 0:
                return
            mark = cursors[source.id].mark if source.id in cursors else ""
            question = Question(source, mark, self._now, min(SECONDS, left), self._secrets.get(source.secret, ""))
            try:
                outcome: Outcome = SOURCES[source.kind](self._client, question)
            except SourceError as error:
                outcome = error
                if self._elapsed() >= self._ends_at:
                    return  # not the source's fault: it had no fair time
            with self._lock:
                self._outcomes[source.id] = outcome

    def _note_defects(self, done: Iterable[Future[None]], lanes: Mapping[Future[None], Sequence[SourceConfig]]) -> None:
        """A defect of ours that one source laid bare must not harm the others: it becomes that source's problem."""
        for future in done:
            if (defect := future.exception()) is not None:
                source = next(source for source in lanes[future] if source.id not in self._outcomes)
                log("ERROR", "connector failed", source=source.id, error=f"{type(defect).__name__}: {defect}")
                self._outcomes[source.id] = SourceError(f"Isi sumber ini membuat pembaca gagal ({type(defect).__name__})")


def _by_host(due: Sequence[SourceConfig]) -> list[list[SourceConfig]]:
    """The sources in lanes, one a host, order kept."""
    lanes: dict[str, list[SourceConfig]] = {}
    for source in due:
        lanes.setdefault(urlsplit(source.url).netloc.lower(), []).append(source)
    return list(lanes.values())
