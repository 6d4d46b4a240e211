"""What a fresh instance costs before its first request: processor time of a new interpreter that imports the function."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

from shared.meter.sizes import LOAD_READS, LOAD_S, SIZES, SLOWDOWN
from shared.meter.usage import Usage, total

ROOT: Final = Path(__file__).parents[2]


def start_seconds(stage: str) -> float:
    """Processor seconds of this computer until a function is imported."""
    before = _children()
    subprocess.run([sys.executable, "-c", f"import functions.{stage}.main"], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=True)
    return _children() - before


def cold_starts(used: Usage, seconds: dict[str, float]) -> Usage:
    """What the requests in `used` add by those that find no instance; `seconds` as start_seconds tells them."""
    return total(_of_stage(stage, used.get(f"requests.{stage}", 0.0), seconds[stage]) for stage in SIZES)


def _of_stage(stage: str, requests: float, seconds: float) -> Usage:
    size = SIZES[stage]
    starts, loads = requests * size.cold, stage == "detect"
    each = seconds * SLOWDOWN + (LOAD_S * SLOWDOWN if loads else 0.0)
    return {
        "vcpu_s": starts * each * size.cpu,
        "gib_s": starts * each * size.gib,
        f"vcpu_s.{stage}": starts * each * size.cpu,
        "reads": starts * LOAD_READS if loads else 0.0,
        "secret_reads": starts if size.secret else 0.0,
    }


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
