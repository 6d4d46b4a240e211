"""Snapshots: packed parts of the state that changed, the hours that ended, and the end of the segments that they cover."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from shared.detect import log
from shared.detect.hours import hour_name, hour_writes
from shared.detect.load import Loaded, digest
from shared.model import HOUR
from shared.ports import LARGEST_COMMIT, Delete, Put, Store, Write

MOST_WRITES = 400  # of one commit


def take_snapshot(store: Store, shard: str, loaded: Loaded) -> None:
    """Write a snapshot of the loaded state.

    New documents have new names and count only from the moment the header names them: a crash on the way leaves the old snapshot
    and its segments in force. The header is replaced under the condition that no other writer has replaced it.
    """
    parts = loaded.state.pack()
    dirty = {part: data for part, data in parts.items() if digest(data) != loaded.digests.get(part)}
    header = loaded.header
    names, puts, deletes = log.snapshot_writes(shard, header, dirty)
    deletes += [Delete(f"snapshots/{names.pop(part)}") for part in sorted(set(names) - set(parts))]
    deletes += [Delete(f"log/{log.segment_name(shard, seq)}") for seq in range(header.applied + 1, header.seq + 1)]
    deletes += [Delete(f"keys/{hour_name(shard, hour)}") for hour in _outlived(header, loaded)]
    for hour in loaded.finished:
        puts += hour_writes(shard, hour)
    header = replace(header, applied=header.seq, parts=names, keys_from=loaded.state.keys_from)
    last: Put = Put(log.header_path(shard), log.pack_header(header), expect=loaded.revision)
    *before, final = chunks([*puts, last, *deletes])
    for chunk in before:
        revisions = store.commit(chunk)
        if last in chunk:
            loaded.revision = revisions[chunk.index(last)]
    revisions = store.commit(final)
    if last in final:
        loaded.revision = revisions[final.index(last)]
    loaded.header, loaded.finished = header, []
    loaded.digests = {part: digest(data) for part, data in parts.items()}


def _outlived(header: log.Header, loaded: Loaded) -> range:
    """Hours whose keys no rule needs any more."""
    return range(header.keys_from or loaded.state.keys_from, loaded.state.keys_from, HOUR)


def chunks(writes: Sequence[Write]) -> Iterator[list[Write]]:
    """Writes in order, in commits that a request can hold."""
    chunk: list[Write] = []
    size = 0
    for write in writes:
        weight = len(write.data) + 200 if isinstance(write, Put) else 200
        if chunk and (size + weight > LARGEST_COMMIT or len(chunk) >= MOST_WRITES):
            yield chunk
            chunk, size = [], 0
        chunk.append(write)
        size += weight
    if chunk:
        yield chunk
