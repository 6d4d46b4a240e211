"""What is looked at before a command runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.cli.main import main
from shared.cli.ready import EARLIEST, check_clock
from shared.cli.terminal import Trouble


def test_a_clock_before_the_program_was_written_is_wrong() -> None:
    check_clock(EARLIEST)
    with pytest.raises(Trouble, match="jam komputer ini salah: 01-01-1970"):
        check_clock(60)


@pytest.mark.parametrize("command", [["sources"], ["dlq", "list"], ["quarantine"], ["report"]])
def test_a_folder_that_was_mistyped_is_told_and_not_made(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("BACKEND", raising=False)
    monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path / "salah" / "ketik"))
    assert main(command) == 1
    assert "belum ada" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "says"), [("dlq", "wajib diisi: list|retry|drop\n"), ("corrections", "wajib diisi: export\n")]
)
def test_only_what_is_required_is_asked_for(command: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command])
    assert says in capsys.readouterr().err
