"""`./kentongan letter`: the letter on standard output, what the officer should know beside it."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from msgspec.structs import replace

from shared.cli import letter as command
from shared.cli.terminal import OK, Trouble
from shared.config.active import activate
from shared.config.letter import Letter as Letterhead
from shared.config.schema import Agency, Config
from shared.local.store import LocalStore
from tests.dashboard import samples
from tests.letters.test_letters import DUTY, FINDING
from tests.report.test_forms import document


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the samples' issue, another one that it took over, and a letterhead."""
    store = LocalStore(str(tmp_path))
    view = replace(samples.issue(), duties=(DUTY,), finding=FINDING)
    gone = replace(view, merged_into=samples.POISONING)
    store.commit(samples.puts({f"issues/{samples.POISONING}": view, "issues/lama": gone}))
    agencies = (Agency(id="33.99", name="Pemerintah Kabupaten Sagara"),)
    activate(store, Config(agencies=agencies, report=Letterhead(letterhead=("PEMERINTAH KABUPATEN SAGARA",))), 1)
    store.close()
    monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(*words: str) -> argparse.Namespace:
    """The arguments as typed."""
    parser = argparse.ArgumentParser()
    command.add(parser)
    return parser.parse_args(words)


@pytest.mark.parametrize("issue", [samples.POISONING, "lama"])
def test_the_letter_is_for_a_chat_and_the_notes_stand_apart(folder: Path, capsys: pytest.CaptureFixture[str], issue: str) -> None:
    assert command.run(asked("permintaan-data", issue)) == OK
    said = capsys.readouterr()
    assert said.out.startswith("*Permintaan Data dan Keterangan*\nSifat: Sangat segera\n")
    assert "Pemerintah Kabupaten Sagara" in said.out
    assert "u.p. Kepala Bidang Pencegahan Penyakit" in said.out
    assert "Fase: Saat krisis. " in said.err
    assert "Tenggat diisi dari disposisi" in said.err
    assert "Tenggat diisi" not in said.out


def test_a_docx_bears_the_letterhead(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.run(asked("klarifikasi", samples.POISONING, "--phase", "pascakrisis", "--docx", "surat.docx"))
    assert "Ditulis: surat.docx" in capsys.readouterr().out
    shown, _ = document((folder / "surat.docx").read_bytes())
    assert shown.startswith("PEMERINTAH KABUPATEN SAGARA")
    assert "keterangan akhir" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("klarifikasi", "tidakada"), "tidak ada isu"),
        (("klarifikasi", "../views"), "tidak ada isu"),
        (("klarifikasi", samples.POISONING, "--agency", "33.01"), "tidak tentang 33.01"),
        (("klarifikasi", samples.POISONING, "--docx", "tidak/ada.docx"), "tidak dapat ditulis"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(Trouble, match=said):
        command.run(asked(*words))
