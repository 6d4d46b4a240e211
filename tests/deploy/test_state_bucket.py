"""The script that makes a bucket for Terraform's state, with a stand-in for gcloud that writes down how it was called."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.deploy.repository import ROOT

GCLOUD = """#!/bin/sh
echo "$@" >> "$CALLS"
case "$3" in describe) exit "$THERE" ;; esac
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    (tmp_path / "infra" / "terraform").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    gcloud = tmp_path / "bin" / "gcloud"
    gcloud.write_text(GCLOUD, encoding="utf-8")
    gcloud.chmod(0o755)
    return Path(shutil.copy(ROOT / "infra" / "state-bucket", tmp_path / "infra"))


def run(script: Path, *arguments: str, there: bool = False) -> tuple[int, str, str]:
    """Exit code, what gcloud was called with, what was said."""
    root = script.parents[1]
    calls = root / "calls"
    environ = {"PATH": f"{root / 'bin'}:{os.defpath}", "CALLS": str(calls), "THERE": "0" if there else "1"}
    done = subprocess.run([str(script), *arguments], env=environ, capture_output=True, text=True, timeout=30)
    return done.returncode, calls.read_text(encoding="utf-8") if calls.exists() else "", done.stdout + done.stderr


def test_it_makes_a_versioned_bucket_and_points_terraform_to_it(script: Path) -> None:
    code, calls, _ = run(script, "kentongan-sagara")
    assert code == 0
    assert "buckets create gs://kentongan-sagara-kentongan-state" in calls
    assert "--versioning" in calls
    assert "--public-access-prevention" in calls
    backend = (script.parent / "terraform" / "backend.tf").read_text(encoding="utf-8")
    assert 'bucket = "kentongan-sagara-kentongan-state"' in backend


def test_a_bucket_that_is_there_is_not_made_again(script: Path) -> None:
    code, calls, _ = run(script, "kentongan-sagara", there=True)
    assert code == 0
    assert "buckets create" not in calls
    assert "--versioning" in calls


@pytest.mark.parametrize("arguments", [(), ("Kentongan Sagara",), ("x; rm -rf /",)])
def test_a_wrong_project_is_refused_before_anything_happens(script: Path, arguments: tuple[str, ...]) -> None:
    code, calls, said = run(script, *arguments)
    assert code == 2
    assert calls == ""
    assert "gcloud projects list" in said
