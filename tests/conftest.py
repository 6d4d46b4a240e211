"""What tests of many areas start from."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from shared.local.store import LocalStore

# How long an example takes says nothing about the program: what is slow is measured by `make bench`.
settings.register_profile("untimed", settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("untimed")

# Coverage follows the processes of the test runner, not those that tests start: they would take twice as long.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)

# Where a script starts the tests in the background, the shell lets them ignore Ctrl-C, and what they start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

LONG = {"test_crash.py", "test_demo.py", "test_replay.py", "test_stack.py", "test_terraform.py"}  # a minute or so each


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files come first: a process that began one in the end would work alone."""
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    """An empty store."""
    opened = LocalStore(str(tmp_path))
    yield opened
    opened.close()
