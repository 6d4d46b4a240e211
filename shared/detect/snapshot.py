"""Snapshots: packed parts of the state that changed, the hours that ended, and the end of the segments that they cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from shared.batches import batches
from shared.detect.garbage import nothing_collected
from shared.detect.load import Loaded
from shared.detect.storing import log
from shared.detect.storing.hours import hour_writes, revised_hour, revised_writes
from shared.ports import LARGEST_COMMIT, Delete, Put, Store, Write

MOST_WRITES = 400  # of one commit


@nothing_collected()
def take_snapshot(store: Store, shard: str, loaded: Loaded, views: Iterable[Write]) -> None:
    """Write a snapshot of the loaded state, and with it the views that say what it says; what was decided since the last one is
    in the outbox from then on.

    New documents have new names and count only from the moment the header names them: a crash on the way leaves the old snapshot
    and its segments in force. Each commit until then goes with the header, under the condition that no other writer has replaced
    it: a writer that stalls between two must not lay its hours and views over those of the one that took over.
    """
    header, keys_from = loaded.header, loaded.state.keys_from
    parts = loaded.state.pack(loaded.packed)
    dirty = {part: data for part, data in parts.items() if loaded.parts.get(part) != data}
    names, puts, deletes = log.snapshot_writes(shard, header, dirty)
    deletes += [Delete(f"snapshots/{names.pop(part)}") for part in sorted(set(names) - set(parts))]
    deletes += [Delete(f"log/{log.segment_name(shard, seq)}") for seq in range(header.applied + 1, header.seq + 1)]
    kept = {f"snapshots/{name}" for name in names.values()}  # a snapshot that was cut short may have had the names of this one
    deletes += [Delete(path) for path in loaded.stale if path not in kept]
    keys, outdated = loaded.keys.writes(shard, loaded.finished, keys_from)
    puts += _hours(store, shard, loaded)
    outbox = header.outbox + tuple(log.Outgoing(one.id, (one,)) for one in loaded.decided)
    header = replace(header, applied=header.seq, parts=names, outbox=outbox)
    path, present = log.header_path(shard), log.pack_header(loaded.header)
    last = Put(path, log.pack_header(header))
    named = False
    for chunk in chunks([*puts, *keys, *views, last, *deletes, *outdated], len(present)):
        if named:
            store.commit(chunk)
            continue
        named = last in chunk
        others = [write for write in chunk if write is not last]
        fence = Put(path, last.data if named else present, expect=loaded.revision)
        loaded.revision = store.commit([*others, fence])[-1]
    loaded.header, loaded.parts = header, parts
    loaded.decided, loaded.finished, loaded.revised, loaded.stale = [], [], [], []


def _hours(store: Store, shard: str, loaded: Loaded) -> list[Put]:
    """Documents of hours that ended, and of earlier ones in which a tone has changed."""
    ended = {hour.hour for hour in loaded.finished}
    writes = [put for hour in loaded.finished for put in hour_writes(shard, revised_hour(hour, loaded.revised))]
    return writes + revised_writes(store, shard, [one for one in loaded.revised if one.hour not in ended])


def chunks(writes: Sequence[Write], beside: int) -> Iterator[list[Write]]:
    """Writes in order, in commits that a request can hold, with so many bytes beside them."""
    heaviest = LARGEST_COMMIT - beside
    return batches(writes, lambda write: 200 + (len(write.data) if isinstance(write, Put) else 0), heaviest, MOST_WRITES)
