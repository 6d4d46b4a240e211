"""`kentongan config changes` and `push`: officers' changes in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace

from shared.cli.main import main
from shared.config.active import activate, amend, require_active
from shared.config.changes import holding
from shared.config.writing import to_yaml
from shared.local.store import LocalStore
from tests.config.amendments import BASE, MUARA, NOW, SAGARA, deed

DEEDS = (
    deed(1, "alias", "Wong Sagara"),
    deed(2, "exclude", "Jalan Sagara Raya"),
    deed(3, "keyword", "stunting", "dinkes"),
    deed(4, "alias", "x"),
    deed(5, "undo", f"{2:016x}"),
)


@pytest.fixture
def changed(store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalStore:
    """A store with changes, which the command finds."""
    monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path))
    monkeypatch.setenv("BACKEND", "local")
    activate(store, BASE, NOW)
    for one in DEEDS:
        amend(store, one, NOW)
    return store


def test_the_list_says_what_became_of_each(changed: LocalStore, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "changes"]) == 0
    out = capsys.readouterr().out
    assert [line.split("rina")[1].split()[0] for line in out.splitlines() if "rina" in line] == [
        "ditolak",
        "berlaku",
        "dibatalkan",
        "berlaku",
    ]
    assert "2 berlaku di atas file" in out
    assert main(["config", "changes", "--json"]) == 0
    assert len([json.loads(line) for line in capsys.readouterr().out.splitlines()]) == 4


def test_the_yaml_has_what_holds(changed: LocalStore, capsys: pytest.CaptureFixture[str]) -> None:
    amend(changed, deed(6, "duty", "sari", "piket"), NOW)
    assert main(["config", "changes", "--yaml"]) == 0
    assert yaml.safe_load(capsys.readouterr().out) == {
        "agencies": [{"id": "33.99", "aliases": ["Wong Sagara"], "units": [{"id": "dinkes", "keywords": ["stunting"]}]}],
        "duty": {"rosters": [{"id": "piket", "swaps": [{"date": "2026-11-26", "officer": "sari"}]}]},
    }


def test_a_push_says_what_stays_on_top(changed: LocalStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "kentongan.yaml"
    file.write_text(to_yaml(BASE), encoding="utf-8")
    assert main(["config", "push", str(file)]) == 0
    assert "Tetap berlaku di atas file (2):" in capsys.readouterr().out
    filed = replace(SAGARA, aliases=("Pemkab Sagara", "Wong Sagara"), units=())
    file.write_text(to_yaml(replace(BASE, agencies=(filed, MUARA))), encoding="utf-8")
    assert main(["config", "push", str(file)]) == 0
    out = capsys.readouterr().out
    assert "Sudah ada di file, tidak ditumpuk lagi (1):" in out
    assert "Gugur, tidak cocok dengan file ini (1):" in out
    assert "OPD “dinkes” tidak ada" in out
    assert "Tetap berlaku" not in out
    assert holding(require_active(changed).changes) == ()
    assert main(["config", "push", str(file)]) == 0
    assert "Gugur" not in capsys.readouterr().out  # said once


def test_without_any(
    store: LocalStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KENTONGAN_DATA", str(tmp_path))
    monkeypatch.setenv("BACKEND", "local")
    assert main(["config", "changes"]) != 0
    assert "config push" in capsys.readouterr().err
    activate(store, BASE, NOW)
    assert main(["config", "changes"]) == 0
    assert "Belum ada perubahan" in capsys.readouterr().out
    assert main(["config", "changes", "--yaml"]) == 0
    assert yaml.safe_load(capsys.readouterr().out) is None
