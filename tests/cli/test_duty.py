"""Whose turn it is, as a table and as JSON; the day is that of the deployment's zone."""

from __future__ import annotations

import json
import time
from contextlib import closing
from pathlib import Path

import pytest

from shared.cli.main import main
from shared.config.active import activate, amend
from shared.config.reading import read_config
from shared.deeds import Configured
from shared.local.store import LocalStore
from tests.receivers.samples import AT  # Saturday, 28 November 2026, 09.00 WIB

FILE = """\
agencies:
  - {id: "33.99", name: Kabupaten Sagara}
receivers:
  - {id: budi, kind: console}
  - {id: sari, kind: console}
duty:
  rosters:
    - {id: kerja, officers: [budi, sari], days: [senin, selasa, rabu, kamis, jumat], hours: "07.30-16.00", since: "2026-11-23"}
    - {id: malam, officers: [sari, budi], days: [senin, jumat, sabtu], turns: daily, since: "2026-11-28"}
  holidays: ["2026-12-01"]
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(time, "time", lambda: float(AT))
    monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path / "data"))
    path = tmp_path / "kentongan.yaml"
    path.write_text(FILE, encoding="utf-8")
    return str(path)


def test_a_table(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["duty", "--file", file, "--days", "4"]) == 0
    heading, *rows = capsys.readouterr().out.splitlines()
    assert heading.split()[:3] == ["HARI", "PIKET", "JAM"]
    assert [row.split() for row in rows] == [
        ["Sabtu,", "28", "November", "malam", "sepanjang", "hari", "sari", "budi"],
        ["Minggu,", "29", "November", "-", "-", "semua", "penerima", "-"],
        ["Senin,", "30", "November", "kerja", "07.30-16.00", "sari", "budi"],  # the second week
        ["malam", "sepanjang", "hari", "sari", "budi"],
        ["Selasa,", "1", "Desember", "(libur)", "-", "-", "semua", "penerima", "-"],
    ]


def test_as_json(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["duty", "--file", file, "--days", "1", "--json"])
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"date": "2026-11-28", "roster": "malam", "hours": None, "officers": ["sari", "budi"]}
    ]


def test_a_turn_that_was_swapped_by_phone(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(LocalStore(str(tmp_path / "data"))) as store:
        activate(store, read_config(FILE), int(AT))
        amend(store, Configured("1" * 16, int(AT), "rina", "33.99", "duty", "budi", "malam"), int(AT))
    main(["duty", "--file", file, "--days", "1", "--json"])
    assert json.loads(capsys.readouterr().out)["officers"] == ["budi", "sari"]


def test_without_rosters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path / "data"))
    path = tmp_path / "kentongan.yaml"
    path.write_text(FILE.split("duty:")[0], encoding="utf-8")
    assert main(["duty", "--file", str(path)]) == 0
    assert "semua penerima dikabari" in capsys.readouterr().out
