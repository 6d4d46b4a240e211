"""A deployment with one receiver that listens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.notify.deployment import Deployment
from tests.receivers.sink import Sink, sink


@pytest.fixture
def hook() -> Iterator[Sink]:
    with sink() as running:
        yield running


@pytest.fixture
def deployed(tmp_path: Path, hook: Sink) -> Iterator[Deployment]:
    it = Deployment(tmp_path, hook)
    yield it
    it.client.close()
    it.kept.close()
    it.bus.close()
