"""The configuration that holds now: kept in the store with a version, changed without a new deployment.

Documents: `config/active` says which version holds and since when; `config/<version, 8 digits>` is one whole configuration and
never changes; what is long superseded is deleted (`report.expiry`). A change takes effect at the next round or tick, which loads
it. Officers' small changes through desk stand beside the pointer, and lie on top of what was pushed: that is kept in
`config/pushed` while there are any.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import msgspec
from msgspec import Struct

from shared.config.changes import Change, holding
from shared.config.schema import Config
from shared.deeds import Configured
from shared.model import USUAL_ZONE, Seconds
from shared.ports import ABSENT, Conflict, Document, Permanent, Put, Retryable, Store, blameless

POINTER: Final = "config/active"
PUSHED: Final = "config/pushed"
TRIES: Final = 5  # against others who activate configurations at the same time


@dataclass(frozen=True, slots=True)
class Active:
    """A configuration, its version (1 for the first), and since when it holds."""

    version: int
    since: Seconds
    config: Config
    changes: tuple[Change, ...] = ()  # through desk: those that hold are in the configuration


class _Pointer(Struct, frozen=True):
    version: int
    since: Seconds
    changes: tuple[Change, ...] = ()


def load_active(store: Store) -> Active | None:
    """The configuration that holds, or None if there was never one. Two reads; Permanent if it cannot be understood."""
    document = store.read([POINTER])[0]
    if document is None:
        return None
    pointer = _pointer(document)
    return Active(pointer.version, pointer.since, load_version(store, pointer.version), pointer.changes)


def require_active(store: Store) -> Active:
    """The configuration that holds; raises Retryable until somebody has pushed one that can be understood."""
    with blameless():
        active = load_active(store)
    if active is None:
        raise Retryable("no configuration yet: run `./kentongan config push`")
    return active


def zone_of(store: Store) -> str:
    """The zone of the configuration that holds, else the usual one. Reads as `load_active` does."""
    active = load_active(store)
    return active.config.zone if active else USUAL_ZONE


def refreshed(store: Store, active: Active) -> Active:
    """The configuration that holds now: one read where it is the same still."""
    document = store.read([POINTER])[0]
    if document is None or (pointer := _pointer(document)).version != active.version:
        return require_active(store)
    return replace(active, changes=pointer.changes)


def load_version(store: Store, version: int) -> Config:
    """One version, as it was pushed. One read; raises Permanent if it is missing or cannot be understood."""
    return _config(store, _path(version))


def activate(store: Store, config: Config, now: Seconds) -> Active:
    """Let this configuration hold from now on, officers' changes on top, as the next version; the same again changes nothing.

    Changes that it contains already, or leaves no place for, hold no more, the latter until a file does again (`Change.status`).
    Raises Conflict if somebody else activated one at the same time: nothing was changed then.
    """
    document = store.read([POINTER])[0]
    changes = _pointer(document).changes if document else ()
    if any(one.status in ("holds", "unfit") for one in changes):
        from shared.config.amending import rebased  # the rules: only where there is something to judge

        changes = rebased(config, changes, now)
    return _hold(store, document, config, changes, now)


def amend(store: Store, deed: Configured, now: Seconds) -> tuple[Active, str]:
    """Apply what an officer changed through desk, or say why not (Indonesian; empty: it holds). The same again changes nothing.

    Raises Conflict if others activated configurations again and again at the same time: nothing was changed then.
    """
    from shared.config.amending import amended

    for left in reversed(range(TRIES)):
        document = store.read([POINTER])[0]
        if document is None:
            break
        pointer = _pointer(document)
        base = _config(store, PUSHED if holding(pointer.changes) else _path(pointer.version))
        changes, problem = amended(base, pointer.changes, deed, now)
        try:
            return _hold(store, document, base, changes, now), problem
        except Conflict:
            if not left:
                raise
    raise Retryable("no configuration yet: run `./kentongan config push`")


def _hold(store: Store, document: Document | None, base: Config, changes: tuple[Change, ...], now: Seconds) -> Active:
    """Let a configuration with these changes hold, unless it does already; one commit, fenced by the pointer."""
    config = base
    if holding(changes):
        from shared.config.amending import overlaid

        config = overlaid(base, changes)
    pointer = _pointer(document) if document else _Pointer(0, now)
    kept, current = store.read([PUSHED, _path(pointer.version)]) if document else (None, None)
    data, pushed = msgspec.json.encode(config), msgspec.json.encode(base)
    writes = []
    if holding(changes) and (kept is None or kept.data != pushed):
        writes.append(Put(PUSHED, pushed))
    following = _Pointer(pointer.version, pointer.since, changes)
    if current is None or current.data != data:
        following = _Pointer(pointer.version + 1, now, changes)
        writes.append(Put(_path(following.version), data))
    if writes or following != pointer:
        expect = document.revision if document else ABSENT
        store.commit([*writes, Put(POINTER, msgspec.json.encode(following), expect=expect)])
    return Active(following.version, following.since, config, changes)


def _config(store: Store, path: str) -> Config:
    document = store.read([path])[0]
    if document is None:
        raise Permanent(f"the configuration is missing: there is no document {path}")
    try:
        return msgspec.json.decode(document.data, type=Config)
    except msgspec.MsgspecError as error:
        raise Permanent(f"the configuration {path} cannot be understood: {error}") from error


def _path(version: int) -> str:
    return f"config/{version:08d}"


def _pointer(document: Document) -> _Pointer:
    try:
        return msgspec.json.decode(document.data, type=_Pointer)
    except msgspec.MsgspecError as error:
        raise Permanent(f"{POINTER} cannot be understood: {error}") from error
