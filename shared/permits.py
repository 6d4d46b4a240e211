"""What a signed link permits, and its token: one struct for each purpose, so that none can be taken for another.

A token is base64url(version byte + msgpack(link) + HMAC-SHA256 over both). It is a capability: whoever holds it may do exactly
this, for this receiver, until it expires. Anything else about a token (forged, altered, expired, of another purpose) is None.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Final, Literal, TypeVar

import msgspec
from msgspec import Struct

from shared.model import AnswerKind, Seconds

Do = Literal["correct", "issue", "assign", "verdict", "reply", "finding", "approve", "configure", "tell"]

VERSION: Final = b"\x02"
BEFORE: Final = b"\x01"  # one struct for all purposes: handed out until November 2026, the last of them expire a year later
LONGEST_TOKEN: Final = 1024  # characters; ours have about 200
_MAC: Final = 16  # bytes of the HMAC that travel: 128 bits keep links short and unguessable


class AnswerLink(Struct, frozen=True, kw_only=True, array_like=True, tag="answer"):
    """To say one thing about an alert."""

    alert: str
    transition: str  # id of the change that was told
    receiver: str  # id of the receiver it was sent to: the author of the answer
    kind: AnswerKind
    expires_at: Seconds
    title: str = ""  # of the issue, so that a page can name it without asking the store
    issue: str = ""  # with `agency`: for which the answered page offers a desk
    agency: str = ""


class ReadLink(Struct, frozen=True, kw_only=True, array_like=True, tag="read"):
    """To read one issue."""

    receiver: str
    expires_at: Seconds
    issue: str
    title: str = ""
    agency: str = ""  # as this one sees it; empty: as anybody does


class FeedLink(Struct, frozen=True, kw_only=True, array_like=True, tag="feed"):
    """To subscribe to feeds."""

    receiver: str  # who subscribes
    expires_at: Seconds
    agency: str = ""  # empty: all


class DeskLink(Struct, frozen=True, kw_only=True, array_like=True, tag="desk"):
    """To work at a person's desk."""

    receiver: str  # the person's name, as it stands in the trail
    expires_at: Seconds
    agency: str = ""  # empty: all
    issue: str = ""  # empty: all
    title: str = ""  # of the issue


class ActLink(Struct, frozen=True, kw_only=True, array_like=True, tag="act"):
    """To send one form of a desk's page."""

    desk: DeskLink  # whose page showed the form: it leads back there, and to no more than that; titled by what the form is about
    expires_at: Seconds
    agency: str
    issue: str
    do: Do
    target: str  # "<mention>@<event time>", an issue, a date, a change
    issued_at: Seconds  # when the page was shown; one form is good for one deed
    form: int = 0  # which of the forms of its page: each is good for a deed of its own

    @property
    def receiver(self) -> str:
        """Whose deed it is."""
        return self.desk.receiver

    @property
    def title(self) -> str:
        """What it is about, in words."""
        return self.desk.title


Link = AnswerLink | ReadLink | FeedLink | DeskLink | ActLink
L = TypeVar("L", bound=Link)


def sign(key: str, link: Link) -> str:
    """The token of a link. A key may hold several, separated by spaces: the first signs, all verify."""
    signed = VERSION + msgspec.msgpack.encode(link)
    return _text(signed + _mac(key.split()[0], signed))


def verify(key: str, token: str, purpose: type[L], now: Seconds) -> L | None:
    """The link of a token that we signed for this purpose and that has not expired; else None."""
    link = opened(key, token)
    return link if isinstance(link, purpose) and now < link.expires_at else None


def opened(key: str, token: str) -> Link | None:
    """The link of a token that we signed, for whatever and until whenever; None for any other text."""
    raw = _bytes(token)
    signed, mac = raw[:-_MAC], raw[-_MAC:]
    genuine = [hmac.compare_digest(mac, _mac(one, signed)) for one in key.split()]
    try:
        return _link(signed) if any(genuine) else None
    except msgspec.MsgspecError:
        return None


def is_ours(key: str, token: str) -> bool:
    """Whether we signed a token, for whatever and until whenever: who shows one does not guess."""
    return opened(key, token) is not None


class _Before(Struct, frozen=True, array_like=True):
    """A link as it was written before: its place alone said what a value meant."""

    purpose: Literal["answer", "read", "feed", "desk", "act"]
    alert: str
    transition: str
    receiver: str
    kind: AnswerKind | None
    expires_at: Seconds
    title: str = ""
    issue: str = ""
    agency: str = ""
    do: Do | Literal[""] = ""
    target: str = ""
    issued_at: Seconds = 0
    basis_agency: str = ""
    basis_issue: str = ""
    basis_until: Seconds = 0
    form: int = 0

    def now(self) -> Link | None:
        """The same as it is written today; None where it permitted nothing."""
        who = {"receiver": self.receiver, "title": self.title}
        match self:
            case _Before(purpose="answer", kind=str() as kind):
                about = {"alert": self.alert, "transition": self.transition, "issue": self.issue, "agency": self.agency}
                return AnswerLink(kind=kind, expires_at=self.expires_at, **who, **about)
            case _Before(purpose="read"):
                return ReadLink(expires_at=self.expires_at, issue=self.issue, agency=self.agency, **who)
            case _Before(purpose="feed"):
                return FeedLink(receiver=self.receiver, expires_at=self.expires_at, agency=self.agency)
            case _Before(purpose="desk"):
                return DeskLink(expires_at=self.expires_at, agency=self.agency, issue=self.issue, **who)
            case _Before(purpose="act", do=do) if do:
                return ActLink(
                    desk=DeskLink(expires_at=self.basis_until, agency=self.basis_agency, issue=self.basis_issue, **who),
                    expires_at=self.expires_at,
                    agency=self.agency,
                    issue=self.issue,
                    do=do,
                    target=self.target,
                    issued_at=self.issued_at,
                    form=self.form,
                )
        return None


def _link(signed: bytes) -> Link | None:
    """The link in bytes that we signed. Raises MsgspecError where there is none."""
    version, content = signed[:1], signed[1:]
    if version == BEFORE:
        return msgspec.msgpack.decode(content, type=_Before).now()
    return msgspec.msgpack.decode(content, type=Link) if version == VERSION else None


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
