"""`kentongan match` as a process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from shared.topics import TOPICS

ROOT = Path(__file__).parents[2]
CONFIG = """
agencies:
  - id: "33.99"
    name: "Kabupaten Sagara"
    short_names: ["Sagara"]
    aliases: ["Bupati Sagara"]
    units:
      - id: dinkes
        name: "Dinas Kesehatan"
        keywords: ["keracunan"]
sources: []
receivers: []
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "kentongan.yaml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def asked(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "kentongan"), "match", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=folder)


def test_why_and_whose(config: Path) -> None:
    lines = asked(config, "Siswa di Sagara keracunan usai sarapan").stdout.splitlines()
    assert lines[0] == "Kabupaten Sagara (33.99): TENTANG INSTANSI INI"
    assert lines[1].startswith('  sebab: urusan pemerintah di wilayah ini: "keracunan"')
    assert lines[2] == "  unit: Dinas Kesehatan"
    assert len(lines) == 3


def test_a_phrase_is_tried_before_it_is_written(config: Path) -> None:
    title = "Turnamen malam ini: Persisa Sagara bagikan tiket untuk siswa sekolah"
    before = asked(config, title).stdout
    assert 'tambahkan ke exclude: "Persisa Sagara"' in before or "HANYA MENYEBUT" in before
    after = asked(config, "--agency", "33.99", "--exclude", "Persisa Sagara", title).stdout
    assert after.splitlines()[0] == "Kabupaten Sagara (33.99) tidak disebut; berita ini tidak akan disimpan."
    assert "dikecualikan: Persisa Sagara" in after


def test_for_programs(config: Path) -> None:
    found = json.loads(asked(config, "--json", "Bupati Sagara resmikan pasar").stdout)
    assert found["relation"] == "about"
    assert found["likely"] is None


def test_without_a_configuration_the_catalogue_is_asked(tmp_path: Path) -> None:
    done = asked(tmp_path, "Wali Kota Tegal dan Bupati Tegal bertemu")
    assert [line.split(" (")[0] for line in done.stdout.splitlines() if not line.startswith(" ")] == [
        "Kabupaten Tegal",
        "Kota Tegal",
    ]


def test_nobody_is_named(config: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert asked(config, "Harga emas naik").stdout.startswith("Kabupaten Sagara (33.99) tidak disebut;")
    nowhere = tmp_path_factory.mktemp("nowhere")
    assert asked(nowhere, "Harga emas naik").stdout == "Tidak ada instansi yang disebut; berita ini tidak akan disimpan.\n"


@pytest.mark.parametrize(
    ("words", "says"), [(("  ",), "teksnya kosong"), (("--agency", "99.99", "Teks"), "instansi '99.99' tidak ada")]
)
def test_what_is_refused(config: Path, words: tuple[str, ...], says: str) -> None:
    done = asked(config, *words)
    assert done.returncode != 0
    assert says in done.stderr


def test_a_guessed_topic_chooses_no_unit_for_what_citizens_write(config: Path) -> None:
    file = config / "kentongan.yaml"
    every = ", ".join(f'"{letter}"' for letter in TOPICS)
    file.write_text(CONFIG.replace('["keracunan"]', f'["keracunan"]\n        topics: [{every}]'), encoding="utf-8")
    title = "Jalan rusak di Sagara belum diperbaiki"
    assert "  unit: Dinas Kesehatan" in asked(config, title).stdout
    assert "unit:" not in asked(config, "--kind", "complaint", title).stdout
    assert "  unit: Dinas Kesehatan" in asked(config, "--kind", "complaint", "Siswa di Sagara keracunan").stdout
