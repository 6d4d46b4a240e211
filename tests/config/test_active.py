"""The configuration that holds, in a real SQLite store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from shared.config.active import activate, load_active, load_version, require_active
from shared.config.schema import Agency, Config
from shared.local.store import LocalStore
from shared.ports import Conflict, Document, Permanent, Put, Retryable

FIRST = Config(agencies=(Agency(id="33.99", name="Kabupaten Sagara"),))
SECOND = Config(agencies=FIRST.agencies, retention_days=60)


def test_at_first_there_is_none(store: LocalStore) -> None:
    assert load_active(store) is None


def test_who_needs_one_waits_until_there_is_one(store: LocalStore) -> None:
    with pytest.raises(Retryable, match="config push"):
        require_active(store)
    activate(store, FIRST, 100)
    assert require_active(store).config == FIRST


def test_versions_count_up_and_old_ones_stay(store: LocalStore) -> None:
    assert activate(store, FIRST, 100).version == 1
    assert activate(store, SECOND, 200).version == 2
    active = load_active(store)
    assert active is not None
    assert (active.version, active.since, active.config) == (2, 200, SECOND)
    assert load_version(store, 1) == FIRST


def test_the_same_again_makes_no_version(store: LocalStore) -> None:
    activate(store, FIRST, 100)
    again = activate(store, FIRST, 200)
    assert (again.version, again.since) == (1, 100)


def test_going_back_is_a_new_version(store: LocalStore) -> None:
    for now, config in ((100, FIRST), (200, SECOND), (300, FIRST)):
        activate(store, config, now)
    active = load_active(store)
    assert active is not None
    assert (active.version, active.since, active.config) == (3, 300, FIRST)


@pytest.mark.parametrize("before", [None, FIRST])
def test_of_two_at_the_same_time_one_loses(store: LocalStore, tmp_path: Path, before: Config | None) -> None:
    if before:
        activate(store, before, 50)

    class Slow(LocalStore):
        """Reads, then waits until somebody else has written."""

        def read(self, paths: Sequence[str]) -> list[Document | None]:
            found = super().read(paths)
            if "config/active" in paths:
                activate(store, SECOND, 100)
            return found

    slow = Slow(str(tmp_path))
    with pytest.raises(Conflict):
        activate(slow, Config(agencies=FIRST.agencies, contact="humas@sagara.example"), 101)
    slow.close()
    active = load_active(store)
    assert active is not None
    assert active.config == SECOND


def test_a_missing_version_is_said(store: LocalStore) -> None:
    with pytest.raises(Permanent, match="00000007"):
        load_version(store, 7)


@pytest.mark.parametrize(
    ("path", "data"), [("config/active", b"{}"), ("config/active", b"\xff"), ("config/00000001", b'{"agencies": 1}')]
)
def test_what_cannot_be_understood_is_said(store: LocalStore, path: str, data: bytes) -> None:
    activate(store, FIRST, 100)
    store.commit([Put(path, data)])
    with pytest.raises(Permanent, match="cannot be understood"):
        load_active(store)


def test_loading_takes_two_reads(store: LocalStore) -> None:
    activate(store, FIRST, 100)
    before = store.used.reads
    load_active(store)
    assert store.used.reads - before == 2
