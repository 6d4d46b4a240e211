"""`kentongan series` as a process sees it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from shared.cli.jsonlines import Refused
from shared.cli.series import Told, replies

ROOT = Path(__file__).parents[2]
CALL = "import sys; from shared.cli.main import main; sys.exit(main(['series']))"


def answers(*lines: str) -> list[Told | Refused]:
    return list(replies(line.encode() for line in lines))


def test_every_known_series_is_told_each_hour() -> None:
    first, second = answers(
        '{"at": "2025-11-25T14", "counts": {"b": 2, "a": 0}}', '{"at": "2025-11-25T15:00", "counts": {"c": 1}}'
    )
    assert isinstance(first, Told)
    assert isinstance(second, Told)
    assert (list(first.evidence), list(second.evidence)) == (["a", "b"], ["a", "b", "c"])
    assert first.at == "2025-11-25T14"
    assert first.evidence["b"] > 0 == first.evidence["a"]


def test_an_offset_is_converted_to_western_indonesian_time() -> None:
    night = '{"at": "2025-11-25T02:00+07:00", "counts": {"a": 3}}'
    assert (
        _evidence(night)
        == _evidence('{"at": "2025-11-24T19:00Z", "counts": {"a": 3}}')
        == _evidence('{"at": "2025-11-25T02", "counts": {"a": 3}}')
    )
    assert _evidence(night) > _evidence('{"at": "2025-11-25T10", "counts": {"a": 3}}')


def test_a_bad_line_is_refused_and_the_others_are_answered() -> None:
    found = answers(
        '{"at": "2025-11-25T14", "counts": {"a": 1}}',
        "not json",
        '{"at": "soon", "counts": {}}',
        '{"at": "2025-11-25T15", "counts": {"a": -1}}',
        '{"at": "2025-11-25T14:30", "counts": {"a": 1}}',
        '{"at": "2025-11-25T15", "counts": {"a": "many"}}',
        '{"at": "2025-11-25T15", "counts": {"a": 1}}',
    )
    assert [isinstance(reply, Refused) for reply in found] == [False, True, True, True, True, True, False]
    assert isinstance(found[1], Refused)
    assert found[1].error.startswith("baris 2:")


def test_the_command_ends_with_1_after_a_bad_line() -> None:
    line = '{"at": "2025-11-25T14", "counts": {"a": 1}}\n'
    done = command(line + "[]\n")
    good, bad = map(json.loads, done.stdout.splitlines())
    assert (good["at"], list(good["evidence"]), list(bad)) == ("2025-11-25T14", ["a"], ["error"])
    assert done.returncode == 1
    assert command(line).returncode == 0


def command(text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", CALL], input=text, capture_output=True, text=True, check=False, cwd=ROOT)


def _evidence(line: str) -> float:
    (told,) = answers(line)
    assert isinstance(told, Told)
    return told.evidence["a"]
