"""Every command's help says what it works on, and says so truly."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.cli.main import COMMANDS, main
from shared.cli.reach import BOTH, HERE, reach

CLI = Path(__file__).parents[2] / "shared/cli"


def source(command: str) -> str:
    path = CLI / COMMANDS[command].module.removeprefix("shared.cli.")
    files = path.glob("*.py") if path.is_dir() else [path.with_suffix(".py")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("command", COMMANDS)
def test_who_connects_by_the_environment_works_on_both(command: str) -> None:
    text = source(command)
    assert (command in BOTH) == ("connect(" in text)
    assert "LocalStore" not in text or command in BOTH | HERE


def test_nothing_is_named_twice_or_in_vain() -> None:
    assert not BOTH & HERE
    assert set(COMMANDS) >= HERE


def test_help_says_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["report", "--help"])
    assert reach("report") in " ".join(capsys.readouterr().out.split())
