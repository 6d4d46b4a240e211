"""`./kentongan report`: counts, shows and writes the report in every form."""

from __future__ import annotations

import argparse
import io
import json
import zipfile
from pathlib import Path

import pytest

from shared.cli import report as command
from shared.cli.terminal import OK, Trouble
from shared.config.active import activate, load_active
from shared.config.schema import Agency, Config
from shared.local.store import LocalStore
from shared.report import write
from tests.dashboard import samples

CONFIG = Config(agencies=(Agency(id="33.99", name="Pemerintah Kabupaten Sagara"),))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a report of 25 November, and a dashboard that asks for a token."""
    store = LocalStore(str(tmp_path))
    samples.fill(store)
    activate(store, CONFIG, 1)
    write(store, load_active(store), samples.NOW)
    store.close()
    for name, value in {
        "KENTONGAN_DATA": str(tmp_path),
        "VIEWER_TOKEN": "rahasia-" * 4,
        "BASE_URL": "https://humas.example",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(*words: str) -> argparse.Namespace:
    """The arguments as typed."""
    parser = argparse.ArgumentParser()
    command.add(parser)
    return parser.parse_args(words)


def test_the_text_is_for_a_chat(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert command.run(asked("--date", "2026-11-25")) == OK
    text = capfdbinary.readouterr().out.decode()
    assert text.startswith("*Laporan Analisis Media Harian (KONSEP)*\nRabu, 25 November 2026\n")
    assert text.endswith("\nhttps://humas.example/laporan/2026-11-25\n")


def test_each_form_is_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.run(asked("--date", "2026-11-25", "--format", "docx"))
    command.run(asked("--date", "2026-11-25", "--format", "html", "--out", "halaman.html"))
    command.run(asked("--date", "2026-11-25", "--format", "csv", "--out", "isu.csv"))
    assert capsys.readouterr().out.splitlines() == [
        "Ditulis: laporan-2026-11-25.docx",
        "Ditulis: halaman.html",
        "Ditulis: isu.csv",
    ]
    with zipfile.ZipFile(io.BytesIO((folder / "laporan-2026-11-25.docx").read_bytes())) as file:
        assert b"Laporan Analisis Media Harian" in file.read("word/document.xml")
    assert "<h1>Laporan Analisis Media Harian</h1>" in (folder / "halaman.html").read_text(encoding="utf-8")
    assert (folder / "isu.csv").read_bytes().startswith('\ufeff"No","Tanggal"'.encode())


def test_json_is_the_stored_report(folder: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    command.run(asked("--date", "2026-11-25", "--json"))
    assert json.loads(capfdbinary.readouterr().out)["date"] == "2026-11-25"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--date", "kemarin"), "bukan tanggal"),
        (("--date", "0001-01-01"), "bukan tanggal"),
        (("--date", "2031-01-01"), "belum ada laporan"),
        (("--date", "2026-11-25", "--format", "csv", "--out", "tidak/ada/isu.csv"), "tidak dapat ditulis"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(Trouble, match=said):
        command.run(asked(*words))
