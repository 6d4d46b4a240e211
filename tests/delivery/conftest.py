"""The deployment of tests/notify, with people who can answer."""

from __future__ import annotations

import pytest

from tests.notify.conftest import deployed, hook
from tests.notify.deployment import Deployment
from tests.receivers.samples import settings

__all__ = ["deployed", "hook"]


@pytest.fixture
def staffed(deployed: Deployment) -> Deployment:
    """The same with a desk, so that notices can be answered."""
    deployed.settings = settings(DESK_URL="https://meja.sagara.example", LINK_KEY="kunci-uji")
    return deployed
