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


CONFIG = """\
agencies:
  - id: "33.99"
    name: Kabupaten Sagara
    aliases: [Sagara]
sources:
  - id: pesisir
    name: Kabar Pesisir
    url: https://kabarpesisir.example/rss
"""
CLIPPINGS = '{"judul": "Sagara menata pasar ikan", "tanggal": "2026-11-25"}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a configuration, where the name of the data's folder was mistyped."""
    (tmp_path / "kentongan.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "kliping.jsonl").write_text(CLIPPINGS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BACKEND", raising=False)
    monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path / "salah" / "ketik"))
    return tmp_path


@pytest.mark.parametrize(
    "command",
    ["sources", "dlq list", "quarantine", "report", "import kliping.jsonl", "backfill", "doctor", "config show"],
)
def test_a_folder_that_was_mistyped_is_told_and_not_made(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command.split()) == 1
    assert f"folder data {folder / 'salah' / 'ketik'} belum ada" in capsys.readouterr().err
    assert not (folder / "salah").exists()


@pytest.mark.parametrize(
    "command",
    ["sources", "dlq list", "quarantine", "report", "backfill", "doctor", "config show", "precision", "letter klarifikasi a1"],
)
def test_a_wrong_folder_is_told_and_gets_no_data(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("BACKEND", "KENTONGAN_DATA"):
        monkeypatch.delenv(name, raising=False)
    assert main(command.split()) == 1
    assert "pindah dahulu (cd) ke folder" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_before_the_first_round_there_is_no_data_yet(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KENTONGAN_DATA")
    assert main(["sources"]) == 0


def test_a_folder_begins_with_a_configuration(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "push"]) == 0
    assert main(["config", "show"]) == 0
    assert "name: Kabar Pesisir" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "says"), [("dlq", "wajib diisi: list|retry|drop\n"), ("corrections", "wajib diisi: export\n")]
)
def test_only_what_is_required_is_asked_for(command: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command])
    assert says in capsys.readouterr().err
