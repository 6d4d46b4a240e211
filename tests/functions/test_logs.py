"""What services that people open say of their failures: no request line of theirs is kept, and no token may lie here."""

from __future__ import annotations

import time

import pytest

from shared.local.bus import LocalBus
from shared.local.store import LocalStore
from shared.permits import AnswerLink, sign
from shared.ports import Retryable
from tests.functions.conftest import LINK_KEY, House

TOKEN = "izin.yang-membuka-meja"


def _breaks(*_: object) -> None:
    raise RuntimeError("rusak")


def _fails(*_: object) -> None:
    raise Retryable("tidak ada yang menjawab")


@pytest.mark.parametrize(("stage", "path"), [("desk", "/kerja/"), ("dashboard", "/meja/")])
def test_a_wrong_environment_is_told_without_the_address(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, stage: str, path: str
) -> None:
    monkeypatch.setenv("BACKEND", "awan")
    assert house.open(stage).get(path + TOKEN).status_code == 500
    assert "BACKEND 'awan' tidak dikenal" in caplog.text
    assert TOKEN not in caplog.text


def test_a_page_that_breaks_is_told_without_the_address(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    house.configure()
    monkeypatch.setattr(LocalStore, "read", _breaks)
    assert house.open("dashboard").get(f"/isu/{'0' * 16}?token={TOKEN}").status_code == 500
    assert "RuntimeError: rusak" in caplog.text
    assert "/isu/" not in caplog.text


def test_desk_says_what_it_could_not_publish_and_why(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINK_KEY", LINK_KEY)
    monkeypatch.setattr(LocalBus, "publish", _fails)
    until = int(time.time()) + 60
    link = AnswerLink(alert="a1b2", transition="a1b2-1", receiver="piket", kind="acknowledge", expires_at=until)
    token = sign(LINK_KEY, link)
    assert house.open("desk").post(f"/{token}").status_code == 503
    said = capsys.readouterr().err
    assert '"not published", "stage": "desk", "reason": "tidak ada yang menjawab"' in said
    assert token not in said
