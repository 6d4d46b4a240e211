"""Who may call: tokens as Cloud Run hands them on, with the signature removed."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.identity import SKEW, Refused, check
from shared.settings import Settings, read_settings
from tests.receivers.samples import AT

AUDIENCE = "https://notify-abc.a.run.app"
EMAIL = "push@sagara.iam.gserviceaccount.com"
CLAIMS = {
    "iss": "https://accounts.google.com",
    "aud": AUDIENCE,
    "email": EMAIL,
    "email_verified": True,
    "exp": AT + 3600,
    "sub": "1",
    "azp": "1",
}
CLOUD = read_settings({"BACKEND": "gcp", "GOOGLE_CLOUD_PROJECT": "sagara", "PUSH_AUDIENCE": AUDIENCE, "PUSH_EMAIL": EMAIL})


def bearer(**changed: object) -> str:
    """An Authorization header; a claim of None is left out."""
    claims = {name: value for name, value in {**CLAIMS, **changed}.items() if value is not None}
    parts = [json.dumps(part).encode() for part in ({"alg": "RS256"}, claims)]
    header, payload = (base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
    return f"Bearer {header}.{payload}.SIGNATURE_REMOVED_BY_GOOGLE"


def refusal(authorization: str, settings: Settings = CLOUD) -> str:
    with pytest.raises(Refused) as refused:
        check(authorization, settings, AT)
    return str(refused.value)


def test_the_one_caller_is_accepted() -> None:
    check(bearer(), CLOUD, AT)
    check(bearer(iss="accounts.google.com", exp=AT + 3600.5), CLOUD, AT)
    check(bearer(exp=AT - SKEW), CLOUD, AT)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"iss": "https://login.example"}, "token is of another issuer"),
        ({"aud": "https://detect-abc.a.run.app"}, "token is for another audience"),
        ({"email": "orang@lain.example"}, "token is of another account"),
        ({"email_verified": False}, "token is of another account"),
        ({"email_verified": None}, "token is of another account"),
        ({"exp": AT - SKEW - 1}, "token has expired"),
        ({"exp": None}, "token is unreadable"),
        ({"aud": [AUDIENCE]}, "token is unreadable"),
        ({"email": None}, "token is unreadable"),
    ],
)
def test_others_are_refused(changed: dict[str, object], reason: str) -> None:
    assert refusal(bearer(**changed)) == reason


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic YTpi", bearer().removeprefix("Bearer "), "Bearer a.b", "Bearer a.b.c.d"]
)
def test_no_token(header: str) -> None:
    assert refusal(header) == "no bearer token"


@pytest.mark.parametrize("payload", ["", "!", "é", "bnVsbA", "e30", "W10", "/w"])
def test_an_unreadable_token(payload: str) -> None:
    assert refusal(f"Bearer a.{payload}.c") == "token is unreadable"


@given(st.text())
def test_no_text_gets_through_or_breaks_it(text: str) -> None:
    refusal(text)
    refusal(f"Bearer a.{text}.c")


def test_nobody_may_call_where_nothing_is_configured() -> None:
    assert "nobody may call" in refusal(bearer(), read_settings({}))


def test_emulators_send_no_token() -> None:
    environ = {"PUBSUB_EMULATOR_HOST": "127.0.0.1:8782", "FIRESTORE_EMULATOR_HOST": "127.0.0.1:8781"}
    check("", read_settings({"BACKEND": "gcp", "GOOGLE_CLOUD_PROJECT": "demo", **environ}), AT)
