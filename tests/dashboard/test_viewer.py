"""The viewer token."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from shared.local.store import LocalStore
from tests.dashboard import samples
from tests.dashboard.conftest import MakeClient

TOKEN = "kunci-rahasia-sagara"
ISSUE = f"/isu/{samples.POISONING}"


@pytest.fixture
def guarded(make_client: MakeClient, filled: LocalStore) -> FlaskClient:
    """A dashboard that asks for a token."""
    return make_client(VIEWER_TOKEN=TOKEN)


@pytest.mark.parametrize("path", ["/", ISSUE, "/sumber", "/laporan", "/tentang", "/api/v1/overview", "/tidak-ada"])
def test_without_token_nothing_is_shown_and_nothing_read(guarded: FlaskClient, filled: LocalStore, path: str) -> None:
    response = guarded.get(path)
    assert response.status_code == 403
    assert "Perlu tautan khusus" in response.text
    assert filled.used.reads == 0


def test_health_needs_no_token(guarded: FlaskClient) -> None:
    assert guarded.get("/healthz").status_code == 200


def test_the_link_opens_the_same_page_without_the_token_in_it(guarded: FlaskClient) -> None:
    first = guarded.get(f"{ISSUE}?token={TOKEN}&dari=chat")
    assert (first.status_code, first.location) == (303, f"{ISSUE}?dari=chat")
    cookie = first.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert TOKEN not in cookie
    assert first.headers["Cache-Control"] == "no-store"
    assert guarded.get(first.location).status_code == 200


@pytest.mark.parametrize(
    ("base", "secure"), [("http://127.0.0.1:8080", False), ("http://dasbor.example", True), ("https://localhost", True)]
)
def test_the_cookie_is_secure_except_on_this_computer(guarded: FlaskClient, base: str, secure: bool) -> None:
    assert ("Secure" in guarded.get(f"/?token={TOKEN}", base_url=base).headers["Set-Cookie"]) is secure


@pytest.mark.parametrize("token", ["", "salah", TOKEN[:-1], TOKEN + "x", "%FF", "kunci 🥁"])
def test_a_wrong_token_is_refused(guarded: FlaskClient, token: str) -> None:
    response = guarded.get(f"/?token={token}")
    assert response.status_code == 403
    assert "Tautan ini tidak berlaku" in response.text


def test_a_forged_cookie_is_refused(guarded: FlaskClient) -> None:
    for value in (TOKEN, "0" * 64, "é"):
        guarded.set_cookie("kentongan_viewer", value)
        assert guarded.get("/").status_code == 403


@pytest.mark.parametrize("path", ["//jahat.example/", "/\\jahat.example", "/tidak-ada"])
def test_the_redirect_never_leaves_this_site(guarded: FlaskClient, path: str) -> None:
    response = guarded.get(f"{path}?token={TOKEN}&_external=1&_scheme=ftp")
    assert response.status_code in (303, 308, 404)
    assert response.location in (None, "/") or response.location.startswith(("/?", "http://localhost/"))


def test_a_new_token_ends_old_cookies(guarded: FlaskClient, make_client: MakeClient) -> None:
    cookie = guarded.get(f"/?token={TOKEN}").headers["Set-Cookie"].split(";")[0].split("=")[1]
    other = make_client(VIEWER_TOKEN="kunci-baru")
    other.set_cookie("kentongan_viewer", cookie)
    assert other.get("/").status_code == 403
