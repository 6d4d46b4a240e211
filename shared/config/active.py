"""The configuration that holds now: kept in the store with a version, changed without a new deployment.

Documents: `config/active` says which version holds and since when; `config/<version, 8 digits>` is one whole configuration and
never changes. A change takes effect at the next round or tick, which loads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec
from msgspec import Struct

from shared.config.schema import Config
from shared.model import Seconds
from shared.ports import ABSENT, Document, Permanent, Put, Retryable, Store

POINTER: Final = "config/active"


@dataclass(frozen=True, slots=True)
class Active:
    """A configuration, its version (1 for the first), and since when it holds."""

    version: int
    since: Seconds
    config: Config


class _Pointer(Struct, frozen=True):
    version: int
    since: Seconds


def load_active(store: Store) -> Active | None:
    """The configuration that holds, or None if there was never one. Two reads; Permanent if it cannot be understood."""
    document = store.read([POINTER])[0]
    if document is None:
        return None
    pointer = _pointer(document)
    return Active(pointer.version, pointer.since, load_version(store, pointer.version))


def require_active(store: Store) -> Active:
    """The configuration that holds; raises Retryable while there was never one."""
    active = load_active(store)
    if active is None:
        raise Retryable("no configuration yet: run `./kentongan config push`")
    return active


def refreshed(store: Store, active: Active) -> Active:
    """The configuration that holds now: one read where it is the same still."""
    document = store.read([POINTER])[0]
    return active if document is not None and _pointer(document).version == active.version else require_active(store)


def load_version(store: Store, version: int) -> Config:
    """One version, as it was pushed. One read; raises Permanent if it is missing or cannot be understood."""
    path = _path(version)
    document = store.read([path])[0]
    if document is None:
        raise Permanent(f"configuration {version} is missing: there is no document {path}")
    try:
        return msgspec.json.decode(document.data, type=Config)
    except msgspec.MsgspecError as error:
        raise Permanent(f"configuration {version} cannot be understood: {error}") from error


def activate(store: Store, config: Config, now: Seconds) -> Active:
    """Let this configuration hold from now on, as the next version; the same one again changes nothing.

    Raises Conflict if somebody else activated one at the same time: nothing was changed then.
    """
    data = msgspec.json.encode(config)
    document = store.read([POINTER])[0]
    pointer = _pointer(document) if document else _Pointer(0, now)
    if document:
        current = store.read([_path(pointer.version)])[0]
        if current and current.data == data:
            return Active(pointer.version, pointer.since, config)
    following = _Pointer(pointer.version + 1, now)
    store.commit(
        [
            Put(_path(following.version), data),
            Put(POINTER, msgspec.json.encode(following), expect=document.revision if document else ABSENT),
        ]
    )
    return Active(following.version, now, config)


def _path(version: int) -> str:
    return f"config/{version:08d}"


def _pointer(document: Document) -> _Pointer:
    try:
        return msgspec.json.decode(document.data, type=_Pointer)
    except msgspec.MsgspecError as error:
        raise Permanent(f"{POINTER} cannot be understood: {error}") from error
