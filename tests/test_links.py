"""Signed links: what we signed opens, everything else is None."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.links import (
    ACTING,
    APPROVAL,
    FORM,
    LIFE,
    LONGEST_TOKEN,
    READING,
    WORKING,
    Do,
    Link,
    Purpose,
    act,
    answers,
    desk_address,
    invite,
    may_act,
    may_read,
    may_work,
    read_address,
    sign,
    verify,
)
from shared.model import DAY, Seconds
from tests.receivers.samples import AT, COLLECTOR, OPENED, linked, settings

KEY = "kunci-uji"
LINK = Link("answer", "a1b2", "a1b2-1", "piket", "silence", AT + 100, "keracunan makan siang sekolah")

names = st.text(max_size=30)
links = st.builds(
    Link,
    purpose=st.sampled_from(["answer", "read"]),
    alert=names,
    transition=names,
    receiver=names,
    kind=st.sampled_from([None, "acknowledge", "silence", "useful", "not_needed", "clarified"]),
    expires_at=st.integers(AT + 1, AT + LIFE),
    title=names,
)


@given(links)
def test_what_was_signed_opens(link: Link) -> None:
    token = sign(KEY, link)
    assert verify(KEY, token, link.purpose, AT) == link
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(links, st.data())
def test_an_altered_token_does_not(link: Link, data: st.DataObject) -> None:
    token = sign(KEY, link)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters().filter(lambda c: c != token[place]))
    for altered in (token[:place] + other + token[place + 1 :], token[:place] + token[place + 1 :], token + other):
        assert verify(KEY, altered, link.purpose, AT) is None


@given(st.one_of(st.text(), st.from_regex(r"[A-Za-z0-9_-]{0,300}", fullmatch=True)))
def test_no_other_text_is_a_token(text: str) -> None:
    assert verify(KEY, text, "answer", AT) is None


@pytest.mark.parametrize("now", [AT + 100, AT + 10 * LIFE])
def test_it_expires(now: Seconds) -> None:
    token = sign(KEY, LINK)
    assert verify(KEY, token, "answer", AT + 99) == LINK
    assert verify(KEY, token, "answer", now) is None


def test_a_purpose_is_not_another() -> None:
    assert verify(KEY, sign(KEY, LINK), "read", AT) is None


PURPOSES: tuple[Purpose, ...] = ("answer", "read", "feed", "desk", "act")


@pytest.mark.parametrize("signed", PURPOSES)
@pytest.mark.parametrize("asked", PURPOSES)
def test_no_purpose_is_another(signed: Purpose, asked: Purpose) -> None:
    token = sign(KEY, Link(signed, "a", "t", "Sari", "silence", AT + 9, "isu", "isu-7", "33.99", "correct", "x"))
    assert (verify(KEY, token, asked, AT) is not None) == (signed == asked)
    for purpose, opened in (("read", may_read), ("desk", may_work), ("act", may_act)):
        assert (opened(KEY, token, AT) is not None) == (signed == purpose)


def test_a_signed_text_of_another_shape_is_none() -> None:
    assert verify(KEY, sign(KEY, replace(LINK, purpose="pay")), "answer", AT) is None


def test_a_new_key_signs_while_the_old_one_still_opens() -> None:
    old, new = sign("lama", LINK), sign("baru lama", LINK)
    assert verify("baru lama", old, "answer", AT) == verify("baru lama", new, "answer", AT) == LINK
    assert verify("lama", new, "answer", AT) is None


@pytest.mark.parametrize("key", ["", " "])
def test_without_a_key_nothing_opens(key: str) -> None:
    assert verify(key, sign(KEY, LINK), "answer", AT) is None


class TestAnswers:
    def test_each_answer_has_its_own_link_for_this_receiver(self) -> None:
        offered = answers(linked(), OPENED, "piket", AT)
        assert [label for label, _ in offered.values()] == ["Saya tangani", "Jeda 6 jam", "Peringatan tidak perlu"]
        for kind, (_, address) in offered.items():
            base, _, token = address.rpartition("/")
            assert base == "https://meja.sagara.example"
            link = Link(
                "answer", OPENED.alert, OPENED.id, "piket", kind, AT + LIFE, OPENED.issue_name, OPENED.issue, OPENED.agency
            )
            assert verify(linked().link_key, token, "answer", AT) == link
            assert len(address) < 250

    def test_a_collector_alert_is_named_by_what_there_is(self) -> None:
        address = answers(linked(), replace(COLLECTOR, issue_name=""), "piket", AT)["silence"][1]
        link = verify(linked().link_key, address.rpartition("/")[2], "answer", AT)
        assert link is not None
        assert link.title == COLLECTOR.agency_name

    def test_off_unless_desk_and_key_are_set(self) -> None:
        assert answers(settings(DESK_URL="https://meja.sagara.example"), OPENED, "piket", AT) == {}
        assert answers(settings(LINK_KEY=KEY), OPENED, "piket", AT) == {}


class TestReading:
    def test_it_opens_this_one_issue_for_this_receiver_until_it_expires(self) -> None:
        base, token = read_address(linked(), OPENED, "piket", AT).split(READING)
        assert base == "https://pantau.sagara.example"
        link = may_read(linked().link_key, token, AT + LIFE - 1)
        assert link is not None
        assert (link.issue, link.receiver, link.alert) == (OPENED.issue, "piket", OPENED.alert)
        assert may_read(linked().link_key, token, AT + LIFE) is None
        assert may_read("kunci lain", token, AT) is None
        assert len(READING + token) < 200

    def test_it_permits_no_answer_and_an_answer_permits_no_reading(self) -> None:
        token = read_address(linked(), OPENED, "piket", AT).split(READING)[1]
        assert verify(linked().link_key, token, "answer", AT) is None
        assert may_read(KEY, sign(KEY, replace(LINK, issue="isu-7")), AT) is None
        assert may_read(KEY, sign(KEY, replace(LINK, purpose="read")), AT) is None  # of no issue

    def test_without_a_key_the_plain_address(self) -> None:
        plain = settings(BASE_URL="https://pantau.sagara.example")
        assert read_address(plain, replace(OPENED, issue="a/b"), "piket", AT) == "https://pantau.sagara.example/isu/a%2Fb"

    def test_a_change_without_an_issue_leads_to_the_sources(self) -> None:
        assert read_address(linked(), replace(COLLECTOR, issue=""), "it", AT) == "https://pantau.sagara.example/sumber"

    def test_without_a_dashboard_nothing(self) -> None:
        assert read_address(settings(LINK_KEY=KEY), OPENED, "piket", AT) == ""


DOS: tuple[Do, ...] = ("correct", "issue", "assign", "verdict", "reply", "finding", "approve", "configure", "tell")


def desk_of(address: str) -> Link:
    """The desk link of an address."""
    base, token = address.split(WORKING)
    assert base == "https://pantau.sagara.example"
    found = may_work(KEY, token, AT)
    assert found is not None
    return found


class TestDesk:
    def test_an_invitation_opens_a_persons_desk_until_it_expires(self) -> None:
        link = desk_of(invite(linked(), "Sari Wulandari", "33.99", AT, 30))
        assert (link.receiver, link.agency, link.issue, link.expires_at) == ("Sari Wulandari", "33.99", "", AT + 30 * DAY)
        token = invite(linked(), "Sari", "", AT, 1).split(WORKING)[1]
        assert may_work(KEY, token, AT + DAY) is None
        assert may_work("kunci lain", token, AT) is None

    @pytest.mark.parametrize("person", ["", " ", "Sari\nWulandari", " Sari", "Sa\u202eri", "x" * 61, "\u200b"])
    def test_a_person_has_a_name_that_is_read_as_it_stands(self, person: str) -> None:
        with pytest.raises(ValueError, match="name"):
            invite(linked(), person, "", AT, 30)

    @pytest.mark.parametrize("days", [0, -1, 91])
    def test_an_invitation_has_an_end(self, days: int) -> None:
        with pytest.raises(ValueError, match="days"):
            invite(linked(), "Sari", "", AT, days)

    def test_an_answers_link_leads_to_the_desk_of_its_issue_for_as_long_as_itself(self) -> None:
        token = answers(linked(), OPENED, "piket", AT)["silence"][1].rpartition("/")[2]
        answer = verify(KEY, token, "answer", AT)
        assert answer is not None
        link = desk_of(desk_address(linked(), answer, AT + 5))
        assert (link.receiver, link.agency, link.issue) == ("piket", OPENED.agency, OPENED.issue)
        assert link.expires_at == answer.expires_at

    def test_a_link_of_before_names_no_issue_and_leads_nowhere(self) -> None:
        assert desk_address(linked(), LINK, AT) == ""

    @pytest.mark.parametrize("off", [{"LINK_KEY": ""}, {"BASE_URL": ""}])
    def test_off_without_a_key_or_a_dashboard(self, off: dict[str, str]) -> None:
        assert invite(linked(**off), "Sari", "", AT, 30) == ""
        assert desk_address(linked(**off), replace(LINK, issue="isu-7", agency="33.99"), AT) == ""

    def test_a_report_is_approved_without_a_login(self) -> None:
        told = replace(OPENED, kind="report", issue="2026-11-26")
        address = read_address(linked(), told, "piket", AT)
        assert address.endswith("/laporan/2026-11-26")
        link = desk_of(address.removesuffix("/laporan/2026-11-26"))
        assert (link.receiver, link.agency, link.issue, link.expires_at) == ("piket", OPENED.agency, "", AT + APPROVAL)
        plain = read_address(linked(DESK_URL=""), told, "piket", AT)
        assert plain == "https://pantau.sagara.example/laporan/2026-11-26"


class TestAct:
    DESK = Link("desk", "", "", "Sari", None, AT + 30 * DAY, agency="33.99")

    def form(self, do: Do = "assign", issue: str = "isu-7", agency: str = "33.99", desk: Link = DESK) -> str:
        return act(linked(), desk, do, "x", issue, agency, AT)

    @pytest.mark.parametrize("do", DOS)
    def test_a_form_is_of_its_person_for_one_thing(self, do: Do) -> None:
        base, token = self.form(do).split(ACTING)
        assert base == "https://meja.sagara.example"
        link = may_act(KEY, token, AT)
        assert link is not None
        assert (link.receiver, link.do, link.target, link.issue, link.agency) == ("Sari", do, "x", "isu-7", "33.99")
        assert (link.issued_at, link.expires_at) == (AT, AT + FORM)
        assert may_act(KEY, token, AT + FORM) is None

    def test_it_does_not_outlive_the_desk(self) -> None:
        link = may_act(KEY, self.form(desk=replace(self.DESK, expires_at=AT + 60)).split(ACTING)[1], AT)
        assert link is not None
        assert link.expires_at == AT + 60

    @pytest.mark.parametrize(
        ("desk", "reached"),
        [
            (DESK, True),
            (replace(DESK, agency=""), True),
            (replace(DESK, issue="isu-7"), True),
            (replace(DESK, issue="isu-8"), False),
            (replace(DESK, agency="33.98"), False),
            (replace(DESK, expires_at=AT), False),
            (replace(DESK, purpose="read"), False),
        ],
    )
    def test_it_reaches_no_further_than_the_desk(self, desk: Link, reached: bool) -> None:
        assert bool(self.form(desk=desk)) == reached

    @pytest.mark.parametrize("do", ["approve", "configure"])
    def test_the_desk_of_one_issue_decides_nothing_of_the_whole_agency(self, do: Do) -> None:
        assert self.form(do)
        assert self.form(do, desk=replace(self.DESK, issue="isu-7")) == ""

    def test_each_form_of_a_page_has_a_token_of_its_own(self) -> None:
        forms = {act(linked(), self.DESK, "correct", "x", "isu-7", "33.99", AT, number) for number in range(3)}
        assert len(forms) == 3

    def test_it_needs_an_agency_and_something_to_do(self) -> None:
        assert self.form(agency="", desk=replace(self.DESK, agency="")) == self.form(do="") == ""

    @pytest.mark.parametrize("agency", ["", "33.99"])
    @pytest.mark.parametrize("issue", ["", "isu-7"])
    def test_it_leads_back_to_exactly_the_desk_that_it_came_from(self, agency: str, issue: str) -> None:
        desk = replace(self.DESK, agency=agency, issue=issue)
        link = may_act(KEY, self.form(desk=desk).split(ACTING)[1], AT)
        assert link is not None
        assert desk_of(desk_address(linked(), link, AT + FORM)) == desk
        assert desk_address(linked(), link, desk.expires_at) == ""

    def test_the_longest_is_short_enough(self) -> None:
        wide = chr(0x1F941)
        desk = Link("desk", "", "", wide * 60, None, AT + 90 * DAY, wide * 60, "f" * 16, "33.99.01.2001")
        assert len(act(linked(), desk, "correct", "f" * 40, "f" * 16, "33.99.01.2001", AT, 999).split(ACTING)[1]) < LONGEST_TOKEN
