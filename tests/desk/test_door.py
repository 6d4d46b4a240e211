"""Guessing is slow, and no page tells what a guess came near to."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from shared.desk.door import WITHIN, WRONG
from shared.links import ACTING
from tests.desk.desks import Desk, opened
from tests.receivers.samples import settings


def test_who_guesses_has_to_wait_also_with_what_is_right(desk: Desk) -> None:
    genuine = desk.form("approve")
    assert {httpx.get(f"{desk.url}/x{number}").status_code for number in range(WRONG - 1)} == {404}
    assert httpx.post(f"{desk.url}{ACTING}x").status_code == 404
    refused = httpx.post(genuine)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "Terlalu banyak percobaan" in refused.text
    assert desk.published() == ([], [])
    desk.now += WITHIN // WRONG
    assert httpx.post(genuine).status_code == 200


def test_who_is_right_never_waits(desk: Desk) -> None:
    assert {desk.send("assign").status_code for _ in range(WRONG + 5)} == {200}
    assert {httpx.get(f"{desk.url}/favicon.ico").status_code for _ in range(WRONG + 5)} == {404}
    assert desk.send("assign").status_code == 200


def test_one_who_guesses_does_not_hold_up_another(desk: Desk) -> None:
    desk.settings = settings(
        BACKEND="gcp", GOOGLE_CLOUD_PROJECT="p", DESK_URL=desk.url, LINK_KEY=desk.settings.link_key, BASE_URL="https://p.example"
    )
    for number in range(WRONG):  # whatever a guesser writes before its own address
        httpx.get(f"{desk.url}/x{number}", headers={"X-Forwarded-For": f"10.0.0.{number}, 203.0.113.7"})
    assert httpx.get(f"{desk.url}/x", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 429
    assert httpx.get(f"{desk.url}/x", headers={"X-Forwarded-For": "203.0.113.8"}).status_code == 404


@pytest.mark.parametrize("path", ["", "x", "kerja", "kerja/", "kerja/x", "meja/x", "telegram", "ingest", "kerja/x/y"])
def test_there_is_one_page_for_everything_that_is_not_there(desk: Desk, path: str) -> None:
    answer = httpx.post(f"{desk.url}/{path}")
    assert answer.status_code == 404
    assert answer.text == httpx.post(f"{desk.url}/lain").text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_without_a_key_there_is_no_desk(tmp_path: Path) -> None:
    with opened(tmp_path, LINK_KEY="") as desk:
        assert httpx.post(f"{desk.url}{ACTING}x").status_code == 404
