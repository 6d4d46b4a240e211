"""A cold start: the state from its snapshot, the keys of the hours that it remembers, and the segments that came after.

What these decide has not been told: the writer tells nothing before a snapshot holds it. So a program that folds them otherwise
than the one before it did contradicts nobody, and what it decides is told like anything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from msgspec.structs import replace

from shared.config.active import Active, load_version, require_active
from shared.config.schema import Config
from shared.detect.effects import Effects
from shared.detect.fold import fold
from shared.detect.garbage import nothing_collected
from shared.detect.state import State
from shared.detect.storing import log
from shared.detect.storing.hours import FinishedHour, Revised, unpack_keys
from shared.detect.storing.keys import Keys, read
from shared.detect.storing.packed import Packed
from shared.facts import says
from shared.model import DAY, Seconds, Transition
from shared.ports import Retryable, Store, scanned

PAGE = 100  # documents of one query
COUNTED: Seconds = 2 * DAY  # older deeds are counted in drafts


@dataclass
class Loaded:
    """A state with its place in the log."""

    state: State
    header: log.Header
    revision: str | None  # of the header's document; None while there is none
    active: Active
    parts: dict[str, bytes]  # as the last snapshot holds them
    packed: Packed = field(default_factory=Packed)
    effects: list[Effects] = field(default_factory=list)  # of the segments after the snapshot
    decided: list[Transition] = field(default_factory=list)  # to be told once a snapshot holds it
    finished: list[FinishedHour] = field(default_factory=list)  # hours that no document holds yet
    revised: list[Revised] = field(default_factory=list)  # tones that no hour's document has yet
    keys: Keys = field(default_factory=Keys)
    said: bool = False  # a person has said or done something that perhaps no view shows yet
    uncounted: bool = False  # or put right what perhaps no draft of a report counts yet
    approved: set[str] = field(default_factory=set)  # ids of approvals that have been followed
    stale: list[str] = field(default_factory=list)  # paths that a snapshot left behind because it was cut short


@nothing_collected()
def load(store: Store, shard: str) -> Loaded:
    """The state as the store has it; raises Retryable while there is no configuration."""
    active = require_active(store)
    [document] = store.read([log.header_path(shard)])
    if document is None:
        return Loaded(State(), log.Header(epoch=1), None, active, {})
    header = log.unpack_header(document.data)
    parts, stale = _read_parts(store, shard, header)
    packed = Packed()
    state = State.unpack(parts, packed)
    keys = _read_keys(store, shard, state)
    loaded = Loaded(
        state,
        replace(header, epoch=header.epoch + 1),
        document.revision,
        active,
        parts,
        packed,
        keys=keys,
        stale=stale,
    )
    _fold_rest(store, shard, header, loaded)
    loaded.uncounted = any(at >= state.clock - COUNTED for at in state.deeds.done.values())
    return loaded


def _read_parts(store: Store, shard: str, header: log.Header) -> tuple[dict[str, bytes], list[str]]:
    """The parts that the header names, and the paths of all others: nobody names them ever again."""
    found = {name: document.data for name, document in scanned(store, "snapshots", *log.snapshot_names(shard), PAGE)}
    missing = sorted(part for part, name in header.parts.items() if name not in found)
    if missing:  # another writer has just taken a snapshot
        raise Retryable(f"parts of the snapshot are gone: {', '.join(missing)}")
    stale = sorted(found.keys() - set(header.parts.values()))
    return {part: found[name] for part, name in sorted(header.parts.items())}, [f"snapshots/{name}" for name in stale]


def _read_keys(store: Store, shard: str, state: State) -> Keys:
    """The mentions of finished hours first, then those that the snapshot itself holds: the order in which they came.

    Hours that were not over at the time of the snapshot may have keys already, if a later snapshot was cut short: their mentions
    are still to be folded.
    """
    keys, blocks = read(store, shard, state.hour)
    for block in blocks:
        if block.hour >= state.keys_from:
            state.remember(block.hour, *unpack_keys(block.data))
    state.remember_kept()
    return keys


def _fold_rest(store: Store, shard: str, header: log.Header, loaded: Loaded) -> None:
    configs: dict[int, Config] = {loaded.active.version: loaded.active.config}
    start, end = log.segment_name(shard, 0), log.segment_name(shard, header.seq + 1)
    first = log.segment_name(shard, header.applied + 1)
    for name, document in scanned(store, "log", start, end, PAGE):
        if name < first:
            loaded.stale.append(f"log/{name}")
            continue
        segment = log.unpack_segment(document.data)
        if segment.config_version not in configs:
            configs[segment.config_version] = load_version(store, segment.config_version)
        effects = fold(loaded.state, segment, configs[segment.config_version])
        loaded.said |= says(segment.facts)
        loaded.effects.append(effects)
        loaded.decided.extend(effects.transitions)
        loaded.finished.extend(effects.finished)
        loaded.revised.extend(effects.revised)
