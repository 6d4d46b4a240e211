"""kentongan.env: read by the tool as systemd reads it, or refused by line; never stronger than the real environment."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.cli.environment import assignments
from shared.cli.main import main
from tests.cli.test_main import tool

CONFIG = """\
agencies: [{id: "33.99", name: Kabupaten Sagara}]
receivers:
  - {id: sink, kind: webhook, url: "https://127.0.0.1:9/x", secret: SINK, health: true}
  - {id: it, kind: ntfy, to: sagara-it, health: true}
"""
CLOUD = {"BACKEND": "gcp", "GOOGLE_CLOUD_PROJECT": "sagara"}
KEY = "whsec_" + "A" * 32


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=b", "b"),
        ("  A = b c  ", "b c"),
        ("A=", ""),
        ("A=''", ""),
        ("A='b \"c\" #d\\'", 'b "c" #d\\'),
        ('A="it\'s # $HOME"', "it's # $HOME"),
        ("A=b=c#d", "b=c#d"),
        ("A=b'c", "b'c"),
    ],
)
def test_a_line_is_a_name_and_a_value(line: str, value: str) -> None:
    assert assignments(f"# kunci\n\n; lain\n{line}\n") == ({"A": value}, [])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("RAHASIA", "tidak ada tanda ="),
        ("export A=rahasia", "tanpa export"),
        ("A-B=rahasia", "hanya boleh huruf"),
        ('A="rahasia', "tidak ditutup"),
        ("A='rahasia' 'lagi", "tidak ditutup"),
        ("A=C:\\rahasia", "kutip tunggal"),
        ("A=rahasia # lama", "komentar"),
        ("A=rahasia\0", "tidak terlihat"),
    ],
)
def test_what_systemd_would_read_otherwise_is_refused_by_line_without_its_value(line: str, words: str) -> None:
    values, [(number, what)] = assignments(f"OK=1\n\n{line}\n")
    assert (values, number) == ({"OK": "1"}, 3)
    assert words in what
    assert "rahasia" not in what


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    values, wrong = assignments(text)
    assert all(value.isprintable() for value in values.values())
    assert len(values) + len(wrong) <= len(text.split("\n"))


def test_commands_find_data_and_secrets_there_and_the_real_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "kentongan.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "kentongan.env").write_bytes(f"\ufeffKENTONGAN_DATA={tmp_path / 'lain'}\r\nLINK_KEY=dari-berkas\r\n".encode())
    assert tool("config", "push", folder=tmp_path).returncode == 0
    assert (tmp_path / "lain" / "kentongan.db").exists()
    assert not (tmp_path / "data").exists()
    address = tool("desk", "invite", "Sari", "--json", folder=tmp_path).stdout.split('"url": "')[1].split('"')[0]
    assert tool("desk", "check", address, folder=tmp_path).returncode == 0
    assert tool("desk", "check", address, folder=tmp_path, LINK_KEY="dari-luar").returncode == 1
    assert tool("config", "show", folder=tmp_path, KENTONGAN_DATA=str(tmp_path / "kosong")).returncode == 1


def test_wrong_lines_are_told_with_their_numbers_and_nothing_is_done(tmp_path: Path) -> None:
    (tmp_path / "kentongan.env").write_text(f"# kunci\nexport SECRET_SINK={KEY}\nSECRET_DUA\n", encoding="utf-8")
    done = tool("doctor", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "baris 2: tulis tanpa export\n  baris 3: tidak ada tanda =" in done.stderr
    assert KEY not in done.stderr
    assert tool("doctor", "--help", folder=tmp_path).returncode == 0


def test_a_receiver_without_its_secret_is_told_before_the_first_alarm(tmp_path: Path) -> None:
    (tmp_path / "kentongan.yaml").write_text(CONFIG, encoding="utf-8")
    checked, once, doctor = (
        partial(tool, *words, folder=tmp_path) for words in (("config", "check"), ("run", "--once"), ("doctor",))
    )
    assert "perhatian: SECRET_SINK untuk sink belum ada" in checked().stdout
    assert "note: SECRET_SINK for sink is not on this computer" in checked("--language", "en").stdout
    assert json.loads(checked("--json").stdout)["remarks"]
    assert tool("config", "check", folder=tmp_path, ALLOW_LOOPBACK="1", **CLOUD).stdout.count("\n") == 1
    assert "penerima sink tidak akan dikabari, SECRET_SINK belum disetel\n  -> simpan" in once().stderr
    told = doctor()
    assert (told.returncode, "RUSAK penerima sink: tidak akan dikabari" in told.stdout) == (1, True)
    assert "notify: 2 penerima" not in told.stdout
    (tmp_path / "kentongan.env").write_text(f"SECRET_SINK={KEY}\n", encoding="utf-8")
    assert checked(ALLOW_LOOPBACK="1").stdout.count("\n") == 1
    assert "perhatian: alamat sink ada di komputer ini sendiri" in checked().stdout
    assert "sink" not in once().stderr
    assert "baik  notify: 2 penerima" in doctor().stdout


def test_a_secret_that_cannot_be_right_and_a_key_to_be_guessed_are_remarked_upon(tmp_path: Path) -> None:
    (tmp_path / "kentongan.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "kentongan.env").write_text("SECRET_SINK=rahasia\nLINK_KEY=abc\n", encoding="utf-8")
    check = partial(tool, "config", "check", folder=tmp_path, ALLOW_LOOPBACK="1")
    said = check().stdout
    assert "perhatian: isi SECRET_SINK bukan yang diperlukan sink (webhook)" in said
    assert "perhatian: LINK_KEY lebih pendek dari 32 huruf" in said
    english = check("--language", "en").stdout
    assert "note: the value of SECRET_SINK is not what sink (webhook) needs" in english
    assert "note: LINK_KEY is shorter than 32 characters" in english


def test_a_file_without_receivers_is_right_and_remarked_upon(tmp_path: Path) -> None:
    (tmp_path / "kentongan.yaml").write_text(CONFIG.split("receivers")[0], encoding="utf-8")
    done = tool("config", "check", folder=tmp_path)
    assert (done.returncode, "perhatian: belum ada penerima" in done.stdout) == (0, True)


@pytest.mark.parametrize(("zone", "late"), [("Asia/Makassar", "Kabupaten Ujung"), ("Asia/Jakarta", ""), ("Asia/Kolkata", "")])
def test_an_agency_west_of_the_deployment_is_remarked_upon(tmp_path: Path, zone: str, late: str) -> None:
    agencies = "agencies:\n" + "".join(
        f"  - {{id: '{id}', name: {name}, aliases: [Pemkab {name}]{where}}}\n"
        for id, name, where in (
            ("33.98", "Kabupaten Timur", ", zone: Asia/Jayapura"),
            ("33.97", "Kabupaten Ujung", ", zone: Asia/Jakarta"),
            ("33.96", "Kabupaten Tengah", ""),
        )
    )
    (tmp_path / "kentongan.yaml").write_text(f"zone: {zone}\n{agencies}", encoding="utf-8")
    words = {
        "id": f"perhatian: zone {zone}, padahal {late} lebih ke barat: laporan hariannya terlambat sehari",
        "en": f"note: zone is {zone}, yet {late} is further west: its daily report comes a day late",
    }
    for language, sentence in words.items():
        told = tool("config", "check", "--language", language, folder=tmp_path).stdout.splitlines()
        assert any(line.startswith(sentence) and line.endswith("zone: Asia/Jakarta") for line in told) == bool(late)
        assert len(told) == (3 if late else 2)  # what it holds, that there are no receivers


@pytest.mark.parametrize(
    ("receivers", "told"),
    [
        ("{id: layar, kind: console}", ""),
        ("{id: a, kind: ntfy, to: sagara-a}, {id: layar, kind: console, health: true}", "bila sebuah penerima rusak"),
        (
            "{id: a, kind: ntfy, to: sagara-a, health: true}, {id: layar, kind: console, health: true}",
            "bila penerima a sendiri rusak",
        ),
        ("{id: a, kind: ntfy, to: sagara-a, health: true}, {id: b, kind: ntfy, to: sagara-b, health: true}", ""),
    ],
)
def test_where_nobody_would_hear_of_a_broken_receiver_that_is_remarked_upon(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], receivers: str, told: str
) -> None:
    file = tmp_path / "kentongan.yaml"
    file.write_text(f"{CONFIG.split('receivers')[0]}receivers: [{receivers}]\n", encoding="utf-8")
    for language, expected in (("id", told), ("en", "nobody is told" if told else "")):
        assert main(["config", "check", str(file), "--language", language, "--json"]) == 0
        remarks = json.loads(capsys.readouterr().out)["remarks"]
        assert len(remarks) == bool(expected)
        assert expected in "".join(remarks)


def test_git_does_not_offer_it() -> None:
    ignored = Path(__file__).parents[2] / ".gitignore"
    assert "/kentongan.env" in ignored.read_text(encoding="utf-8").splitlines()
