"""The deployment as far as it can be checked without the platform: see docs/deploy.md, "What has been tried"."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, Final

import pytest

from shared.settings import Settings, read_settings
from tests.deploy.conftest import Terraform

VALUES: Final[dict[str, Any]] = {
    "project_id": "kentongan-sagara",
    "desk_enabled": True,
    "dashboard_access": "token",
    "gemini_location": "global",
    "billing_account": "012345-6789AB-CDEF01",
    "budget": 50_000,
    "guard_enabled": True,
    "archive": True,
    "secret_versions": {"notify": 1, "web": 1},
    "receiver_secrets": {"PUSDALOPS": "whsec_bukan-kunci-yang-sah"},
    "link_key": "0123456789abcdef0123456789abcdef",
    "viewer_token": "fedcba9876543210fedc",
}
CALLED = ("classify", "collect", "detect", "guard", "notify", "report")
OPENED = ("dashboard", "desk")
HANDED_OVER: Final = {"SECRETS": json.dumps({"VIEWER_TOKEN": VALUES["viewer_token"]})}  # by Secret Manager, never in the state


@pytest.fixture(scope="module")
def applied(terraform: Terraform) -> Terraform:
    """A make-believe apply with every option on."""
    given = {f"TF_VAR_{name}": value if isinstance(value, str) else json.dumps(value) for name, value in VALUES.items()}
    command = replace(terraform, environ={**terraform.environ, **given})
    command.run("apply", "-auto-approve")
    return command


@pytest.fixture(scope="module")
def environments(applied: Terraform) -> dict[str, dict[str, str]]:
    """Environment variables of each service, without secrets."""
    resources = json.loads(applied.run("show", "-json"))["values"]["root_module"]["resources"]
    services: list[dict[str, Any]] = [one["values"] for one in resources if one["type"] == "google_cloud_run_v2_service"]
    services = [one for one in services if one["name"] in CALLED + OPENED]
    return {one["name"]: {env["name"]: env["value"] for env in _env(one) if not env["value_source"]} for one in services}


def _env(service: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = service["template"][0]["containers"][0]["env"]
    return found


def test_format(terraform: Terraform) -> None:
    terraform.run("fmt", "-check", "-recursive")


def test_validate(terraform: Terraform) -> None:
    terraform.run("validate")


def test_own_tests(terraform: Terraform) -> None:
    assert "Success!" in terraform.run("test")


def test_apply_then_nothing_to_do(applied: Terraform) -> None:
    applied.run("plan", "-detailed-exitcode")


def test_secrets_stay_out_of_the_state(applied: Terraform) -> None:
    state = (applied.folder / "terraform.tfstate").read_text(encoding="utf-8")
    assert VALUES["project_id"] in state
    for name in ("link_key", "viewer_token"):
        assert VALUES[name] not in state
    assert VALUES["receiver_secrets"]["PUSDALOPS"] not in state


def test_code_is_deployed_again_when_it_changes(applied: Terraform) -> None:
    changed = applied.folder.parents[1] / "shared" / "baru.py"
    changed.write_text('"""Something new."""\n', encoding="utf-8")
    plan = applied.run("plan", "-detailed-exitcode", expect=2)
    changed.unlink()
    services = {f'google_cloud_run_v2_service.stage["{name}"]' for name in CALLED + OPENED}
    assert touched(plan) == {"google_storage_bucket_object.source", "google_cloudfunctions2_function.image", *services}


def test_an_api_more_or_less_touches_only_what_it_is_for(applied: Terraform) -> None:
    plan = applied.run("plan", "-detailed-exitcode", "-var=gemini_location=", expect=2)
    assert touched(plan) == {
        'google_project_service.needed["aiplatform.googleapis.com"]',
        'google_project_iam_member.gemini["classify"]',
        'google_cloud_run_v2_service.stage["classify"]',
    }


def touched(plan: str) -> set[str]:
    """The resources that a plan would make, change or destroy."""
    return set(re.findall(r"^  # (\S+) (?:will be|must be) (?!read)", plan, re.MULTILINE))


def test_next_steps_name_the_next_command(applied: Terraform) -> None:
    told = applied.run("output", "-raw", "next_steps")
    assert "GOOGLE_CLOUD_PROJECT=kentongan-sagara ./kentongan config push" in told
    assert 'GOOGLE_CLOUD_PROJECT=kentongan-sagara ./kentongan desk invite "NAMA"' in told
    assert "DESK_URL=https://desk-" in told


@pytest.mark.parametrize("name", CALLED)
def test_service_can_read_its_settings(environments: dict[str, dict[str, str]], name: str) -> None:
    settings = read_settings(environments[name])
    assert (settings.backend, settings.project, settings.emulated) == ("gcp", "kentongan-sagara", False)
    assert settings.push_audience.startswith(f"https://{name}-")
    assert settings.push_email


@pytest.mark.parametrize("name", OPENED)
def test_service_without_a_machine_for_a_caller_can_read_its_settings(environments: dict[str, dict[str, str]], name: str) -> None:
    settings = read_settings({**environments[name], **HANDED_OVER})
    assert (settings.backend, settings.push_audience, settings.push_email) == ("gcp", "", "")


def test_classify_alone_is_told_whom_to_ask_for_second_opinions(environments: dict[str, dict[str, str]]) -> None:
    told = {name: read_settings({**environment, **HANDED_OVER}).gemini_location for name, environment in environments.items()}
    assert told == {name: "global" if name == "classify" else "" for name in CALLED + OPENED}


def test_settings_understand_a_secret(environments: dict[str, dict[str, str]]) -> None:
    secret = {"SECRET_PUSDALOPS": "whsec_x", "LINK_KEY": "k" * 32, "VIEWER_TOKEN": "t" * 20}
    settings: Settings = read_settings({**environments["notify"], "SECRETS": json.dumps(secret)})
    assert settings.secrets["PUSDALOPS"] == "whsec_x"
    assert (settings.link_key, settings.viewer_token) == ("k" * 32, "t" * 20)


def test_destroy_leaves_nothing(applied: Terraform) -> None:
    """Last in this file: what it destroys, the tests before it look at."""
    applied.run("destroy", "-auto-approve")
    assert applied.run("state", "list") == ""
