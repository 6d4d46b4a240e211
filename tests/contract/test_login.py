"""Whoever has no login at Google is told how to get one, in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.cli.main import main

NOWHERE = ("FIRESTORE_EMULATOR_HOST", "PUBSUB_EMULATOR_HOST", "GOOGLE_APPLICATION_CREDENTIALS")


def test_no_login_is_told_with_the_command_that_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in NOWHERE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))  # where gcloud keeps logins
    monkeypatch.setenv("NO_GCE_CHECK", "true")  # this is no machine of Google's
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "kentongan-sagara")
    monkeypatch.chdir(tmp_path)
    assert main(["doctor", "--cloud"]) == 3
    said = capsys.readouterr().err
    assert "gcloud auth application-default login" in said
