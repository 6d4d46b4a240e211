"""Terraform with stand-in providers, and the zip that it would upload."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.deploy import repository
from tests.missing import missing

STAND_IN = repository.ROOT.parent / "shared" / "tools" / "tfstub" / "build"


@dataclass(frozen=True)
class Terraform:
    """The `terraform` command in one folder, without the registry and without a cloud."""

    folder: Path
    environ: Mapping[str, str]

    def run(self, *arguments: str, expect: int = 0) -> str:
        """What the command printed; fails where its exit code is another than expected."""
        command = ["terraform", *arguments]
        done = subprocess.run(command, cwd=self.folder, env=dict(self.environ), capture_output=True, text=True, timeout=300)
        assert done.returncode == expect, f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout


def _missing() -> str:
    """Why terraform cannot run here; empty where it can."""
    for tool in ("terraform", "go"):
        if shutil.which(tool) is None:
            return f"{tool} is not installed"
    return "" if STAND_IN.exists() else f"the stand-in providers are not at {STAND_IN}"


@pytest.fixture(scope="session")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The environment in which terraform takes the stand-in providers."""
    return build_stand_in(tmp_path_factory.mktemp("providers"))


def build_stand_in(folder: Path) -> Mapping[str, str]:
    """Build the stand-in providers here; the environment in which terraform takes them."""
    if reason := _missing():
        missing(reason)
    built = subprocess.run([str(STAND_IN), str(folder)], capture_output=True, text=True, check=True, timeout=600).stdout
    settings = dict(re.findall(r"^export (\w+)=(.*)$", built, re.MULTILINE))
    foreign = ("TF_", "GOOGLE_")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)} | settings


@pytest.fixture(scope="session")
def terraform(stand_in: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Terraform:
    """Initialised in a copy of the repository."""
    folder = repository.copy(tmp_path_factory.mktemp("repository"))
    command = Terraform(folder, {**stand_in, "TF_IN_AUTOMATION": "1", "TF_INPUT": "0", "TF_CLI_ARGS": "-no-color"})
    command.run("init")
    return command


@pytest.fixture(scope="session")
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip as archive_file writes it; where terraform is not to be had, one of the same files."""
    path = tmp_path_factory.mktemp("archive") / "kentongan.zip"
    if not _missing():
        terraform: Terraform = request.getfixturevalue("terraform")
        terraform.run("plan", "-var=project_id=kentongan-sagara")
        return Path(shutil.copy(terraform.folder / ".terraform" / "kentongan.zip", path))
    with zipfile.ZipFile(path, "w") as out:
        for name in sorted(repository.packed_files()):
            out.write(repository.ROOT / name, name)
    return path
