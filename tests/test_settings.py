"""The environment, read in one place: all problems at once, nothing started half right."""

from __future__ import annotations

import pytest

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
        ({**CLOUD, "BASE_URL": "javascript:1"}, "BASE_URL is 'javascript:1'"),
        ({**CLOUD, "BASE_URL": "https://a.example/?x=1"}, "BASE_URL is"),
        ({**CLOUD, "DESK_URL": "desk.example"}, "DESK_URL is 'desk.example'"),
        ({**CLOUD, "DESK_URL": "https://desk.example; script-src *"}, "DESK_URL is"),
        ({"DESK_URL": "https://u@desk.example"}, "DESK_URL 'https://u@desk.example' bukan alamat seperti"),
        ({**CLOUD, "BASE_URL": "https://a.example", "DESK_URL": "https://a.example/"}, "the same"),
        (
            {"BASE_URL": "http://127.0.0.1:8080", "DESK_URL": "http://127.0.0.1:8080"},
            "^DESK_URL sama dengan BASE_URL; hapus DESK_URL",
        ),
        ({**CLOUD, "LINK_KEY": f"{'k' * 32} x"}, "LINK_KEY has a key of less than 32"),
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
    with pytest.raises(SettingsError, match="SECRETS is not a JSON object"):
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
        ({**CLOUD, "GEMINI_LOCATION": "Jakarta!"}, "GEMINI_LOCATION is"),
        ({**CLOUD, "GEMINI_LOCATION": "us", "GEMINI_URL": "http://aiplatform.googleapis.com"}, "GEMINI_URL is"),
        ({**CLOUD, "GEMINI_LOCATION": "us", "GEMINI_URL": "https://googleapis.com.evil.example"}, "GEMINI_URL is"),
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
    with pytest.raises(SettingsError, match="VCPU is 'x86_64'"):
        read_settings({"VCPU": "x86_64"})
