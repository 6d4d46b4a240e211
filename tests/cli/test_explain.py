"""`kentongan explain` as a process, with the shipped model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _asked(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "kentongan"), "explain", *words], capture_output=True, text=True, timeout=60, check=False
    )


def test_a_complaint_in_two_lines() -> None:
    done = _asked("Warga Sagara keluhkan jalan rusak tak kunjung diperbaiki")
    assert done.returncode == 0
    first, second = done.stdout.splitlines()[:2]
    assert first.startswith("Sentimen: NEGATIF (")
    assert "Topik: Infrastruktur dan transportasi." in first
    assert second.startswith("Ke arah negatif: ")
    assert '"keluhkan"' in second


def test_for_programs() -> None:
    found = json.loads(_asked("--json", "Pemkab Sagara raih penghargaan pelayanan publik").stdout)
    assert found["label"] == "positive"
    assert abs(sum(found["p"].values()) - 1) < 1e-6
    assert found["words"][0]["push"] > 0


def test_another_language_is_not_judged() -> None:
    assert _asked("The governor of the province resigned after the flood").stdout.startswith("Sentimen: tidak dinilai.")


def test_nothing_to_explain() -> None:
    done = _asked("   ")
    assert done.returncode == 1
    assert "teksnya kosong" in done.stderr
