"""`kentongan import` as people use it: a real process, a real store, and the pipeline behind it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from shared.config.active import activate
from shared.config.reading import read_config
from shared.local.bus import LocalBus
from shared.local.pipeline import Pipeline
from shared.local.store import LocalStore
from shared.settings import read_settings
from shared.views import Overview, unpack
from shared.wiring import Services

ROOT = Path(__file__).parents[2]
CONFIG = 'agencies:\n  - {id: "33.99", name: Kabupaten Sagara, aliases: [Pemkab Sagara]}\n'
ROWS = """\
id;nama;judul;isi;tanggal
1;Budi Contoh;Lampu jalan mati;Hubungi 0812-3456-7890 ya;{}
2;Siti Contoh;Air keruh di Lembah Angin;;{}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "kentongan.yaml").write_text(CONFIG)
    stamp = time.strftime("%d/%m/%Y %H.%M UTC", time.gmtime(time.time() - 600))
    (tmp_path / "lapor.csv").write_text(ROWS.format(stamp, stamp))
    return tmp_path


def start(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "KENTONGAN_DATA": str(folder / "data"), "NO_COLOR": "1"}
    command = [sys.executable, str(ROOT / "kentongan"), "import", *args]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


def counted(folder: Path) -> int:
    """How many mentions of the day the dashboard shows, once the pipeline has gone through what waits on the bus."""
    settings = read_settings({"KENTONGAN_DATA": str(folder / "data")})
    now = int(time.time())
    with closing(LocalBus(settings.data)) as bus, closing(LocalStore(settings.data)) as store:
        services = Services(settings, bus, store)
        activate(store, read_config(CONFIG), now)
        with Pipeline(services, bus) as pipeline:
            pipeline.deliver(now)
            pipeline.tick(now)
        [document] = store.read(["views/overview"])
        view = unpack(document, Overview)
        assert view is not None
        return sum(agency.tones_day.total for agency in view.agencies)


def test_rows_go_through_the_pipeline_once(folder: Path) -> None:
    for _ in range(2):
        done = start(folder, "lapor.csv", "--agency", "33.99", "--outlet", "SP4N-LAPOR!")
        assert (done.returncode, done.stderr) == (0, "")
        assert "2 baris dibaca; kolom: id, isi, judul, tanggal" in done.stdout
        assert "tidak dihitung lagi" in done.stdout
        assert "setelah jam ini berakhir" in done.stdout
    assert counted(folder) == 2


def test_a_dry_run_publishes_nothing(folder: Path) -> None:
    done = start(folder, "lapor.csv", "--agency", "33.99", "--dry-run")
    assert done.returncode == 0
    assert "2 masuk, 0 tidak menyebut" in done.stdout
    assert list((folder / "data").iterdir()) == []


def test_repeated_rows_are_told(folder: Path) -> None:
    (folder / "dua.csv").write_text("judul,tanggal\n" + 2 * "Pemkab Sagara diam,6/10/2025\n" + "Cuaca,6/10/2025\n")
    assert "1 masuk, 1 tidak menyebut instansi yang dipantau, 1 berulang" in start(folder, "dua.csv", "--dry-run").stdout


def test_mistakes_are_told_and_nothing_goes_in(folder: Path) -> None:
    (folder / "salah.csv").write_text("judul,tanggal\nPemkab Sagara diam,kemarin\n,6/10/2025\nPemkab Sagara,6/10/2025\n")
    done = start(folder, "salah.csv")
    assert done.returncode == 1
    assert "salah.csv: baris 2: tanggal 'kemarin' tidak terbaca" in done.stdout
    assert "salah.csv: baris 3: judul dan isi kosong" in done.stdout
    assert "2 kesalahan; tidak ada yang dimasukkan" in done.stdout
    assert list((folder / "data").iterdir()) == []


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (("tidak-ada.csv",), "tidak-ada.csv tidak terbaca: file itu tidak ada"),
        (("lapor.csv", "--agency", "33.98"), "pakai salah satu: 33.99"),
        (("lapor.csv", "--kind", "gosip"), "pilih salah satu"),
    ],
)
def test_wrong_use_is_told(folder: Path, args: tuple[str, ...], reason: str) -> None:
    done = start(folder, *args)
    assert done.returncode in (1, 2)
    assert reason in done.stderr
