"""Addresses with signed links: who gets which, and how far it reaches."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from shared.links import (
    ACTING,
    APPROVAL,
    FORM,
    LIFE,
    READING,
    WORKING,
    act,
    answers,
    desk_address,
    invite,
    may_act,
    may_read,
    may_work,
    read_address,
)
from shared.model import DAY
from shared.permits import LONGEST_TOKEN, AnswerLink, DeskLink, Do, ReadLink, sign, verify
from tests.receivers.samples import AT, COLLECTOR, OPENED, linked, settings

KEY = "kunci-uji"
LINK = AnswerLink(alert="a1b2", transition="a1b2-1", receiver="piket", kind="silence", expires_at=AT + 100, title="keracunan")


class TestAnswers:
    def test_each_answer_has_its_own_link_for_this_receiver(self) -> None:
        offered = answers(linked(), OPENED, "piket", AT)
        assert [label for label, _ in offered.values()] == ["Saya tangani", "Jeda 6 jam", "Peringatan tidak perlu"]
        for kind, (_, address) in offered.items():
            base, _, token = address.rpartition("/")
            assert base == "https://meja.sagara.example"
            link = AnswerLink(
                alert=OPENED.alert,
                transition=OPENED.id,
                receiver="piket",
                kind=kind,
                expires_at=AT + LIFE,
                title=OPENED.issue_name,
                issue=OPENED.issue,
                agency=OPENED.agency,
            )
            assert verify(linked().link_key, token, AnswerLink, AT) == link
            assert len(address) < 250

    def test_a_collector_alert_is_named_by_what_there_is(self) -> None:
        address = answers(linked(), replace(COLLECTOR, issue_name=""), "piket", AT)["silence"][1]
        link = verify(linked().link_key, address.rpartition("/")[2], AnswerLink, AT)
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
        assert (link.issue, link.receiver, link.agency) == (OPENED.issue, "piket", OPENED.agency)
        assert may_read(linked().link_key, token, AT + LIFE) is None
        assert may_read("kunci lain", token, AT) is None
        assert len(READING + token) < 200

    def test_it_permits_no_answer_and_an_answer_permits_no_reading(self) -> None:
        token = read_address(linked(), OPENED, "piket", AT).split(READING)[1]
        assert verify(linked().link_key, token, AnswerLink, AT) is None
        assert may_read(KEY, sign(KEY, replace(LINK, issue="isu-7")), AT) is None
        assert may_read(KEY, sign(KEY, ReadLink(receiver="piket", expires_at=AT + 100, issue="")), AT) is None

    def test_without_a_key_the_plain_address(self) -> None:
        plain = settings(BASE_URL="https://pantau.sagara.example")
        assert read_address(plain, replace(OPENED, issue="a/b"), "piket", AT) == "https://pantau.sagara.example/isu/a%2Fb"

    def test_a_change_without_an_issue_leads_to_the_sources(self) -> None:
        assert read_address(linked(), replace(COLLECTOR, issue=""), "it", AT) == "https://pantau.sagara.example/sumber"

    def test_a_rise_that_no_single_issue_carries_leads_to_the_agencys_overview(self) -> None:
        unnamed = replace(OPENED, issue="", agency="33.99&x")
        assert read_address(linked(), unnamed, "it", AT) == "https://pantau.sagara.example/?instansi=33.99%26x"

    def test_without_a_dashboard_nothing(self) -> None:
        assert read_address(settings(LINK_KEY=KEY), OPENED, "piket", AT) == ""


DOS: tuple[Do, ...] = ("correct", "issue", "assign", "verdict", "reply", "finding", "approve", "configure", "tell")


def desk_of(address: str) -> DeskLink:
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
        answer = verify(KEY, token, AnswerLink, AT)
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
    DESK = DeskLink(receiver="Sari", expires_at=AT + 30 * DAY, agency="33.99")

    def form(self, do: Do = "assign", issue: str = "isu-7", agency: str = "33.99", desk: DeskLink = DESK) -> str:
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
        ],
    )
    def test_it_reaches_no_further_than_the_desk(self, desk: DeskLink, reached: bool) -> None:
        assert bool(self.form(desk=desk)) == reached

    @pytest.mark.parametrize("do", ["approve", "configure"])
    def test_the_desk_of_one_issue_decides_nothing_of_the_whole_agency(self, do: Do) -> None:
        assert self.form(do)
        assert self.form(do, desk=replace(self.DESK, issue="isu-7")) == ""

    def test_each_form_of_a_page_has_a_token_of_its_own(self) -> None:
        forms = {act(linked(), self.DESK, "correct", "x", "isu-7", "33.99", AT, number) for number in range(3)}
        assert len(forms) == 3

    def test_it_needs_an_agency(self) -> None:
        assert self.form(agency="", desk=replace(self.DESK, agency="")) == ""

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
        desk = DeskLink(receiver=wide * 60, expires_at=AT + 90 * DAY, agency="33.99.01.2001", issue="f" * 16, title=wide * 60)
        assert len(act(linked(), desk, "correct", "f" * 40, "f" * 16, "33.99.01.2001", AT, 999).split(ACTING)[1]) < LONGEST_TOKEN
