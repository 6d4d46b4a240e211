"""A copy of what is deployed, among things that must never be, and readings of the Terraform files that need no Terraform."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
TERRAFORM: Final = ROOT / "infra" / "terraform"
PACKED: Final = ("functions", "requirements.txt", "shared")

# names that a careless pattern would take along: settings, data, keys, and near misses of the listed names
DECOYS: Final = (
    ".env",
    ".git/config",
    "data/kentongan.db",
    "f",
    "functions.bak/main.py",
    "functionz/main.py",
    "infra/kunci.tfvars",
    "kentongan.yaml",
    "requirements-dev.txt",
    "requirements.txt.old",
    "share",
    "shared/__pycache__/model.cpython-311.pyc",
    "shared_notes.md",
    "tests/test_model.py",
)


@dataclass(frozen=True)
class Stage:
    """One entry of the table in stages.tf."""

    consumes: frozenset[str]
    publishes: frozenset[str]


def copy(target: Path) -> Path:
    """Lay out the packed files, the Terraform files and the decoys under `target`; where the Terraform files are."""
    for name in PACKED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target / name)
    ours = target / "infra" / "terraform"
    shutil.copytree(TERRAFORM, ours, ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*", "*.tfvars", "backend.tf"))
    for decoy in DECOYS:
        path = target / decoy
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("not for the cloud", encoding="utf-8")
    return ours


def packed_files() -> set[str]:
    """What the zip must hold, as names inside it."""
    files = {path for name in PACKED for path in [ROOT / name, *(ROOT / name).rglob("*")] if path.is_file()}
    return {path.relative_to(ROOT).as_posix() for path in files if path.suffix != ".pyc"}


def read(name: str) -> str:
    """The text of one Terraform file."""
    return (TERRAFORM / name).read_text(encoding="utf-8")


def stages() -> dict[str, Stage]:
    """The table in stages.tf; `terraform fmt` keeps its shape."""
    entries = re.findall(r"^    (\w+) = \{\n(.*?)^    \}", read("stages.tf"), re.DOTALL | re.MULTILINE)
    return {name: Stage(_strings(body, "consumes"), _strings(body, "publishes")) for name, body in entries}


def _strings(body: str, key: str) -> frozenset[str]:
    found = re.search(rf"\b{key}\s*=\s*\[(.*?)\]", body)
    assert found, f"{key} is missing"
    return frozenset(re.findall(r'"(.*?)"', found[1]))
