"""Signed links that expire: they let a person answer from a message without logging in.

A token is base64url(version byte + msgpack(link) + HMAC-SHA256 over both). It is a capability: whoever holds it may do exactly
this, for this receiver, until it expires. Anything else about a token (forged, altered, expired, of another purpose) is None.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Final, Literal
from urllib.parse import quote

import msgspec
from msgspec import Struct

from shared.model import DAY, HOUR, AnswerKind, Seconds, Transition
from shared.settings import Settings
from shared.text import cut, one_line, tidy

Purpose = Literal["answer", "read", "feed", "desk", "act"]
Do = Literal["", "correct", "issue", "assign", "verdict", "reply", "finding", "approve", "configure", "tell"]

VERSION: Final = b"\x01"
LIFE: Final[Seconds] = 7 * DAY
READING: Final = "/baca/"  # of the dashboard: what follows is a token of purpose "read"
SUBSCRIBED: Final = "/langganan/"  # of the dashboard: what follows is a token of purpose "feed", and the name of a feed
SUBSCRIPTION: Final[Seconds] = 365 * DAY
WORKING: Final = "/meja/"  # of the dashboard: what follows is a token of purpose "desk"
ACTING: Final = "/kerja/"  # of desk: what follows is a token of purpose "act"
FORM: Final[Seconds] = 12 * HOUR  # that a form may stay open before it is sent
APPROVAL: Final[Seconds] = 3 * DAY  # of the link by which a report is approved
INVITED: Final = 90  # days that an invitation holds at most
LONGEST_NAME: Final = 60  # characters of a person's name, as it stands in the trail
LONGEST_TOKEN: Final = 1024  # characters; ours have about 200
TITLE: Final = 60  # characters of an issue's name: links stay short
_MAC: Final = 16  # bytes of the HMAC that travel: 128 bits keep links short and unguessable
LABELS: Final[dict[AnswerKind, str]] = {
    "acknowledge": "Saya tangani",
    "silence": "Jeda 6 jam",
    "useful": "Peringatan berguna",
    "not_needed": "Peringatan tidak perlu",
    "clarified": "Sudah diklarifikasi",
}
OFFERED: Final[tuple[AnswerKind, ...]] = ("acknowledge", "silence", "not_needed")  # in every notice


class Link(Struct, frozen=True, array_like=True):
    """What a token permits."""

    purpose: Purpose
    alert: str
    transition: str  # id
    receiver: str  # id of the receiver it was sent to: the author of the answer
    kind: AnswerKind | None  # None where the purpose is not an answer
    expires_at: Seconds
    title: str = ""  # of the issue, so that a page can name it without asking the store
    issue: str = ""  # purpose "read": id of the one issue that may be read
    agency: str = ""  # id of the one agency that it is for; empty (purposes "feed" and "desk"): all
    do: Do = ""  # purpose "act": the one thing that its form may do
    target: str = ""  # purpose "act": to what: "<mention>@<event time>", an issue, a date, a change
    issued_at: Seconds = 0  # purpose "act": when the page was shown; one form is good for one deed
    basis_agency: str = ""  # purpose "act": agency, issue and end of the desk link whose page showed the form: it leads back
    basis_issue: str = ""  # there, and to no more than that
    basis_until: Seconds = 0
    form: int = 0  # purpose "act": which of the forms of its page: each is good for a deed of its own


def sign(key: str, link: Link) -> str:
    """The token of a link. A key may hold several, separated by spaces: the first signs, all verify."""
    signed = VERSION + msgspec.msgpack.encode(link)
    return _text(signed + _mac(key.split()[0], signed))


def verify(key: str, token: str, purpose: Purpose, now: Seconds) -> Link | None:
    """The link of a token that we signed for this purpose and that has not expired; else None."""
    link = _signed(key, token)
    return link if link is not None and link.purpose == purpose and now < link.expires_at else None


def is_ours(key: str, token: str) -> bool:
    """Whether we signed a token, for whatever and until whenever: who shows one does not guess."""
    return _signed(key, token) is not None


def _signed(key: str, token: str) -> Link | None:
    """The link of a token that we signed, also one that has expired; None for any other text."""
    raw = _bytes(token)
    signed, mac = raw[:-_MAC], raw[-_MAC:]
    genuine = [hmac.compare_digest(mac, _mac(one, signed)) for one in key.split()]
    if not any(genuine) or not signed.startswith(VERSION):
        return None
    try:
        return msgspec.msgpack.decode(signed[1:], type=Link)
    except msgspec.MsgspecError:
        return None


def read_address(settings: Settings, transition: Transition, receiver: str, now: Seconds) -> str:
    """Address of the page that shows more: of this one issue, readable by this receiver without a login until the link expires.

    Without a key the plain address, which asks for whatever the dashboard asks for; the sources' where there is no issue;
    empty without a dashboard.
    """
    if not settings.base_url:
        return ""
    if not transition.issue:
        return f"{settings.base_url}/sumber"
    if transition.kind == "report":
        return _report_address(settings, transition, receiver, now)
    if not settings.link_key.split():
        return f"{settings.base_url}/isu/{quote(transition.issue, safe='')}"
    title = cut(transition.issue_name, TITLE)
    agency = "" if transition.kind == "shared" else transition.agency  # an issue that is passed on may be read as it is
    link = Link("read", transition.alert, transition.id, receiver, None, now + LIFE, title, transition.issue, agency=agency)
    return f"{settings.base_url}{READING}{sign(settings.link_key, link)}"


def may_read(key: str, token: str, now: Seconds) -> Link | None:
    """The link of a token that opens one issue (`link.issue`) for reading; None for any other text."""
    link = verify(key, token, "read", now)
    return link if link is not None and link.issue else None


def subscription(settings: Settings, subscriber: str, agency: str, now: Seconds) -> str:
    """Address below which the feeds of one agency (empty: of all) stand for a subscriber, for a year; empty without a key."""
    if not (settings.base_url and settings.link_key.split()):
        return ""
    link = Link("feed", "", "", subscriber, None, now + SUBSCRIPTION, agency=agency)
    return f"{settings.base_url}{SUBSCRIBED}{sign(settings.link_key, link)}/"


def named(text: str) -> str:
    """A person's name as the trail will show it; empty where the text is none: 1 to 60 visible characters on one line."""
    return text if 0 < len(text) <= LONGEST_NAME and text == one_line(tidy(text), LONGEST_NAME) else ""


def invite(settings: Settings, person: str, agency: str, now: Seconds, days: int) -> str:
    """Address of a person's desk, for one agency (empty: all of them); empty without a dashboard or a key.

    Raises ValueError where the name is none (`named`), or the days are not 1 to `INVITED`.
    """
    if not named(person) or not 0 < days <= INVITED:
        raise ValueError(f"needs a name of 1 to {LONGEST_NAME} visible characters, and 1 to {INVITED} days")
    return _desk(settings, Link("desk", "", "", person, None, now + days * DAY, agency=agency))


def desk_address(settings: Settings, link: Link, now: Seconds) -> str:
    """Address of the desk of the one issue that this answer or act link is about, for its receiver and no longer than itself.

    From the page after an act it is the desk that showed the form. Empty where the link names no agency and issue.
    """
    if link.purpose == "act":
        scope = Link("desk", "", "", link.receiver, None, link.basis_until, link.title, link.basis_issue, link.basis_agency)
        return _desk(settings, scope) if now < link.basis_until else ""
    if not (link.agency and link.issue and link.receiver):
        return ""
    return _desk(settings, Link("desk", "", "", link.receiver, None, link.expires_at, link.title, link.issue, link.agency))


def act(settings: Settings, desk_link: Link, do: Do, target: str, issue: str, agency: str, now: Seconds, form: int = 0) -> str:
    """Address that one form of a desk's page posts to; empty where links are off, or the desk link does not reach that far.

    `form` is another number for each form of the page.
    """
    within = desk_link.agency in ("", agency) and desk_link.issue in ("", issue) and now < desk_link.expires_at
    within = within and not (desk_link.issue and do in ("approve", "configure"))  # of the whole agency
    if not (answerable(settings) and desk_link.purpose == "desk" and do and agency and within):
        return ""
    link = Link(
        "act",
        "",
        "",
        desk_link.receiver,
        None,
        min(desk_link.expires_at, now + FORM),
        desk_link.title,
        issue,
        agency,
        do,
        target,
        now,
        desk_link.agency,
        desk_link.issue,
        desk_link.expires_at,
        form,
    )
    return f"{settings.desk_url}{ACTING}{sign(settings.link_key, link)}"


def may_work(key: str, token: str, now: Seconds) -> Link | None:
    """The link of a token that opens a person's desk: `receiver`, and `agency` and `issue` where it is not for all of them."""
    link = verify(key, token, "desk", now)
    return link if link is not None and link.receiver else None


def may_act(key: str, token: str, now: Seconds) -> Link | None:
    """The link of a token that one form may be sent with."""
    link = verify(key, token, "act", now)
    return link if link is not None and link.receiver and link.agency and link.do else None


def _desk(settings: Settings, link: Link) -> str:
    if not (settings.base_url and settings.link_key.split()):
        return ""
    return f"{settings.base_url}{WORKING}{sign(settings.link_key, link)}"


def answerable(settings: Settings) -> bool:
    """Whether anybody can answer a notice: there is a desk, and a key."""
    return bool(settings.desk_url and settings.link_key.split())


def answers(settings: Settings, transition: Transition, receiver: str, now: Seconds) -> dict[AnswerKind, tuple[str, str]]:
    """Label and address of each answer that this receiver may give; empty while links are switched off."""
    if not answerable(settings) or transition.kind in ("report", "duty", "shared"):
        return {}
    title = cut(transition.issue_name or transition.agency_name, TITLE)
    return {
        kind: (LABELS[kind], f"{settings.desk_url}/{sign(settings.link_key, _answer(transition, receiver, kind, now, title))}")
        for kind in OFFERED
        if kind != "silence" or transition.kind != "watchword"  # told once: there is nothing to silence
    }


def _answer(transition: Transition, receiver: str, kind: AnswerKind, now: Seconds, title: str) -> Link:
    about = (transition.issue, transition.agency)  # for which the answered page offers a desk
    return Link("answer", transition.alert, transition.id, receiver, kind, now + LIFE, title, *about)


def _report_address(settings: Settings, transition: Transition, receiver: str, now: Seconds) -> str:
    """Where a daily report (its date stands as the issue) is read, and, where links are on, approved without a login."""
    page = f"/laporan/{quote(transition.issue, safe='')}"
    if not (answerable(settings) and receiver):
        return f"{settings.base_url}{page}"
    return _desk(settings, Link("desk", "", "", receiver, None, now + APPROVAL, agency=transition.agency)) + page


def _mac(key: str, signed: bytes) -> bytes:
    return hmac.new(key.encode(), b"kentongan link\0" + signed, hashlib.sha256).digest()[:_MAC]


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(token: str) -> bytes:
    """The bytes of a token; none for a text that we would not have written, so that a token has one spelling only."""
    if len(token) > LONGEST_TOKEN or not token.isascii():
        return b""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return b""
    return raw if _text(raw) == token else b""
