"""Opens the pages whose lead detect wants (`views/wanted`): the strongest items of issues at waspada or above.

It works beside the asking of sources, in the same time and as politely. What came of a page goes out as a fact, also when nothing
came. `views/wanted` is a mailbox: detect writes it anew at a tick, and who has opened pages takes them out after publishing. So a
crash in between opens a page twice, which changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Final

from msgspec.structs import replace

from shared.http import SECONDS, AddressError, Client, FetchError, Response
from shared.logs import log
from shared.model import Mention, Reading, Seconds
from shared.ports import Conflict, Document, Put, Store
from shared.privacy import mask
from shared.sources.article import lead_of
from shared.urls import canonical
from shared.views import Page, Wanted, pack, unpack

PATH: Final = "views/wanted"
MOST_PAGES: Final = 16  # of one round
AT_ONCE: Final = 4
BUDGET_SECONDS: Final = 14.0  # of wall time, beside the sources
_PATIENT: Final = frozenset((408, 421, 425, 429))  # refusals that pass, as do all of 500 and above


class Opening:
    """The pages that one round opens; made before the sources are asked, finished after."""

    def __init__(
        self, client: Client, store: Store, document: Document | None, now: Seconds, elapsed: Callable[[], float]
    ) -> None:
        """Start with what is wanted, the document at PATH; `elapsed` is a clock in seconds."""
        self._document, self._wanted = document, _pages(document)
        self._client, self._store, self._now, self._elapsed = client, store, now, elapsed
        self._ends_at = elapsed() + BUDGET_SECONDS
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pages") if self._wanted else None
        self._futures: dict[Future[Reading | None], Page] = {}
        if self._pool:
            self._futures = {self._pool.submit(self._read, page): page for page in self._wanted[:MOST_PAGES]}
        self.readings: list[Reading] = []

    def finish(self) -> tuple[Reading, ...]:
        """What came of the pages that were reached, in the order in which they were wanted."""
        if self._pool:
            self.readings = self._gather(self._pool, self._futures)
        return tuple(self.readings)

    def fill(self, mentions: Sequence[Mention], sources: Collection[str]) -> list[Mention]:
        """The same mentions; news of these sources that came without a lead get it from their pages, as far as time allows."""
        bare = [one for one in mentions if one.source in sources and one.kind == "news" and one.url and not one.lead]
        if not bare:
            return list(mentions)
        pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pages")
        futures = {pool.submit(self._read, Page(one.id, one.url, 0)): Page(one.id, one.url, 0) for one in bare[:MOST_PAGES]}
        leads = {one.mention: one.lead for one in self._gather(pool, futures)}
        return [replace(one, lead=leads.get(one.id, one.lead)) for one in mentions]

    def forget(self) -> None:
        """Take what was opened out of the mailbox, once its facts are published; unless detect has just written it anew."""
        if not self.readings or self._document is None:
            return
        opened = {reading.mention for reading in self.readings}
        rest = tuple(page for page in self._wanted if page.mention not in opened)
        with suppress(Conflict):
            self._store.commit([Put(PATH, pack(Wanted(self._now, rest)), expect=self._document.revision)])

    def _gather(self, pool: ThreadPoolExecutor, futures: Mapping[Future[Reading | None], Page]) -> list[Reading]:
        """What is there when the time is over."""
        done, _ = wait(futures, timeout=max(0.0, self._ends_at - self._elapsed()) + 1.0)
        pool.shutdown(wait=False, cancel_futures=True)
        return [one for future, page in futures.items() if future in done and (one := self._result(future, page))]

    def _read(self, page: Page) -> Reading | None:
        left = self._ends_at - self._elapsed()
        return read_page(self._client, page, self._now, min(SECONDS, left)) if left > 0 else None

    def _result(self, future: Future[Reading | None], page: Page) -> Reading | None:
        """A page that lays a defect of ours bare has no lead; the others are unharmed."""
        if (defect := future.exception()) is not None:
            log("ERROR", "page could not be read", url=page.url, error=f"{type(defect).__name__}: {defect}")
            return Reading(page.mention, self._now)
        return future.result()


def read_page(client: Client, page: Page, now: Seconds, seconds: float) -> Reading:
    """What came of opening a page within so many seconds, if its site's robots.txt lets us."""
    try:
        response = client.page(page.url, page.url.startswith("http://"), seconds)
    except AddressError:
        return Reading(page.mention, now)
    except FetchError:
        return Reading(page.mention, now, again=True)
    if response.status != 200:
        return Reading(page.mention, now, again=response.status >= 500 or response.status in _PATIENT)
    lead = mask(_lead(response))
    moved = response.url if lead and canonical(response.url) != canonical(page.url) else ""
    return Reading(page.mention, now, lead, moved)


def _lead(response: Response) -> str:
    kind = response.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    return lead_of(response.body) if kind in ("text/html", "application/xhtml+xml") else ""


def _pages(document: Document | None) -> Sequence[Page]:
    wanted = unpack(document, Wanted)
    return wanted.pages if wanted else ()
