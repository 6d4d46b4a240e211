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
    settings = read_settings({**CLOUD, "SECRETS": '{"SECRET_PIKET": "whsec_a", "LINK_KEY": "k"}', "LINK_KEY": "open"})
    assert settings.secrets == {"PIKET": "whsec_a"}
    assert settings.link_key == "open"
    assert hash(settings)


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
