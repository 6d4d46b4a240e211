"""Removal of what has expired, inside the free writes and deletes of a day.

Texts go with the retention (30 days unless configured): the hours' mentions, and all that a page of an idle issue quotes.
What officers need for credit points and audits stays for 24 months: reports with their counts, and the card of each issue.
Of configurations, each a document, the last hundred stay, and all with which detect's log has still to be replayed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from msgspec.structs import replace

from shared.model import DAY, Seconds
from shared.ports import Delete, Document, Permanent, Put, Store, Write
from shared.report.record import INDEX
from shared.views import IssueView, pack, unpack

SHARD: Final = "0"
DELETED_AT_ONCE: Final = 20  # documents of at most 1 MB that are in memory together
MOST_DELETES: Final = 6_000  # of a collection in a run: far inside the 20,000 free deletes of a day
MOST_CARDS: Final = 2_000  # pages of issues that a run cuts down to their card: these are writes
KEPT: Final[Seconds] = 730 * DAY
KEPT_VERSIONS: Final = 100  # of the configuration: to look up what held

Found = list[tuple[str, Document]]
Act = Callable[[str, Document], Write]


def expire(store: Store, retention_days: int, now: Seconds) -> int:
    """Delete or cut down what is too old: how many documents. A run is bounded; the next one goes on.

    Raises Retryable as the store does.
    """
    cutoff = f"{SHARD}-{max(0, now - retention_days * DAY):010d}"
    oldest = datetime.fromtimestamp(max(0, now - KEPT), UTC).date().isoformat()
    months = f"{INDEX.partition('/')[2]}-"
    return (
        _go(store, lambda most: store.scan("hours", f"{SHARD}-{0:010d}", cutoff, most), _gone("hours"), MOST_DELETES)
        + _go(store, lambda most: store.due("issues", now, most), _card_only(now), MOST_CARDS)
        + _go(store, lambda most: store.scan("reports", "", oldest, most), _gone("reports"), MOST_DELETES)
        + _go(store, lambda most: store.scan("reports", "month-", f"month-{oldest[:7]}", most), _gone("reports"), MOST_DELETES)
        + _go(store, lambda most: store.scan("reports", "week-", f"week-{oldest}", most), _gone("reports"), MOST_DELETES)
        + _go(store, lambda most: store.scan("views", months, f"{months}{oldest[:7]}", most), _gone("views"), MOST_DELETES)
    )


def expire_versions(store: Store, version: int) -> int:
    """Delete configurations that are long superseded by this version: how many. No read while there are few."""
    until = version - KEPT_VERSIONS
    if until < 1:
        return 0
    from shared.detect.storing.log import unpack_segment  # brings along all of detect: only where there is much to delete

    for _, document in store.scan("log", f"{SHARD}-", f"{SHARD}.", 1):  # the oldest segment; versions grow along the log
        until = min(until, unpack_segment(document.data).config_version - 1)
    start, end = f"{1:08d}", f"{until + 1:08d}"
    return _go(store, lambda most: store.scan("config", start, end, most), _gone("config"), MOST_DELETES) if until > 0 else 0


def _go(store: Store, find: Callable[[int], Found], act: Act, most: int) -> int:
    """Do it to what `find` finds, a few at a time; what is done must not be found again."""
    done = 0
    while done < most:
        found = find(DELETED_AT_ONCE)
        if found:
            store.commit([act(name, document) for name, document in found])
        done += len(found)
        if len(found) < DELETED_AT_ONCE:
            break
    return done


def _gone(collection: str) -> Act:
    return lambda name, _: Delete(f"{collection}/{name}")


def _card_only(now: Seconds) -> Act:
    """An issue's page without a word from any text; one that has none left is deleted, and so is one that nobody can read."""

    def act(name: str, document: Document) -> Write:
        path = f"issues/{name}"
        try:
            view = unpack(document, IssueView)
        except Permanent:
            return Delete(path)
        until = view.card.last_at + KEPT if view else 0
        if view is None or view.merged_into or until <= now:
            return Delete(path)
        return Put(path, pack(bare(view)), due_at=until)

    return act


def bare(view: IssueView) -> IssueView:
    """The page's card, counts and changes, without items, quotes and sentences from them."""
    changes = tuple(replace(one, items=()) for one in view.transitions)
    return replace(
        view,
        transitions=changes,
        items=(),
        hours=(),
        summary=None,
        speakers=(),
        quotes=(),
        factchecks=(),
        response=None,
        affected=(),
    )
