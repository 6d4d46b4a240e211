"""The desk stage: looking shows, pressing publishes one fact, anything else says nothing. In real Chromium at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from flask import Flask, Response, request
from msgspec.structs import replace

from shared import desk
from shared.deeds import Deed
from shared.desk.pace import DEEDS
from shared.links import WORKING, answers, may_work
from shared.local.bus import LocalBus
from shared.messages import AnswersGiven, decode, open_as
from shared.model import HOUR, Answer, AnswerKind, Seconds
from shared.permits import AnswerLink, ReadLink, sign, verify
from shared.ports import Retryable, Store
from shared.settings import Settings
from shared.wiring import Services
from tests.browser import IN_BROWSER, chromium, serving
from tests.receivers.samples import AT, OPENED, linked, settings

KEY = linked().link_key
LINK = AnswerLink(
    alert="a1b2",
    transition="a1b2-1",
    receiver="piket",
    kind="acknowledge",
    expires_at=AT + 7 * 24 * HOUR,
    title='isu <b>"tebal"</b>',
)


class Untouchable:
    """A store that desk must not touch: it has nothing to touch."""


class Counter:
    """Desk with a real bus behind it."""

    def __init__(self, folder: Path) -> None:
        self.bus = LocalBus(str(folder))
        self.settings: Settings = linked()

    def visit(self, method: str, token: str, form: Mapping[str, str] = {}, now: Seconds = AT) -> desk.Page:
        services = Services(self.settings, self.bus, cast(Store, Untouchable()))
        return desk.answer(method, token, form, services, desk.Pace(), now)

    def said(self) -> list[Answer]:
        """What was published."""
        found: list[Answer | Deed] = []
        self.bus.deliver({"answers-given": lambda data: found.extend(open_as(decode(data), AnswersGiven).answers)})
        return [one for one in found if isinstance(one, Answer)]


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    it = Counter(tmp_path)
    yield it
    it.bus.close()


def token(kind: AnswerKind = "acknowledge", **changed: object) -> str:
    return sign(KEY, replace(LINK, kind=kind, **changed))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("kind", ["acknowledge", "silence", "useful", "not_needed", "clarified"])
def test_looking_never_publishes(counter: Counter, kind: AnswerKind, method: str) -> None:
    status, page = counter.visit(method, token(kind), {"note": "diisi"})
    assert status == 200
    assert '<form method="post">' in page
    assert counter.said() == []


def test_the_page_names_what_it_is_about_and_trusts_no_text(counter: Counter) -> None:
    _, page = counter.visit("GET", token())
    assert "isu &lt;b&gt;&quot;tebal&quot;&lt;/b&gt;" in page
    assert "piket" in page
    assert "<script" not in page
    assert "<b>" not in page


def test_pressing_publishes_the_fact(counter: Counter) -> None:
    status, page = counter.visit("POST", token("not_needed"))
    assert status == 200
    assert "Tercatat" in page
    [said] = counter.said()
    assert (said.at, said.kind, said.alert, said.by, said.until, said.note) == (AT, "not_needed", "a1b2", "piket", 0, "")
    assert said.change == LINK.transition


def test_who_takes_on_an_alert_is_told_which_message_counts(counter: Counter) -> None:
    _, page = counter.visit("POST", token("acknowledge"))
    assert "Bila statusnya naik sesudah pesan tadi dikirim, tekan tombol di pesan yang terbaru." in page


def test_a_silence_has_an_end_and_a_reason(counter: Counter) -> None:
    assert counter.visit("POST", token("silence"), {"note": "  Sedang\r\nditangani \x00Dinkes "})[0] == 200
    assert counter.visit("POST", token("silence"), {"note": "x" * 5000})[0] == 200
    first, second = counter.said()
    assert (first.until, first.note) == (AT + 6 * HOUR, "Sedang ditangani Dinkes")
    assert len(second.note) == 300


@pytest.mark.parametrize(("hours", "until"), [("1", HOUR), ("6", 6 * HOUR), ("24", 24 * HOUR)])
def test_a_silence_lasts_as_long_as_was_chosen(counter: Counter, hours: str, until: Seconds) -> None:
    status, page = counter.visit("POST", token("silence"), {"note": "Ditangani", "hours": hours})
    assert status == 200
    assert f"dijeda {hours} jam" in page
    assert [said.until for said in counter.said()] == [AT + until]


def test_hours_beside_another_answer_are_not_looked_at(counter: Counter) -> None:
    assert counter.visit("POST", token("acknowledge"), {"hours": "x" * 5_000})[0] == 200


@pytest.mark.parametrize("hours", ["0", "-6", "7", "1000000", "x", ""])
def test_no_other_silence_is_taken(counter: Counter, hours: str) -> None:
    status, page = counter.visit("POST", token("silence"), {"note": "Ditangani", "hours": hours})
    assert status == 422
    assert "Pilih lama jeda" in page
    assert counter.said() == []


def test_a_silence_may_be_changed_at_once(counter: Counter) -> None:
    for hours in ("6", "24", "24"):
        counter.visit("POST", token("silence"), {"note": "Ditangani", "hours": hours})
    six, day, again = counter.said()
    assert six.id != day.id == again.id


def test_a_clarification_is_an_address(counter: Counter) -> None:
    status, _ = counter.visit("POST", token("clarified"), {"note": " https://sagara.example/klarifikasi?id=7 "})
    assert status == 200
    [said] = counter.said()
    assert (said.kind, said.note, said.until) == ("clarified", "https://sagara.example/klarifikasi?id=7", 0)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "sudah kami jelaskan",
        "javascript:alert(1)",
        "ftp://x.example/1",
        "https://",
        "http://[x",
        "https://a b",
        "https://x.example/<b>",
        'https://x.example/"',
        "https://x.example/`",
        "https://x.example/\\",
        "https://u:p@x.example/",
        "https://x.example/" + "a" * 1000,
    ],
)
def test_anything_else_is_none(counter: Counter, note: str) -> None:
    status, page = counter.visit("POST", token("clarified"), {"note": note})
    assert status == 422
    assert "https://" in page
    assert counter.said() == []


def test_after_an_answer_more_may_be_said_but_not_for_longer(counter: Counter) -> None:
    _, page = counter.visit("POST", token("acknowledge"))
    offered = re.findall(r'<a class="button" href="([^"]+)">([^<]+)</a>', page)
    assert [label for _, label in offered] == ["Sudah diklarifikasi", "Peringatan berguna", "Peringatan tidak perlu"]
    opened = [verify(KEY, one, AnswerLink, AT) for one, _ in offered]
    assert [replace(link, kind=LINK.kind) for link in opened if link] == [LINK] * 3
    assert 'class="button"' not in counter.visit("GET", token("acknowledge"))[1]  # looking offers nothing more


def test_before_and_after_an_answer_its_issues_desk_is_offered(counter: Counter) -> None:
    there = token(agency="33.99", issue="isu-7")
    for method in ("GET", "POST"):
        page = counter.visit(method, there)[1]
        [address] = re.findall(r'<a class="button" href="([^"]+)">Buka meja kerja isu ini</a>', page)
        link = may_work(KEY, address.split(WORKING)[1], AT)
        assert link is not None
        assert (link.receiver, link.agency, link.issue, link.expires_at) == ("piket", "33.99", "isu-7", LINK.expires_at)


@pytest.mark.parametrize(("agency", "issue"), [("", ""), ("", "isu-7"), ("33.99", "")])
def test_a_link_of_before_and_one_without_an_issue_offer_none(counter: Counter, agency: str, issue: str) -> None:
    for method in ("GET", "POST"):
        assert "meja kerja" not in counter.visit(method, token(agency=agency, issue=issue))[1]


def test_without_a_dashboard_there_is_no_desk_to_open(counter: Counter) -> None:
    counter.settings = linked(BASE_URL="")
    assert "meja kerja" not in counter.visit("POST", token(agency="33.99", issue="isu-7"))[1]


@pytest.mark.parametrize("note", [None, "", " \r\n"])
def test_a_silence_without_a_reason_is_asked_again(counter: Counter, note: str | None) -> None:
    form = {} if note is None else {"note": note}
    status, page = counter.visit("POST", token("silence"), form)
    assert status == 422
    assert "Tuliskan alasan" in page
    assert counter.said() == []


def test_pressing_twice_says_the_same_and_pressing_later_says_it_anew(counter: Counter) -> None:
    for now in (AT, AT + 60, AT + HOUR):
        counter.visit("POST", token(), now=now)
    first, second, later = counter.said()
    assert first.id == second.id != later.id


def test_every_answer_has_an_id_of_its_own(counter: Counter) -> None:
    for one in (token(), token("useful"), token(receiver="kepala"), token(alert="zz")):
        counter.visit("POST", one)
    assert len({said.id for said in counter.said()}) == 4


def test_no_page_tells_whether_a_token_exists(counter: Counter) -> None:
    genuine = token()
    wrong = [
        token(expires_at=AT),
        sign(KEY, ReadLink(receiver="piket", expires_at=AT + HOUR, issue="isu-7")),
        sign("kunci lain", LINK),
        genuine[:-1],
        "",
        "../rahasia",
    ]
    pages = {counter.visit(method, one) for one in wrong for method in ("GET", "POST")}
    assert len(pages) == 1
    assert pages.pop()[0] == 404
    assert counter.visit("PUT", genuine) == counter.visit("PUT", "x")
    assert counter.visit("PUT", genuine)[0] == 405
    assert counter.said() == []


def test_off_without_a_key(counter: Counter) -> None:
    genuine = token()
    counter.settings = settings(DESK_URL="https://meja.sagara.example")
    assert counter.visit("GET", genuine)[0] == counter.visit("POST", genuine)[0] == 404
    assert counter.said() == []


def test_a_bus_that_is_down_is_told_to_the_person() -> None:
    class Down:
        def publish(self, topic: str, messages: Sequence[bytes]) -> None:
            raise Retryable("bus is down")

    services, pace = Services(linked(), Down(), cast(Store, Untouchable())), desk.Pace()
    pages = {desk.answer("POST", token(), {}, services, pace, AT) for _ in range(DEEDS + 1)}  # trying is not counted
    assert [status for status, _ in pages] == [503]
    assert "Belum tercatat" in pages.pop()[1]


@contextmanager
def served(counter: Counter) -> Iterator[str]:
    """Desk on a port of its own, as its function serves it."""
    app = Flask("desk")

    @app.route("/<one>", methods=["GET", "POST"])
    def visit(one: str) -> Response:
        status, page = counter.visit(request.method, one, request.form)
        return Response(page, status, desk.HEADERS)

    with serving(app) as url:
        yield url


@IN_BROWSER
def test_in_a_browser_without_javascript_on_a_phone(counter: Counter) -> None:
    with served(counter) as base, chromium() as browser:
        phone = browser.new_page(java_script_enabled=False, viewport={"width": 320, "height": 568})
        complaints: list[str] = []
        phone.on("console", lambda message: complaints.append(message.text))
        counter.settings = settings(DESK_URL=base, LINK_KEY=KEY)
        phone.goto(answers(counter.settings, OPENED, "piket", AT)["silence"][1])
        assert phone.inner_text("h1") == "Jeda pemberitahuan"
        button = phone.get_by_role("button", name="Jeda")
        assert button.evaluate("b => getComputedStyle(b).backgroundColor") == "rgb(11, 83, 148)"  # the style passes the CSP
        assert button.bounding_box()["height"] >= 48  # type: ignore[index]
        phone.get_by_label("12 jam").check()
        assert phone.evaluate("document.documentElement.scrollWidth") <= 320
        phone.get_by_label("Alasan jeda").fill("Dinkes sudah di lokasi")
        button.click()
        assert phone.inner_text("h1") == "Tercatat"
        phone.get_by_role("link", name="Sudah diklarifikasi").click()
        phone.get_by_label("Tautan klarifikasi").fill("https://sagara.example/klarifikasi")
        phone.get_by_role("button", name="Simpan klarifikasi").click()
        assert "Klarifikasi tercatat" in phone.inner_text("main")
    assert complaints == []
    assert [(said.kind, said.note) for said in counter.said()] == [
        ("silence", "Dinkes sudah di lokasi"),
        ("clarified", "https://sagara.example/klarifikasi"),
    ]


def test_the_policy_allows_nothing_from_elsewhere() -> None:
    policy = desk.HEADERS["Content-Security-Policy"]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        policy,
    )
