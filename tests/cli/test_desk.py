"""`kentongan desk`: the link that is printed opens the desk, and every failure says what to do."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from shared.cli.main import main
from shared.links import WORKING, may_work
from shared.model import DAY
from shared.permits import AnswerLink, DeskLink, sign
from tests.receivers.samples import AT

FILE = """\
agencies:
  - {id: "33.99", name: Kabupaten Sagara}
  - {id: "33.98", name: Kabupaten Telaga}
receivers:
  - {id: budi, kind: console, agencies: ["33.99"]}
  - {id: sari, kind: console, agencies: ["33.99", "33.98"]}
  - {id: semua, kind: console}
"""
NAMES = ("LINK_KEY", "BASE_URL", "DESK_URL", "BACKEND", "GOOGLE_CLOUD_PROJECT", "KENTONGAN_DATA")
CLOUD = {"LINK_KEY": "kunci" * 7, "BACKEND": "gcp", "GOOGLE_CLOUD_PROJECT": "p"}


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: float(AT))
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LINK_KEY", "kunci")


@pytest.fixture
def file(tmp_path: Path) -> None:
    (tmp_path / "kentongan.yaml").write_text(FILE)


def invited(capsys: pytest.CaptureFixture[str], *arguments: str) -> DeskLink:
    """The link that `invite` hands out."""
    assert main(["desk", "invite", *arguments, "--json"]) == 0
    link = may_work("kunci", json.loads(capsys.readouterr().out)["url"].split(WORKING)[1], AT)
    assert link is not None
    return link


def test_a_key_that_can_be_guessed_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["desk", "invite", "Sari"]) == 0
    assert "LINK_KEY terlalu pendek" in capsys.readouterr().err
    monkeypatch.setenv("LINK_KEY", "kunci" * 7)
    assert main(["desk", "invite", "Sari"]) == 0
    assert capsys.readouterr().err == ""


def test_an_invitation_opens_the_desk_of_this_computer(capsys: pytest.CaptureFixture[str]) -> None:
    link = invited(capsys, "Sari  Wulandari", "--days", "3")
    assert (link.receiver, link.agency, link.expires_at) == ("Sari Wulandari", "", AT + 3 * DAY)
    assert main(["desk", "invite", "Sari"]) == 0
    said = capsys.readouterr().out
    assert "http://127.0.0.1:8080/meja/" in said
    assert "hanya di komputer ini" in said
    assert "jangan lewat grup" in said


@pytest.mark.parametrize(("text", "port"), [("18082\n", 18082), ("", 8080), ("99999", 8080)])
def test_the_port_of_the_last_run_is_used(text: str, port: int, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "run.port").write_text(text)
    assert main(["desk", "invite", "Sari"]) == 0
    assert f"http://127.0.0.1:{port}/meja/" in capsys.readouterr().out
    assert main(["desk", "invite", "Sari", "--port", "9000"]) == 0
    assert "http://127.0.0.1:9000/meja/" in capsys.readouterr().out


def test_the_deployments_addresses_are_used(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**CLOUD, "BASE_URL": "https://p.example", "DESK_URL": "https://d.example"}.items():
        monkeypatch.setenv(name, value)
    assert main(["desk", "invite", "Sari"]) == 0
    assert "https://p.example/meja/" in capsys.readouterr().out


@pytest.mark.usefixtures("file")
def test_an_agency_and_a_receiver_are_those_of_the_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    assert invited(capsys, "Sari", "--agency", "33.98").agency == "33.98"
    assert (invited(capsys, "budi", "--receiver").receiver, invited(capsys, "budi", "--receiver").agency) == ("budi", "33.99")
    assert invited(capsys, "sari", "--receiver", "--agency", "33.98").agency == "33.98"
    assert invited(capsys, "semua", "--receiver").agency == ""
    for wrong, remedy in (
        (["Sari", "--agency", "33.97"], "pilih: 33.99, 33.98"),
        (["joko", "--receiver"], "pilih: budi, sari, semua"),
        (["sari", "--receiver"], "--agency 33.99"),
        (["budi", "--receiver", "--agency", "33.98"], "pilih: 33.99"),
    ):
        assert main(["desk", "invite", *wrong]) == 1
        assert remedy in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environ", "remedy"),
    [
        ({"LINK_KEY": ""}, "openssl rand -hex 32"),
        (CLOUD, "terraform output dashboard_url"),
        ({**CLOUD, "BASE_URL": "https://p.example"}, "terraform output desk_url"),
    ],
)
def test_what_is_missing_is_said_with_its_remedy(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], remedy: str
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert main(["desk", "invite", "Sari"]) == 1
    assert remedy in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "Sa\u202eri"])
def test_a_name_is_one_that_can_be_read(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["desk", "invite", name]) == 1
    assert "nama perlu" in capsys.readouterr().err


class TestCheck:
    LINK = AnswerLink(
        alert="a1",
        transition="t1",
        receiver="piket",
        kind="silence",
        expires_at=AT + DAY,
        title="keracunan",
        issue="isu-7",
        agency="33.99",
    )

    def test_it_says_what_a_link_permits(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["desk", "check", f"https://d.example/{sign('kunci', self.LINK)}"]) == 0
        said = capsys.readouterr().out
        for word in (
            "menjawab satu peringatan (silence)",
            "piket",
            "33.99",
            "isu-7 (keracunan)",
            "berlaku sampai Minggu, 29 November",
        ):
            assert word in said

    def test_of_a_desks_page_too_and_when_it_has_ended(self, capsys: pytest.CaptureFixture[str]) -> None:
        token = sign("kunci", DeskLink(receiver="Sari", expires_at=AT - 1))
        for text in (token, f"https://p.example/meja/{token}/isu/isu-7?mulai=5"):
            assert main(["desk", "check", text]) == 0
            assert "sudah kedaluwarsa sejak" in capsys.readouterr().out
        assert main(["desk", "check", token, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["valid"] is False

    def test_times_are_those_of_the_configuration(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        file = tmp_path / "kentongan.yaml"
        file.write_text('zone: Asia/Jayapura\nagencies: [{id: "33.99", name: Kabupaten Sagara}]\n', encoding="utf-8")
        assert main(["desk", "check", sign("kunci", self.LINK), "--file", str(file)]) == 0
        assert "WIT" in capsys.readouterr().out.split("berlaku sampai")[1].split()

    @pytest.mark.parametrize("text", ["abc", "", "https://[", "https://p.example/meja/x"])
    def test_anything_else_is_none_of_ours(self, capsys: pytest.CaptureFixture[str], text: str) -> None:
        assert main(["desk", "check", text]) == 1
        assert "LINK_KEY" in capsys.readouterr().err
