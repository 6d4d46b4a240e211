"""What is kept while the past is asked for."""

from __future__ import annotations

from pathlib import Path

from shared.backfill.asking import Standing, finish, standing
from shared.local.store import LocalStore


def test_one_agencys_end_leaves_those_alone_whose_id_begins_alike(tmp_path: Path) -> None:
    store = LocalStore(str(tmp_path))
    finish(store, "sagara-kota", Standing(finished_at=5))
    finish(store, "sagara", Standing(finished_at=6))
    assert (standing(store, "sagara-kota").finished_at, standing(store, "sagara").finished_at) == (5, 6)
    store.close()
