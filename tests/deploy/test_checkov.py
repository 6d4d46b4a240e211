"""No finding of checkov without a reason beside the resource. checkov is large: `make checkov` installs it."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.deploy.repository import TERRAFORM


def test_no_finding_without_a_reason() -> None:
    checkov = shutil.which("checkov")
    if checkov is None:
        pytest.skip("checkov is not installed: `make checkov` runs this")
    command = [checkov, "-d", str(TERRAFORM), "--framework", "terraform", "--compact", "--quiet", "--skip-download"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=250)
    assert done.returncode == 0, done.stdout
