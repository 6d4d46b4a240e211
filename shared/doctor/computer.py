"""What the computer has on which the command runs: Python, packages, and for the cloud a login."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from shared.doctor.finding import Finding

LEAST: Final = (3, 11)
_PIN: Final = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)[ \\]*$", re.MULTILINE)  # not those for some systems alone


def computer(requirements: Path, running: tuple[int, int] = sys.version_info[:2]) -> list[Finding]:
    """Versions, against the pins in `requirements`."""
    named = ".".join(map(str, running))
    if running < LEAST:
        return [Finding("Python", "bad", f"versi {named}", "pasang Python 3.11 atau lebih baru, lalu make setup")]
    wrong = _wrong(_PIN.findall(requirements.read_text(encoding="utf-8")))
    if wrong:
        return [Finding("paket", "warn", f"versi lain daripada yang diuji: {', '.join(wrong[:5])}", "samakan: make setup")]
    return [Finding("Python", "ok", f"{named}, paket seperti yang diuji")]


def _wrong(pins: Sequence[tuple[str, str]]) -> list[str]:
    found = []
    for name, wanted in pins:
        try:
            installed = version(name)
        except PackageNotFoundError:
            found.append(f"{name} belum terpasang")
            continue
        if installed != wanted:
            found.append(f"{name} {installed} (diuji {wanted})")
    return found
