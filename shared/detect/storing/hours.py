"""Hour documents: the mentions that arrived in an hour, packed for search and report, and the keys that keep copies out.

`hours/<shard>-<hour>-<part>` holds at most 900 kB of packed mentions, without their fingerprints. These are in
`keys/...`, with the ids and what else `copies` needs to recognise republished texts for three days, see keys.py.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from shared.copies import Entry, pack_entries, unpack_entries
from shared.deeds import Kept, Marks
from shared.detect.storing.columns import pack_hour, pack_kept, unpack_kept
from shared.model import Seconds, Tone
from shared.ports import Put, Store
from shared.rulings import laid

MOST_PARTS = 99  # of an hour
MOST_KEYS = 8000  # mentions of one block of keys: about 105 bytes a headline, up to 300 a long text


class Revised(Struct, frozen=True, array_like=True):
    """A better tone of a mention whose hour of arrival is over, or what officers have put right about it."""

    hour: Seconds
    mention: str
    tone: Tone | None = None
    marks: Marks | None = None


class FinishedHour(Struct, frozen=True, array_like=True):
    """An hour of arrival that is over."""

    hour: Seconds
    kept: tuple[Kept, ...]


class Keys(Struct, frozen=True, array_like=True):
    """What is needed to recognise an hour's mentions again."""

    seen: tuple[int, ...]  # 64-bit ids, as numbers
    issues: tuple[str, ...]  # of the same mentions; empty where a mention is about nobody
    entries: bytes


_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_decode_keys = msgspec.msgpack.Decoder(Keys).decode


def hour_name(shard: str, hour: Seconds) -> str:
    """Start of the names of an hour's documents; names sort by time."""
    return f"{shard}-{hour:010d}"


def hour_of(name: str) -> Seconds:
    """The hour of a document by its name."""
    return int(name.split("-")[1])


def entry_of(kept: Kept) -> Entry | None:
    """What `copies` must know to recognise this mention's text; None for a mention that is about nobody."""
    if not kept.issue:
        return None
    mention = kept.fact.mention
    return Entry(mention.id, mention.happened_at, kept.copy_of or None, kept.fact.fingerprint)


def pack_keys(kept: Sequence[Kept]) -> bytes:
    """Bytes of the keys of some of an hour's mentions."""
    seen = tuple(int(one.fact.mention.id, 16) for one in kept)
    entries = [entry for entry in map(entry_of, kept) if entry is not None]
    return zlib.compress(_encode(Keys(seen, tuple(one.issue for one in kept), pack_entries(entries))), 1)


def unpack_keys(data: bytes) -> tuple[tuple[int, ...], tuple[str, ...], list[Entry]]:
    """Ids, issues and copy entries from their bytes."""
    keys = _decode_keys(zlib.decompress(data))
    return keys.seen, keys.issues, unpack_entries(keys.entries)


def hour_writes(shard: str, finished: FinishedHour) -> list[Put]:
    """The mentions of a finished hour. The same hour gives the same documents, so that writing them again is harmless."""
    name, kept = hour_name(shard, finished.hour), [_lasting(one) for one in finished.kept]
    return [Put(f"hours/{name}-{number:02d}", data) for number, data in enumerate(pack_hour(kept))]


def _lasting(kept: Kept) -> Kept:
    """A mention without what only serves to find its copies, a quarter of the room it takes; its texts say what that was."""
    return replace(kept, fact=replace(kept.fact, fingerprint=b""))


def revised_hour(finished: FinishedHour, revised: Sequence[Revised]) -> FinishedHour:
    """A finished hour that is not written yet, with better tones and the marks of officers."""
    changes = _changes(revised, finished.hour)
    return FinishedHour(finished.hour, tuple(_revised(kept, changes) for kept in finished.kept)) if changes else finished


def revised_writes(store: Store, shard: str, revised: Sequence[Revised]) -> list[Put]:
    """The documents of hours that are written, revised. Writing them again is harmless; those that are gone stay so."""
    puts = []
    for hour in sorted({one.hour for one in revised}):
        changes, name = _changes(revised, hour), hour_name(shard, hour)
        for path, document in store.scan("hours", name, f"{name}.", MOST_PARTS):
            before = [_lasting(kept) for kept in unpack_kept(document.data)]
            after = [_revised(kept, changes) for kept in before]
            if after != before:
                puts.append(Put(f"hours/{path}", pack_kept(after)))
    return puts


def revised_kept(kept: Kept, hour: Seconds, revised: Sequence[Revised]) -> Kept:
    """A mention that arrived in this hour, with what is to be revised in its document."""
    return _revised(kept, _changes([one for one in revised if one.mention == kept.fact.mention.id], hour))


def _changes(revised: Iterable[Revised], hour: Seconds) -> dict[str, list[Revised]]:
    """By mention, what is to be revised in an hour's documents, in order."""
    changes: dict[str, list[Revised]] = {}
    for one in revised:
        if one.hour == hour:
            changes.setdefault(one.mention, []).append(one)
    return changes


def _revised(kept: Kept, changes: Mapping[str, Sequence[Revised]]) -> Kept:
    for one in changes.get(kept.fact.mention.id, ()):
        fact = replace(kept.fact, tone=one.tone) if one.tone else kept.fact
        kept = replace(kept, fact=fact, marks=laid(kept.marks, one.marks or {}))
    return kept
