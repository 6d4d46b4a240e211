"""What tests of many areas start from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.local.store import LocalStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    """An empty store."""
    opened = LocalStore(str(tmp_path))
    yield opened
    opened.close()
