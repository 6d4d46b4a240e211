"""A plan for a fresh project lists what docs/deploy.md says, and nothing else."""

from __future__ import annotations

import re
from collections import Counter

from tests.deploy.conftest import Terraform
from tests.deploy.repository import ROOT


def test_plan_is_what_the_page_says(terraform: Terraform) -> None:
    page = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    told = {kind: int(number) for kind, number in re.findall(r"^\| `(google_\w+)` \| (\d+) \|", page, re.MULTILINE)}
    plan = terraform.run("plan", "-var=project_id=kentongan-sagara")
    planned = Counter(re.findall(r"^  # (google_\w+)\..+ will be created", plan, re.MULTILINE))
    assert planned == told
    assert f"Plan: {sum(told.values())} to add, 0 to change, 0 to destroy." in plan
