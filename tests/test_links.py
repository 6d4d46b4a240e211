"""Signed links: what we signed opens, everything else is None."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.links import LIFE, READING, Link, answers, may_read, read_address, sign, verify
from shared.model import Seconds
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
            link = Link("answer", OPENED.alert, OPENED.id, "piket", kind, AT + LIFE, OPENED.issue_name)
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
