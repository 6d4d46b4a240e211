"""Guessing is slow, and no page tells what a guess came near to."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace

from shared.desk.door import WITHIN, WRONG
from shared.desk.pace import DEEDS, FINDINGS
from shared.links import ACTING
from shared.model import HOUR
from shared.permits import AnswerLink, sign
from tests.desk.desks import DESK, Desk, opened
from tests.receivers.samples import AT, settings


def test_who_guesses_has_to_wait(desk: Desk) -> None:
    assert {httpx.get(f"{desk.url}/x{number}").status_code for number in range(WRONG - 1)} == {404}
    assert httpx.post(f"{desk.url}{ACTING}x").status_code == 404
    refused = httpx.post(f"{desk.url}{ACTING}y")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "Terlalu banyak percobaan" in refused.text
    assert desk.published() == ([], [])
    desk.now += WITHIN // WRONG
    assert httpx.post(f"{desk.url}{ACTING}y").status_code == 404


def test_a_genuine_link_is_taken_whatever_others_at_its_address_do(desk: Desk) -> None:
    genuine = desk.form("approve")
    assert {httpx.get(f"{desk.url}/x{number}").status_code for number in range(WRONG + 1)} == {404, 429}
    assert httpx.post(genuine).status_code == 200


def test_opening_old_messages_is_no_guessing(desk: Desk) -> None:
    old = AnswerLink(alert="a1", transition="t1", receiver="piket", kind="acknowledge", expires_at=AT)
    address = f"{desk.url}/{sign(desk.settings.link_key, old)}"
    assert {httpx.get(address).status_code for _ in range(WRONG + 5)} == {404}
    assert httpx.get(f"{desk.url}/x").text == httpx.get(address).text


def test_a_link_that_leaked_does_not_publish_without_end(desk: Desk) -> None:
    texts = [f"Temuan ke-{number} dari pasar" for number in range(FINDINGS + 1)]
    sent = [desk.send("finding", {"quote": text, "platform": "luring"}) for text in texts]
    assert [answer.status_code for answer in sent] == [200] * FINDINGS + [429]
    assert texts[-1] in sent[-1].text  # as it was typed, to be sent again
    assert len(desk.published()[1]) == FINDINGS
    assert desk.send("approve").status_code == 200  # another measure
    colleague = replace(DESK, receiver="Budi Piket")
    again = httpx.post(desk.form("finding", desk=colleague), data={"quote": texts[-1], "platform": "luring"})
    assert again.status_code == 200


def test_a_form_that_takes_many_articles_along_costs_more(desk: Desk) -> None:
    items = [",".join(f"{group * 8 + place:016x}@{AT}" for place in range(8)) for group in range(50)]
    sent = [httpx.post(desk.form("issue"), data={"items": items}).status_code for _ in range(4)]
    assert sent == [200, 200, 429, 429]


def test_the_forms_of_one_desk_count_together_and_wait(desk: Desk) -> None:
    forms = [desk.form("tell", issue=f"isu-{number}") for number in range(DEEDS + 1)]
    assert [httpx.post(form, data={"to": "BGN"}).status_code for form in forms] == [200] * DEEDS + [429]
    assert len(desk.done) == DEEDS
    desk.now += HOUR // DEEDS
    assert httpx.post(forms[-1], data={"to": "BGN"}).status_code == 200


def test_what_could_not_be_published_is_not_counted(desk: Desk) -> None:
    items = [",".join(f"{group * 8 + place:016x}@{AT}" for place in range(8)) for group in range(50)]  # half an hour's worth
    desk.bus.down = True
    assert {httpx.post(desk.form("issue"), data={"items": items}).status_code for _ in range(4)} == {503}
    assert {desk.send("finding").status_code for _ in range(FINDINGS + 1)} == {503}
    desk.bus.down = False
    assert [httpx.post(desk.form("issue"), data={"items": items}).status_code for _ in range(3)] == [200, 200, 429]
    assert desk.send("finding").status_code == 200


def test_who_is_right_never_waits(desk: Desk) -> None:
    assert {desk.send("assign").status_code for _ in range(WRONG + 5)} == {200}
    assert {httpx.get(f"{desk.url}/favicon.ico").status_code for _ in range(WRONG + 5)} == {404}
    assert desk.send("assign").status_code == 200


def test_one_who_guesses_does_not_hold_up_another(desk: Desk) -> None:
    desk.settings = settings(
        BACKEND="gcp", GOOGLE_CLOUD_PROJECT="p", DESK_URL=desk.url, LINK_KEY="k" * 32, BASE_URL="https://p.example"
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
