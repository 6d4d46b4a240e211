"""`kentongan explain` as a process, with the shipped model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from shared.cli.explain import sentences
from shared.explain import Explanation, Push
from shared.model import Tone

ROOT = Path(__file__).parents[2]


def _asked(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "kentongan"), "explain", *words], capture_output=True, text=True, timeout=60, check=False
    )


def test_a_complaint_in_three_lines() -> None:
    done = _asked("Warga Sagara keluhkan jalan rusak tak kunjung diperbaiki")
    assert done.returncode == 0
    first, second, *_, last = done.stdout.splitlines()
    assert first.startswith("Sentimen: NEGATIF, hampir pasti (")
    assert second.startswith("Ke arah negatif: ")
    assert last == "Topik: Infrastruktur dan transportasi."
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
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


def test_an_unsure_tone_says_what_it_may_be() -> None:
    unsure = Explanation(Tone(0.45, 0.4, 0.15, True, "m"), "H", (Push("dugaan", -2.0), Push("bantuan,", 0.5)))
    assert sentences(unsure) == [
        "Sentimen: PERLU DITINJAU. Belum pasti: negatif 45%, netral 40%, positif 15%.",
        'Ke arah negatif: "dugaan" (kuat).',
        'Ke arah positif: "bantuan".',
        "Topik: Hukum dan korupsi.",
    ]


@pytest.mark.parametrize(
    ("share", "words"), [(0.97, "hampir pasti (97%)"), (0.8, "kemungkinan besar (80%)"), (0.62, "agaknya (62%)")]
)
def test_how_sure_is_said_in_words(share: float, words: str) -> None:
    tone = Tone((1 - share) / 2, (1 - share) / 2, share, False, "m")
    assert sentences(Explanation(tone, "X", ()))[0] == f"Sentimen: POSITIF, {words}."


def test_words_without_quotes_are_one_text() -> None:
    found = json.loads(_asked("--json", "Warga", "keluhkan", "jalan").stdout)
    assert (found["text"], found["domain"], found["scored"]) == ("Warga keluhkan jalan", "news", True)


def test_colours_only_in_a_terminal() -> None:
    assert "\x1b" not in _asked("Warga keluhkan jalan rusak").stdout
