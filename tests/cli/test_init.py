"""The wizard: with flags for scripts, and answered in a terminal."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from shared.config.reading import read_config
from shared.config.schema import Config
from tests.cli.test_main import TOOL, in_terminal, tool


def written(folder: Path) -> Config:
    return read_config((folder / "kentongan.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("flags", "id", "name"),
    [
        (("--name", "Kabupaten Sagara", "--code", "33.99"), "33.99", "Kabupaten Sagara"),
        (("--name", "kabupaten sagara", "--code", "33.99"), "33.99", "Kabupaten Sagara"),
        (("--name", "\u201cKabupaten Sagara\u201d", "--code", "33.99"), "33.99", "Kabupaten Sagara"),
        (("--name", "Sagara", "--code", "33.99"), "33.99", "Kota Sagara"),
        (("--name", "Kota Surakarta"), "33.72", "Kota Surakarta"),
        (("--name", "Tegal", "--code", "33.76"), "33.76", "Kota Tegal"),
        (("--name", "Provinsi Jawa Tengah"), "33", "Provinsi Jawa Tengah"),
        (("--name", "Daerah Istimewa Yogyakarta"), "34", "Provinsi DI Yogyakarta"),
        (("--name", "pemerintah kota surakarta"), "33.72", "Kota Surakarta"),
        (("--name", "Surakarta Kota"), "33.72", "Kota Surakarta"),
        (("--name", "Diskominfo Surakarta"), "33.72", "Kota Surakarta"),
        (("--name", "dinas komunikasi dan informatika kab. klaten"), "33.10", "Kabupaten Klaten"),
        (("--name", "Pemprov Jateng"), "33", "Provinsi Jawa Tengah"),
        (("--name", "Badan Pengusahaan Batam"), "BPBATAM", "Badan Pengusahaan Batam"),
        (("--name", "Kementerian Kesehatan"), "KEMENKES", "Kementerian Kesehatan"),
        (("--name", "BGN"), "BGN", "Badan Gizi Nasional"),
        (("--name", "Badan Kelapa Nasional", "--code", "BKLN"), "BKLN", "Badan Kelapa Nasional"),
    ],
)
def test_flags_are_enough_for_scripts(flags: tuple[str, ...], id: str, name: str, tmp_path: Path) -> None:
    done = tool("init", "--yes", *flags, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    (agency,) = written(tmp_path).agencies
    assert (agency.id, agency.name) == (id, name)


@pytest.mark.parametrize(
    ("flags", "code", "words"),
    [
        ((), 2, "--name"),
        (("--name", "Kabupaten Sagara"), 2, "--code"),
        (("--name", "Kabupaten Sagara", "--code", "3399"), 2, "bukan kode wilayah"),
        (("--name", "Tegal"), 2, "33.76 Kota Tegal"),
        (("--name", "Kabupaten Tegal", "--code", "33.76"), 2, "milik Kota Tegal, bukan Kabupaten Tegal"),
        (
            ("--name", "Kab Klatenn", "--code", "33.10"),
            2,
            'milik Kabupaten Klaten, bukan Kab Klatenn\n  -> pakai --name "Kabupaten',
        ),
        (("--name", "Kab Klatenn"), 2, "mungkin maksudnya Kabupaten Klaten (33.10)"),
        (("--name", "Diskominfo Kab Klatenn"), 2, "mungkin maksudnya Kabupaten Klaten (33.10)"),
        (("--name", "Klatenn"), 2, "mungkin maksudnya Kabupaten Klaten (33.10)"),
        (("--name", "Badan Kelapa Nasional"), 2, "--code"),
        (("--name", "Badan Kelapa Nasional", "--code", "badan kelapa"), 2, "bukan singkatan resmi"),
        (("--name", "Kota Surakarta", "--province", "Jateng"), 2, "bukan kode provinsi"),
        (("--name", "Kota Surakarta", "--webhook", "wa.example"), 1, "tidak dapat dipakai"),
        (("--name", "Kota Surakarta", "--contact", "humas"), 1, "kontak 'humas'"),
        (("--name", "Kota Surakarta", "--out", "tidak/ada.yaml"), 1, "tidak dapat ditulis"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_written(
    flags: tuple[str, ...], code: int, words: str, tmp_path: Path
) -> None:
    done = tool("init", "--yes", *flags, folder=tmp_path)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    (tmp_path / "kentongan.yaml").write_text("milik saya\n", encoding="utf-8")
    flags = ("init", "--yes", "--name", "Kota Surakarta")
    assert tool(*flags, folder=tmp_path).returncode == 1
    assert (tmp_path / "kentongan.yaml").read_text(encoding="utf-8") == "milik saya\n"
    assert tool(*flags, "--force", folder=tmp_path).returncode == 0
    assert written(tmp_path).agencies[0].id == "33.72"


def test_a_full_disk_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    before = tool("init", "--yes", "--name", "Kota Surakarta", folder=tmp_path)
    assert before.returncode == 0
    kept = (tmp_path / "kentongan.yaml").read_bytes()
    words = shlex.join([sys.executable, TOOL, "init", "--yes", "--force", "--name", "Kabupaten Tegal"])
    full = subprocess.run(["bash", "-c", f"ulimit -f 1; {words}"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (full.returncode, "tidak dapat ditulis" in full.stderr) == (1, True), full.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["kentongan.yaml"]
    assert (tmp_path / "kentongan.yaml").read_bytes() == kept


def test_a_file_that_is_replaced_keeps_its_rights_and_a_link_its_target(tmp_path: Path) -> None:
    (tmp_path / "kantor.yaml").write_text("lama\n", encoding="utf-8")
    (tmp_path / "kantor.yaml").chmod(0o600)
    (tmp_path / "kentongan.yaml").symlink_to("kantor.yaml")
    assert tool("init", "--yes", "--force", "--name", "Kota Surakarta", folder=tmp_path).returncode == 0
    assert (tmp_path / "kentongan.yaml").is_symlink()
    assert (tmp_path / "kantor.yaml").stat().st_mode & 0o777 == 0o600
    assert written(tmp_path).agencies[0].id == "33.72"


def test_letters_that_the_terminal_garbles_are_asked_for_again(tmp_path: Path) -> None:
    code, seen = in_terminal("init", folder=tmp_path, answers="Kota \udcff\udcfe\nKota Surakarta\n\n\n")
    assert (code, seen.count("huruf yang tidak terbaca")) == (0, 1), seen
    assert written(tmp_path).agencies[0].name == "Kota Surakarta"


def test_without_a_terminal_it_asks_for_flags(tmp_path: Path) -> None:
    done = tool("init", folder=tmp_path, text="Kota Surakarta\n")
    assert done.returncode == 2
    assert "--yes" in done.stderr


def test_the_wizard_asks_again_until_the_code_fits(tmp_path: Path) -> None:
    code, seen = in_terminal("init", folder=tmp_path, answers="Tegal\n99\n33.28\nhttps://wa.example/x\nhumas@tegal.example\n")
    assert code == 0, seen
    config = written(tmp_path)
    assert (config.agencies[0].name, config.contact) == ("Kabupaten Tegal", "humas@tegal.example")
    assert config.receivers[1].url == "https://wa.example/x"
    assert seen.count("Wilayah yang mana?") == 2
    assert "SECRET_WEBHOOK" in seen


def test_each_answer_is_judged_when_it_is_given_and_none_is_lost(tmp_path: Path) -> None:
    typed = (
        "\nBandung\n2\n\nkota bandung\nwa.example\nhttps://192.168.1.9/x\nhttps://wa.example/x\nhumas\nhumas@bandung.example\n"
    )
    code, seen = in_terminal("init", folder=tmp_path, answers=typed)
    assert code == 0, seen
    config = written(tmp_path)
    assert (config.agencies[0].id, config.contact) == ("32.73", "humas@bandung.example")
    assert config.receivers[1].url == "https://wa.example/x"
    assert seen.count("perlu diisi") == 2
    assert "'2' bukan salah satunya; tulis kodenya, misalnya 32.04" in seen
    assert "penerima tidak akan terhubung: https://192.168.1.9/x" in seen
    assert "kontak 'humas' bukan alamat email" in seen
    assert "kentongan backfill " in seen


def test_a_wrong_flag_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    code, seen = in_terminal("init", "--contact", "humas", folder=tmp_path)
    assert (code, "--contact: kontak 'humas'" in seen, "Nama instansi" in seen) == (1, True, False)


def test_an_unlisted_region_is_asked_for_its_code(tmp_path: Path) -> None:
    code, seen = in_terminal("init", folder=tmp_path, answers="\nKabupaten Sagara\nabc\n33.99\n\n\n")
    assert code == 0, seen
    assert written(tmp_path).agencies[0].id == "33.99"


@pytest.mark.parametrize(
    "typed",
    ["Klatenn\n\nKabupaten Klaten\n\n\n", "Kabupaten Klatenn\n\nKabupaten Klaten\n\n\n", "Kabupaten Klatenn\n33.10\n\n\n"],
)
def test_a_mistyped_region_is_asked_for_again_or_taken_by_its_code(typed: str, tmp_path: Path) -> None:
    code, seen = in_terminal("init", folder=tmp_path, answers=typed)
    assert code == 0, seen
    assert "mungkin maksudnya Kabupaten Klaten (33.10)" in seen
    assert written(tmp_path).agencies[0].name == "Kabupaten Klaten"


def test_the_end_of_the_answers_is_no_crash(tmp_path: Path) -> None:
    code, seen = in_terminal("init", folder=tmp_path, answers="\x04")
    assert code == 1
    assert "tanya jawab terhenti" in seen


def test_an_abbreviation_is_asked_for_until_it_fits(tmp_path: Path) -> None:
    code, seen = in_terminal("init", folder=tmp_path, answers="Badan Kelapa Nasional\nbk ln\nbkln\n\n\n")
    assert code == 0, seen
    (agency,) = written(tmp_path).agencies
    assert (agency.id, agency.short_names) == ("BKLN", ("BKLN",))  # short names are searched for with their capitals


def test_the_next_steps_name_another_file(tmp_path: Path) -> None:
    shown = tool("init", "--yes", "--name", "BGN", "--out", "bgn.yaml", folder=tmp_path).stdout
    assert "./kentongan config check bgn.yaml" in shown
    assert "./kentongan run --config bgn.yaml --once" in shown
