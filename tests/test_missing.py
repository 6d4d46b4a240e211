"""A tool that is not there: told on a person's computer, a failure under CI."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import browser, emulators
from tests.deploy import conftest as deploy
from tests.missing import missing

Outcome = type[BaseException]
OUTCOMES = (("", pytest.skip.Exception), ("true", pytest.fail.Exception))


@pytest.fixture(params=OUTCOMES, ids=("on a computer", "under CI"))
def outcome(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """What is raised where something is missing."""
    ci, raised = request.param
    monkeypatch.setenv("CI", ci)
    return raised  # type: ignore[no-any-return]


def test_the_reason_is_told(outcome: Outcome) -> None:
    with pytest.raises(outcome, match="go is not installed"):
        missing("go is not installed")


def test_terraform_is_not_left_out_silently(outcome: Outcome, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(deploy, "STAND_IN", tmp_path / "build")
    with pytest.raises(outcome, match=r"terraform|go|stand-in"):
        deploy.build_stand_in(tmp_path)


def test_chromium_is_not_left_out_silently(outcome: Outcome, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(browser, "CHROMIUM", tmp_path / "chromium")
    with pytest.raises(outcome, match="Chromium is not at"), browser.chromium():
        pass


def test_emulators_are_not_left_out_silently(outcome: Outcome, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KENTONGAN_SDK", str(tmp_path))
    with pytest.raises(outcome, match=r"java is not installed|the emulators are not in"), emulators.running_emulators(tmp_path):
        pass
