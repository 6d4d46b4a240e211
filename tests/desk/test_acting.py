"""Forms of officers' pages, over real HTTP: one form, one deed, in one name, and nothing from looking."""

from __future__ import annotations

import re

import httpx
import pytest
from msgspec.structs import replace

from shared.deeds import Approved, Assigned, Configured, Corrected, Found, Reshaped, Told
from shared.desk.door import Door
from shared.detect.officers.deeds import Deeds, is_new
from shared.links import ACTING, FORM, WORKING, may_work
from shared.messages import decode
from shared.model import DAY, HOUR, Answer
from shared.permits import ActLink, AnswerLink, Do, FeedLink, Link, ReadLink, sign
from tests.desk.desks import COPY, DESK, FORMS, ITEM, Desk, Form, shown
from tests.receivers.samples import AT, linked

KEY = linked().link_key
APPROVES = ActLink(desk=DESK, expires_at=AT + DAY, agency="33.99", issue="", do="approve", target="2026-11-26", issued_at=AT)
KINDS: dict[Do, type] = {
    "correct": Corrected,
    "issue": Reshaped,
    "assign": Assigned,
    "verdict": Found,
    "reply": Corrected,
    "approve": Approved,
    "configure": Configured,
    "tell": Told,
}


@pytest.mark.parametrize("do", KINDS)
def test_a_form_makes_the_deed_of_its_person(desk: Desk, do: Do) -> None:
    answer = desk.send(do)
    assert answer.status_code == 200
    assert "<h1>Tercatat</h1>" in answer.text
    first = desk.done[0]
    assert type(first) is KINDS[do]
    assert (first.by, first.agency, first.at) == ("Sari Wulandari", "33.99", AT)  # type: ignore[union-attr]


def test_a_correction_takes_its_copies_along(desk: Desk) -> None:
    answer = desk.send("correct")
    first, copy = desk.done
    assert isinstance(first, Corrected)
    assert isinstance(copy, Corrected)
    assert (first.mention, first.happened_at, first.field, first.value, first.origin) == (
        "ab" * 8,
        AT - 60,
        "tone",
        "negative",
        "",
    )
    assert (copy.mention, copy.happened_at, copy.value, copy.origin) == ("cd" * 8, AT - 30, "negative", "ab" * 8)
    assert first.id != copy.id
    assert "Sentimen dibetulkan menjadi negatif. Berlaku juga untuk 1 salinannya." in answer.text


def test_a_split_with_nothing_ticked_does_nothing_and_leads_back(desk: Desk) -> None:
    """It once gave the whole issue the name of the part that was to be split off."""
    answer = desk.send("issue", {"split": "1", "name": "Soal lain"})
    assert answer.status_code == 422
    assert not desk.done
    assert "Centang berita yang dipisahkan" in answer.text
    assert "<form" not in answer.text
    assert "Kembali ke isu" in answer.text


def test_a_deadline_is_the_end_of_its_day_where_the_agency_is(desk: Desk) -> None:
    for zone in ("", "Asia/Jakarta", "Asia/Jayapura", "../etc/passwd"):
        desk.send("assign", {"due": "2026-11-30", "status": "open", "zone": zone})
    due = [one.due_at for one in desk.done if isinstance(one, Assigned)]
    wib = 1796057999  # 30 November 2026, 23.59.59 WIB
    assert due == [wib, wib, wib - 2 * HOUR, wib]


def test_items_become_an_issue_of_their_own(desk: Desk) -> None:
    other = f"{'ef' * 8}@{AT}"
    answer = desk.send("issue", {"items": [f"{ITEM},{COPY}", other, ITEM], "name": "Dapur lain"})
    *items, named = desk.done
    assert all(isinstance(one, Corrected) and one.field == "issue" for one in items)
    assert [(one.mention, one.origin) for one in items if isinstance(one, Corrected)] == [
        ("ab" * 8, ""),
        ("cd" * 8, "ab" * 8),
        ("ef" * 8, ""),
    ]
    assert isinstance(named, Reshaped)
    assert {one.value for one in items if isinstance(one, Corrected)} == {named.issue}
    assert (named.shape, named.value) == ("renamed", "Dapur lain")
    assert "2 berita dipisahkan menjadi isu sendiri. Berlaku juga untuk 1 salinannya." in answer.text


def test_another_issue_is_joined_to_this_one_and_parted_again(desk: Desk) -> None:
    desk.send("issue", {"join": "isu-9"})
    desk.send("issue", {"part": "isu-9"})
    joined, parted = desk.done
    assert isinstance(joined, Reshaped)
    assert isinstance(parted, Reshaped)
    assert (joined.issue, joined.shape, joined.value) == ("isu-9", "joined", "isu-7")
    assert (parted.issue, parted.shape, parted.value) == ("isu-9", "parted", "isu-7")


@pytest.mark.parametrize("do", FORMS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_at_a_form_does_nothing_and_tells_nothing(desk: Desk, do: Do, method: str) -> None:
    real = httpx.request(method, desk.form(do))
    made_up = httpx.request(method, desk.url + ACTING + "x")
    assert (real.status_code, real.text) == (made_up.status_code, made_up.text)
    assert real.status_code == 200
    assert real.headers["Cache-Control"] == "no-store"
    assert desk.published() == ([], [])


@pytest.mark.parametrize("do", FORMS)
def test_the_same_form_twice_is_one_deed(desk: Desk, do: Do) -> None:
    address, form = desk.form(do), dict(FORMS[do][1])
    first, second = (httpx.post(address, data=form) for _ in range(2))
    assert [first.status_code, second.status_code] == [200, 200]
    assert "<h1>Sudah tercatat</h1>" in second.text
    done, brought = desk.published()
    assert len(done) + len(brought) == (2 if do == "correct" else 1)


# the same form with something else in it, as the browser's way back offers it
OTHER: dict[Do, Form] = {
    "correct": {"tone": "positive", "also": COPY},
    "issue": {"name": "Dapur umum Sagara"},
    "assign": {"unit": "dinkes", "person": "Kepala Puskesmas", "status": "waiting", "note": "Ganti PIC"},
    "verdict": {"verdict": "hoax", "proof": "https://sagara.example/fakta"},
    "reply": {"link": "https://sagara.example/jawaban-2"},
    "finding": {"quote": "Jembatan Lembah Angin ambruk tadi pagi", "platform": "tiktok"},
    "configure": {"setting": "alias", "value": "Bupati Sagara"},
    "tell": {"to": "BGN", "note": "Mohon dicek hari ini"},
}


def applied(desk: Desk, known: Deeds) -> list[bool]:
    """Which of what came since the last time is news to detect."""
    done, brought = desk.published()
    assert not brought
    return [is_new(known, one) for one in done if not isinstance(one, Answer)]


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("do", OTHER)
def test_what_else_a_form_says_is_another_deed(desk: Desk, do: Do, restarted: bool) -> None:
    """Never "Tercatat" while what was typed is dropped: neither by the process that knows the form, nor by the next one."""
    address, known = desk.form(do), Deeds()
    for typed in (FORMS[do][1], OTHER[do]):
        answer = httpx.post(address, data=dict(typed))
        assert (answer.status_code, "<h1>Tercatat</h1>" in answer.text) == (200, True)
        done, brought = desk.published()
        assert all(is_new(known, one) for one in done if not isinstance(one, Answer))
        assert done or brought
        desk.door = Door() if restarted else desk.door
        desk.now += 5
    assert len({decode(message).batch for message in desk.bus.taken}) == 2


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("do", sorted(OTHER.keys() & KINDS.keys()))
def test_what_a_form_says_again_after_something_else_holds_again(desk: Desk, do: Do, lost: bool) -> None:
    """As after the browser's way back, twice; a second tap is a second tap still, also where the answer to the first was lost."""
    address, known = desk.form(do), Deeds()
    for typed in (FORMS[do][1], OTHER[do], FORMS[do][1], OTHER[do], FORMS[do][1]):
        desk.now += 5
        desk.bus.silent = lost
        assert httpx.post(address, data=dict(typed)).status_code == (503 if lost else 200)
        desk.bus.silent = False
        assert set(applied(desk, known)) == {True}
        again = httpx.post(address, data=dict(typed))
        assert ("<h1>Tercatat</h1>" if lost else "<h1>Sudah tercatat</h1>") in again.text
        assert set(applied(desk, known)) == ({False} if lost else set())


LINKED: Form = {**FORMS["finding"][1], "url": "https://www.tiktok.example/@warga.sagara/video/7"}


@pytest.mark.parametrize("put_right", [{"quote": "Dapurnya tutup sejak Selasa"}, {"platform": "x"}, {"reach": "5.000"}])
@pytest.mark.parametrize("afresh", [False, True])
def test_a_finding_that_is_known_with_other_words_is_never_told_as_recorded(desk: Desk, afresh: bool, put_right: Form) -> None:
    first = desk.form("finding")
    assert "isian yang pertama yang berlaku" in httpx.post(first, data=dict(LINKED)).text
    assert len(desk.published()[1]) == 1
    second = desk.form("finding", desk=replace(DESK, receiver="Budi")) if afresh else first
    assert "<h1>Sudah tercatat</h1>" in httpx.post(second, data=dict(LINKED)).text
    answer = httpx.post(second, data={**LINKED, **put_right})
    assert answer.status_code == 409
    assert "<h1>Sudah tercatat, dengan isian lain</h1>" in answer.text
    assert "kirim yang benar di sini, tanpa tautan" in answer.text
    assert desk.published() == ([], [])
    assert "<h1>Tercatat</h1>" in httpx.post(second, data={**shown(answer.text), "url": ""}).text
    assert len(desk.published()[1]) == 1


def test_one_without_a_link_is_put_right_by_other_words(desk: Desk) -> None:
    typed = {name: value for name, value in LINKED.items() if name != "url"}
    address = desk.form("finding")
    assert "<h1>Tercatat</h1>" in httpx.post(address, data=dict(typed)).text
    answer = httpx.post(address, data={**typed, "reach": "5.000"})
    assert answer.status_code == 409
    assert "kirim yang benar di sini, dengan kutipan yang diubah sedikit" in answer.text
    assert "<h1>Tercatat</h1>" in httpx.post(address, data={**shown(answer.text), "quote": "Kata warga: dapurnya tutup"}).text
    assert len(desk.published()[1]) == 2


def test_desk_forgets_a_finding_as_it_forgets_forms(desk: Desk) -> None:
    for _ in range(2):
        assert "<h1>Tercatat</h1>" in desk.send("finding", LINKED).text
        desk.now += FORM
    assert len(desk.published()[1]) == 2


@pytest.mark.parametrize("do", KINDS)
def test_the_same_form_at_two_processes_is_applied_once(desk: Desk, do: Do) -> None:
    address, known = desk.form(do), Deeds()
    for news in (True, False):
        httpx.post(address, data=dict(FORMS[do][1]))
        assert set(applied(desk, known)) == {news}
        desk.door = Door()
        desk.now += 1800


@pytest.mark.parametrize("do", KINDS)
def test_a_form_whose_answer_was_lost_is_applied_once(desk: Desk, do: Do) -> None:
    """It is pressed again as desk showed it again: with the fields that were left out before, and its lines in one."""
    typed = {name: value for name, value in FORMS[do][1].items() if name not in ("person", "due")}
    address, known = desk.form(do), Deeds()
    desk.bus.silent = True
    refused = httpx.post(address, data={**typed, "note": "Tunggu\r\ndata"})
    assert refused.status_code == 503
    assert set(applied(desk, known)) == {True}
    desk.bus.silent = False
    desk.now += 60
    assert httpx.post(address, data=shown(refused.text)).status_code == 200
    assert set(applied(desk, known)) == {False}


def test_a_form_whose_answer_was_lost_may_be_put_right(desk: Desk) -> None:
    address, known = desk.form("assign"), Deeds()
    desk.bus.silent = True
    refused = httpx.post(address, data={"unit": "dinkes", "person": "Budi"})
    desk.bus.silent = False
    desk.now += 60
    httpx.post(address, data={**shown(refused.text), "person": ["Ani"]})
    done = [one for one in desk.done if isinstance(one, Assigned)]
    assert [(one.person, is_new(known, one)) for one in done] == [("Budi", True), ("Ani", True)]


def test_what_is_split_off_next_is_no_part_of_what_was_split_off_before(desk: Desk) -> None:
    address = desk.form("issue")
    opened = []
    for item, name in ((ITEM, "Dapur lain"), (COPY, "Jalan rusak")):
        httpx.post(address, data={"items": [item], "name": name})
        opened += [one.issue for one in desk.done if isinstance(one, Reshaped)]
    assert len(set(opened)) == 2


def test_all_deeds_of_a_form_are_applied_once(desk: Desk) -> None:
    known = Deeds()
    desk.send("issue", {"items": [f"{ITEM},{COPY}", f"{'ef' * 8}@{AT}"], "name": "Dapur lain"})
    done = [one for one in desk.done if not isinstance(one, Answer)]
    assert [is_new(known, one) for one in done] == [True] * 4
    assert [is_new(known, one) for one in reversed(done)] == [False] * 4


def test_another_form_of_the_same_page_is_another_deed(desk: Desk) -> None:
    desk.send("assign")
    desk.send("assign")
    assert len({one.id for one in desk.done}) == 2


@pytest.mark.parametrize("asked", FORMS)
@pytest.mark.parametrize("signed", FORMS)
def test_a_form_is_for_one_thing_alone(desk: Desk, signed: Do, asked: Do) -> None:
    """What is typed for another purpose never has that other one's effect: the token alone says what is done."""
    target = FORMS[signed][0]
    httpx.post(desk.form(signed, target), data=dict(FORMS[asked][1]))
    done, brought = desk.published()
    assert {type(one) for one in done} <= {KINDS.get(signed, Corrected)}
    assert not brought or signed == "finding"


@pytest.mark.parametrize(
    "link",
    [
        DESK,
        AnswerLink(alert="a1", transition="t1", receiver="Sari", kind="acknowledge", expires_at=AT + DAY, agency="33.99"),
        ReadLink(receiver="Sari", expires_at=AT + DAY, issue="isu-7", agency="33.99"),
        FeedLink(receiver="Sari", expires_at=AT + DAY, agency="33.99"),
        replace(APPROVES, expires_at=AT),
        replace(APPROVES, desk=replace(DESK, receiver="")),
        replace(APPROVES, agency=""),
    ],
)
def test_no_other_token_sends_a_form(desk: Desk, link: Link) -> None:
    never = httpx.post(f"{desk.url}{ACTING}x")
    for key in (KEY, "kunci lain"):
        answer = httpx.post(f"{desk.url}{ACTING}{sign(key, link)}", data={"tone": "negative"})
        assert (answer.status_code, answer.text) == (404, never.text)
        assert answer.headers["Cache-Control"] == "no-store"
    assert desk.published() == ([], [])


def test_a_form_opens_no_other_door(desk: Desk) -> None:
    token = desk.form("approve").split(ACTING)[1]
    assert httpx.post(f"{desk.url}/{token}").status_code == 404
    assert may_work(KEY, token, AT) is None


def test_a_form_ends(desk: Desk) -> None:
    address = desk.form("approve")
    desk.now += FORM
    assert httpx.post(address).status_code == 404
    assert desk.published() == ([], [])


def test_a_name_is_in_the_token_and_in_nothing_that_is_typed(desk: Desk) -> None:
    desk.send("assign", {"status": "open", "by": "Orang lain", "receiver": "Orang lain", "agency": "33.98"})
    [done] = desk.done
    assert isinstance(done, Assigned)
    assert (done.by, done.agency) == ("Sari Wulandari", "33.99")
    genuine = desk.form("assign").split(ACTING)[1]
    forged = desk.form("assign", desk=replace(DESK, receiver="Orang lain")).split(ACTING)[1]
    for spliced in (genuine[:-22] + forged[-22:], forged[:-22] + genuine[-22:]):
        assert httpx.post(f"{desk.url}{ACTING}{spliced}").status_code == 404
    assert desk.published() == ([], [])


def test_it_leads_back_to_the_desk_that_it_came_from_and_no_further(desk: Desk) -> None:
    for scope in (DESK, replace(DESK, agency=""), replace(DESK, issue="isu-7")):
        page = httpx.post(desk.form("assign", desk=scope), data={"status": "open"}).text
        backs = re.findall(rf'href="https://pantau.sagara.example{WORKING}([^/?"]+)', page)
        assert backs
        assert [may_work(KEY, token, AT) for token in backs] == [scope] * len(backs)
    assert "/isu/isu-7?instansi=33.99" in httpx.post(desk.form("assign", desk=replace(DESK, agency="")), data={}).text


def test_what_was_typed_is_kept_when_it_has_to_be_put_right(desk: Desk) -> None:
    address = desk.form("assign")
    typed = {"unit": "dinkes", "person": 'Kepala "Bidang" <Gizi>', "status": "clarified", "note": "Tunggu data", "link": "besok"}
    answer = httpx.post(address, data=typed)
    assert answer.status_code == 422
    assert "Tuliskan tautan lengkap" in answer.text
    assert 'value="Kepala &quot;Bidang&quot; &lt;Gizi&gt;"' in answer.text
    assert '<input type="hidden" name="unit" value="dinkes">' in answer.text
    assert 'value="clarified" checked' in answer.text
    assert desk.published() == ([], [])
    assert httpx.post(address, data={**typed, "link": "https://sagara.example/k"}).status_code == 200
    assert len(desk.done) == 1


def test_while_the_bus_is_down_nothing_is_lost(desk: Desk) -> None:
    address, form = desk.form("verdict"), dict(FORMS["verdict"][1])
    desk.bus.down = True
    answer = httpx.post(address, data=form)
    assert answer.status_code == 503
    assert "Belum tercatat" in answer.text
    assert 'value="https://sagara.example/fakta"' in answer.text
    desk.bus.down = False
    assert httpx.post(address, data=form).status_code == 200
    assert len(desk.done) == 1


@pytest.mark.parametrize("do", FORMS)
def test_an_endless_form_is_refused(desk: Desk, do: Do) -> None:
    assert httpx.post(desk.form(do), data={"note": "x" * 70_000}).status_code == 413
    assert desk.published() == ([], [])
