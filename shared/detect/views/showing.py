"""What officers did is shown at once: the views that changed, right after the commit, without a snapshot.

Fenced like every commit: each write goes with the header, under the condition that no other writer has replaced it. A process
that dies before leaves the deeds in segments that no snapshot holds; whoever loads them, for a request or a tick, shows them.
"""

from __future__ import annotations

from collections.abc import Iterable

from shared.detect.load import Loaded
from shared.detect.snapshot import chunks
from shared.detect.storing import log
from shared.ports import Put, Store, Write


def show(store: Store, shard: str, loaded: Loaded, views: Iterable[Write]) -> None:
    """Write the views. Raises Conflict where another writer has taken over, Retryable as the store does."""
    header = log.pack_header(loaded.header)
    for chunk in chunks(list(views), len(header)):
        loaded.revision = store.commit([Put(log.header_path(shard), header, expect=loaded.revision), *chunk])[0]
