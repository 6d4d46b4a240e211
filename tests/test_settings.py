"""The environment, read in one place: all problems at once, nothing started half right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shared import settings as settings_module
from shared.settings import SettingsError, read_settings

CLOUD = {"BACKEND": "gcp", "GOOGLE_CLOUD_PROJECT": "sagara", "PUSH_AUDIENCE": "https://x.run.app", "PUSH_EMAIL": "push@sagara"}
EMULATORS = {"PUBSUB_EMULATOR_HOST": "127.0.0.1:1", "FIRESTORE_EMULATOR_HOST": "127.0.0.1:2"}


def test_nothing_set_is_the_embedded_back_end() -> None:
    settings = read_settings({})
    assert (settings.backend, settings.data, settings.emulated, settings.allow_loopback) == ("local", "data", False, False)


def test_secrets_come_from_one_json_object_and_what_is_set_in_the_open_wins() -> None:
    settings = read_settings({**CLOUD, "SECRETS": '{"SECRET_PIKET": "whsec_a", "LINK_KEY": "k"}', "LINK_KEY": "open" * 8})
    assert settings.secrets == {"PIKET": "whsec_a"}
    assert settings.link_key == "open" * 8
    assert hash(settings)


def test_what_is_shown_of_settings_holds_no_key() -> None:
    keys = {"LINK_KEY": "l", "VIEWER_TOKEN": "v", "HANDLE_KEY": "h", "INGEST_KEY": "whsec_", "SECRET_PIKET": "s"}
    shown = repr(read_settings({**CLOUD, **{name: start + "rahasia" * 6 for name, start in keys.items()}}))
    assert "sagara" in shown
    assert "rahasia" not in shown


@pytest.mark.parametrize(
    ("environ", "problem"),
    [
        ({**CLOUD, "BASE_URL": "javascript:1"}, "BASE_URL 'javascript:1' bukan alamat"),
        ({**CLOUD, "BASE_URL": "https://a.example/?x=1"}, "BASE_URL .* di cloud dari `terraform output dashboard_url`"),
        ({**CLOUD, "DESK_URL": "desk.example"}, "DESK_URL 'desk.example' bukan alamat"),
        ({**CLOUD, "DESK_URL": "https://desk.example; script-src *"}, "DESK_URL .* bukan alamat"),
        (
            {"DESK_URL": "https://u@desk.example"},
            "DESK_URL 'https://u@desk.example' .* di komputer ini isi seperti http://127.0.0.1:8080/desk",
        ),
        (
            {**CLOUD, "BASE_URL": "https://a.example", "DESK_URL": "https://a.example/"},
            "DESK_URL sama .*terraform output desk_url",
        ),
        (
            {"BASE_URL": "http://127.0.0.1:8080", "DESK_URL": "http://127.0.0.1:8080"},
            "^DESK_URL sama dengan BASE_URL: di komputer ini hapus DESK_URL",
        ),
        ({**CLOUD, "LINK_KEY": f"{'k' * 32} x"}, "LINK_KEY memuat kunci yang lebih pendek dari 32"),
    ],
)
def test_links_lead_to_services_and_nobody_guesses_their_key(environ: dict[str, str], problem: str) -> None:
    with pytest.raises(SettingsError, match=problem):
        read_settings(environ)


def test_addresses_of_this_computer_are_addresses_and_a_short_key_will_do_there() -> None:
    settings = read_settings({"BASE_URL": "http://127.0.0.1:8080", "DESK_URL": "http://[::1]:8080/desk/", "LINK_KEY": "k"})
    assert (settings.base_url, settings.desk_url) == ("http://127.0.0.1:8080", "http://[::1]:8080/desk")


@pytest.mark.parametrize("text", ["{", "[]", '{"A": 1}', '"x"'])
def test_broken_secrets_are_said_without_their_values(text: str) -> None:
    with pytest.raises(SettingsError, match="SECRETS bukan objek JSON"):
        read_settings({**CLOUD, "SECRETS": text})


def test_all_problems_come_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"BACKEND": "aws", "PUSH_EMAIL": "x", "CLOCK_FILE": "/tmp/clock"})
    assert all(word in str(caught.value) for word in ("BACKEND", "PUSH_AUDIENCE", "CLOCK_FILE"))


def test_emulators_are_refused_where_cloud_run_runs() -> None:
    with pytest.raises(SettingsError, match="Cloud Run"):
        read_settings({**CLOUD, **EMULATORS, "K_SERVICE": "detect"})
    assert read_settings({**CLOUD, **EMULATORS}).emulated


@pytest.mark.parametrize(
    ("environ", "problem"),
    [
        ({"GEMINI_LOCATION": "global"}, "BACKEND=gcp"),
        ({**CLOUD, **EMULATORS, "GEMINI_LOCATION": "global"}, "BACKEND=gcp"),
        ({**CLOUD, "GEMINI_LOCATION": "Jakarta!"}, "GEMINI_LOCATION 'Jakarta!' bukan lokasi"),
        (
            {**CLOUD, "GEMINI_LOCATION": "us", "GEMINI_URL": "http://aiplatform.googleapis.com"},
            "GEMINI_URL .* bukan alamat https",
        ),
        (
            {**CLOUD, "GEMINI_LOCATION": "us", "GEMINI_URL": "https://googleapis.com.evil.example"},
            "GEMINI_URL .* bukan alamat https",
        ),
    ],
)
def test_tokens_of_the_project_go_to_google_alone(environ: dict[str, str], problem: str) -> None:
    with pytest.raises(SettingsError, match=problem):
        read_settings(environ)


def test_gemini_is_off_until_a_location_is_given() -> None:
    assert read_settings(CLOUD).gemini_location == ""
    settings = read_settings({**CLOUD, "GEMINI_LOCATION": "us", "GEMINI_URL": "https://aiplatform.googleapis.com/"})
    assert (settings.gemini_location, settings.gemini_model) == ("us", "gemini-3.5-flash-lite")
    assert settings.gemini_url == "https://aiplatform.googleapis.com"
    assert read_settings({"GEMINI_LOCATION": "global", "GEMINI_URL": "http://127.0.0.1:9"}).gemini_url == "http://127.0.0.1:9"


def test_the_share_of_a_processor_is_a_number() -> None:
    assert read_settings({"VCPU": "0.5", "REGION": "us-central1"}).cpu == 0.5
    with pytest.raises(SettingsError, match="VCPU 'x86_64' bukan angka"):
        read_settings({"VCPU": "x86_64"})


ENGLISH = re.compile(r"\b(is|are|the|use|needs|with|holds|has|make|missing|remove|belong|set|write)\b")
WRONG = (
    {"BACKEND": "aws"},
    {"BACKEND": "gcp"},
    {**CLOUD, **EMULATORS, "K_SERVICE": "detect"},
    {"PUSH_EMAIL": "x"},
    {"CLOCK_FILE": "x"},
    {"INGEST_KEY": "x"},
    {"VCPU": "x"},
    {"BASE_URL": "x"},
    {"DESK_URL": "http://[::1]", "BASE_URL": "http://[::1]"},
    {**CLOUD, "LINK_KEY": "x"},
    {"GEMINI_LOCATION": "!", "GEMINI_URL": "http://[::1]"},
    {"GEMINI_LOCATION": "us"},
    {**CLOUD, "GEMINI_LOCATION": "us", "GEMINI_URL": "x"},
    {"DASHBOARD_ACCESS": "x"},
    {"DASHBOARD_ACCESS": "token"},
    {"VIEWER_TOKEN": "x:y"},
    {"SECRETS": "x"},
)


@pytest.mark.parametrize("environ", WRONG, ids=lambda environ: list(environ)[-1])
def test_every_mistake_is_told_in_indonesian_with_a_remedy(environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(environ)
    said = str(caught.value)
    what, colon, remedy = said.partition(": ")
    assert what
    assert colon
    assert re.search("isi|hapus|buat|tulis|beri|memerlukan", remedy)
    assert not ENGLISH.search(said.replace("`", " "))


def test_no_mistake_is_left_out_here() -> None:
    """Each line of the source that tells one is reached."""
    source = Path(settings_module.__file__).read_text(encoding="utf-8")
    assert source.count("problems.append(") == len(WRONG)
