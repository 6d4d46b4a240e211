"""Tokens: what we signed opens as what it is, everything else is None; links that were handed out before hold."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shared.links import LIFE
from shared.model import AnswerKind, Seconds
from shared.permits import ActLink, AnswerLink, DeskLink, Do, FeedLink, Link, ReadLink, is_ours, opened, sign, verify
from tests.receivers.samples import AT

KEY = "kunci-uji"
UNTIL = AT + 100
LINK = AnswerLink(alert="a1b2", transition="a1b2-1", receiver="piket", kind="silence", expires_at=UNTIL, title="keracunan")
PURPOSES: tuple[type[Link], ...] = (AnswerLink, ReadLink, FeedLink, DeskLink, ActLink)
KINDS: tuple[AnswerKind, ...] = get_args(AnswerKind)
DOS: tuple[Do, ...] = get_args(Do)

texts = st.text(max_size=30)
times = st.integers(AT + 1, AT + LIFE)
desks = st.builds(DeskLink, receiver=texts, expires_at=times, agency=texts, issue=texts, title=texts)
links: st.SearchStrategy[Link] = st.one_of(
    desks,
    st.builds(ActLink, desk=desks, expires_at=times, issued_at=times, form=st.integers(0, 999), target=texts),
    st.builds(AnswerLink, expires_at=times, title=texts, issue=texts, agency=texts),
    st.builds(ReadLink, expires_at=times, title=texts, agency=texts),
    st.builds(FeedLink, expires_at=times, agency=texts),
)

# as the first version wrote them, with KEY: purpose -> what it permits, token
HANDED_OUT: dict[str, tuple[Link, str]] = {
    "answer": (
        replace(LINK, issue="isu-7", agency="33.99"),
        "AdwAEKZhbnN3ZXKkYTFiMqZhMWIyLTGlcGlrZXSnc2lsZW5jZc5rCjYEqWtlcmFjdW5hbqVpc3UtN6UzMy45OaCgAKCgAADumjIq12L7hX292FAAUNlF",
    ),
    "read": (
        ReadLink(receiver="piket", expires_at=UNTIL, issue="isu-7", title="keracunan", agency="33.99"),
        "AdwAEKRyZWFkpGExYjKmYTFiMi0xpXBpa2V0wM5rCjYEqWtlcmFjdW5hbqVpc3UtN6UzMy45OaCgAKCgAACd3dJjSD0eMnq_kYAbr9lA",
    ),
    "feed": (
        FeedLink(receiver="pantau", expires_at=UNTIL, agency="33.99"),
        "AdwAEKRmZWVkoKCmcGFudGF1wM5rCjYEoKClMzMuOTmgoACgoAAAPS3s_ElGsUVLphtCY-tTNQ",
    ),
    "desk": (
        DeskLink(receiver="Sari", expires_at=UNTIL, agency="33.99", issue="isu-7", title="keracunan"),
        "AdwAEKRkZXNroKCkU2FyacDOawo2BKlrZXJhY3VuYW6laXN1LTelMzMuOTmgoACgoAAA7Abo_0RVe7bBnVvobONn5Q",
    ),
    "act": (
        ActLink(
            desk=DeskLink(receiver="Sari", expires_at=UNTIL, issue="isu-7", title="keracunan"),
            expires_at=AT + 50,
            agency="33.99",
            issue="isu-7",
            do="assign",
            target="isu-7",
            issued_at=AT,
            form=3,
        ),
        "AdwAEKNhY3SgoKRTYXJpwM5rCjXSqWtlcmFjdW5hbqVpc3UtN6UzMy45OaZhc3NpZ26laXN1LTfOawo1oKClaXN1LTfOawo2BAN-mAyTZ2w3f7WspT7hkol7",
    ),
}


@given(links)
def test_what_was_signed_opens_as_what_it_is_and_as_nothing_else(link: Link) -> None:
    token = sign(KEY, link)
    assert {purpose: verify(KEY, token, purpose, AT) for purpose in PURPOSES} == {
        purpose: link if purpose is type(link) else None for purpose in PURPOSES
    }
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(links, st.data())
def test_an_altered_token_does_not(link: Link, data: st.DataObject) -> None:
    token = sign(KEY, link)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters().filter(lambda c: c != token[place]))
    for altered in (token[:place] + other + token[place + 1 :], token[:place] + token[place + 1 :], token + other):
        assert opened(KEY, altered) is None


@given(st.one_of(st.text(), st.from_regex(r"[A-Za-z0-9_-]{0,300}", fullmatch=True)))
def test_no_other_text_is_a_token(text: str) -> None:
    assert opened(KEY, text) is None


@pytest.mark.parametrize("now", [UNTIL, AT + 10 * LIFE])
def test_it_expires(now: Seconds) -> None:
    token = sign(KEY, LINK)
    assert verify(KEY, token, AnswerLink, UNTIL - 1) == LINK
    assert verify(KEY, token, AnswerLink, now) is None
    assert is_ours(KEY, token)


def test_a_new_key_signs_while_the_old_one_still_opens() -> None:
    old, new = sign("lama", LINK), sign("baru lama", LINK)
    assert opened("baru lama", old) == opened("baru lama", new) == LINK
    assert opened("lama", new) is None


@pytest.mark.parametrize("key", ["", " "])
def test_without_a_key_nothing_opens(key: str) -> None:
    assert opened(key, sign(KEY, LINK)) is None


def signed(content: bytes) -> str:
    """A token of these bytes, whatever they say."""
    mac = hmac.new(KEY.encode(), b"kentongan link\0" + content, hashlib.sha256).digest()[:16]
    return base64.urlsafe_b64encode(content + mac).rstrip(b"=").decode()


def before(*values: object) -> str:
    """A token of the first version, which had sixteen places for all purposes."""
    return signed(b"\x01" + msgspec.msgpack.encode(values))


@pytest.mark.parametrize("purpose", HANDED_OUT)
def test_a_link_that_was_handed_out_before_holds(purpose: str) -> None:
    link, token = HANDED_OUT[purpose]
    assert opened(KEY, token) == verify(KEY, token, type(link), AT) == link
    assert not any(verify(KEY, token, other, AT) for other in PURPOSES if other is not type(link))
    assert verify(KEY, token, type(link), link.expires_at) is None
    assert len(sign(KEY, link)) <= len(token) + 4  # messages have little room


@given(st.tuples(*[texts] * 7), st.tuples(times, times), st.sampled_from(KINDS), st.sampled_from(DOS), st.integers(0, 99))
def test_it_permits_what_it_did(
    words: tuple[str, ...], ends: tuple[Seconds, Seconds], kind: AnswerKind, do: Do, form: int
) -> None:
    alert, transition, receiver, title, issue, agency, target = words
    end, basis = ends
    about = {"receiver": receiver, "title": title, "issue": issue, "agency": agency}
    head = (alert, transition, receiver)
    assert opened(KEY, before("answer", *head, kind, end, title, issue, agency, "", "", 0, "", "", 0, 0)) == AnswerLink(
        alert=alert, transition=transition, kind=kind, expires_at=end, **about
    )
    scopes = {"read": ReadLink(expires_at=end, **about), "desk": DeskLink(expires_at=end, **about)}
    scopes["feed"] = FeedLink(receiver=receiver, expires_at=end, agency=agency)
    for purpose, link in scopes.items():
        assert opened(KEY, before(purpose, *head, None, end, title, issue, agency, "", "", 0, "", "", 0, 0)) == link
    acting = before("act", "", "", receiver, None, end, title, issue, agency, do, target, AT, alert, transition, basis, form)
    assert opened(KEY, acting) == ActLink(
        desk=DeskLink(receiver=receiver, expires_at=basis, agency=alert, issue=transition, title=title),
        expires_at=end,
        agency=agency,
        issue=issue,
        do=do,
        target=target,
        issued_at=AT,
        form=form,
    )


@pytest.mark.parametrize(
    "token",
    [
        before("pay", "a", "t", "Sari", "silence", UNTIL),
        before("answer", "a", "t", "Sari", None, UNTIL),  # to say nothing
        before("act", "", "", "Sari", None, UNTIL, "", "isu-7", "33.99"),  # to do nothing
        before("desk", "", ""),
        signed(b""),
        signed(b"\x02"),
        signed(b"\x02" + msgspec.msgpack.encode(["pay", "Sari", UNTIL])),
        signed(b"\x02" + msgspec.msgpack.encode(["desk", "Sari", "besok"])),
        signed(b"\x03" + msgspec.msgpack.encode(LINK)),
    ],
)
def test_a_signed_text_of_another_shape_is_none(token: str) -> None:
    assert opened(KEY, token) is None
    assert not is_ours(KEY, token)
