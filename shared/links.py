"""Addresses with signed links that expire: they let a person answer, read or work from a message without logging in.

What each link permits, and its token: shared/permits.py.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from msgspec.structs import replace

from shared.model import DAY, HOUR, AnswerKind, Seconds, Transition
from shared.permits import ActLink, AnswerLink, DeskLink, Do, FeedLink, ReadLink, sign, verify
from shared.settings import Settings
from shared.text import cut, one_line, tidy

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
TITLE: Final = 60  # characters of an issue's name: links stay short
LABELS: Final[dict[AnswerKind, str]] = {
    "acknowledge": "Saya tangani",
    "silence": "Jeda 6 jam",
    "useful": "Peringatan berguna",
    "not_needed": "Peringatan tidak perlu",
    "clarified": "Sudah diklarifikasi",
}
OFFERED: Final[tuple[AnswerKind, ...]] = ("acknowledge", "silence", "not_needed")  # in every notice


def read_address(settings: Settings, transition: Transition, receiver: str, now: Seconds) -> str:
    """Address of the page that shows more: of this one issue, readable by this receiver without a login until the link expires.

    Without a key the plain address, which asks for whatever the dashboard asks for, as does the agency's overview where no issue
    carries its alert; the sources' where it is not about an agency; empty without a dashboard.
    """
    if not settings.base_url:
        return ""
    if unnamed(transition):
        return f"{settings.base_url}/?instansi={quote(transition.agency, safe='')}"
    if not transition.issue:
        return f"{settings.base_url}/sumber"
    if transition.kind == "report":
        return _report_address(settings, transition, receiver, now)
    if not settings.link_key.split():
        return f"{settings.base_url}/isu/{quote(transition.issue, safe='')}"
    title = cut(transition.issue_name, TITLE)
    agency = "" if transition.kind == "shared" else transition.agency  # an issue that is passed on may be read as it is
    link = ReadLink(receiver=receiver, expires_at=now + LIFE, issue=transition.issue, title=title, agency=agency)
    return f"{settings.base_url}{READING}{sign(settings.link_key, link)}"


def unnamed(transition: Transition) -> bool:
    """Whether it tells of an agency's negative news as a whole, which no single issue carries (yet)."""
    return transition.kind == "issue" and not transition.issue


def may_read(key: str, token: str, now: Seconds) -> ReadLink | None:
    """The link of a token that opens one issue (`link.issue`) for reading; None for any other text."""
    link = verify(key, token, ReadLink, now)
    return link if link is not None and link.issue else None


def subscription(settings: Settings, subscriber: str, agency: str, now: Seconds) -> str:
    """Address below which the feeds of one agency (empty: of all) stand for a subscriber, for a year; empty without a key."""
    if not (settings.base_url and settings.link_key.split()):
        return ""
    link = FeedLink(receiver=subscriber, expires_at=now + SUBSCRIPTION, agency=agency)
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
    return _desk(settings, DeskLink(receiver=person, expires_at=now + days * DAY, agency=agency))


def desk_address(settings: Settings, link: AnswerLink | ActLink, now: Seconds) -> str:
    """Address of the desk of the one issue that this answer or act link is about, for its receiver and no longer than itself.

    From the page after an act it is the desk that showed the form. Empty where the link names no agency and issue.
    """
    if isinstance(link, ActLink):
        return _desk(settings, link.desk) if now < link.desk.expires_at else ""
    if not (link.agency and link.issue and link.receiver):
        return ""
    desk = DeskLink(receiver=link.receiver, expires_at=link.expires_at, agency=link.agency, issue=link.issue, title=link.title)
    return _desk(settings, desk)


def act(settings: Settings, desk: DeskLink, do: Do, target: str, issue: str, agency: str, now: Seconds, form: int = 0) -> str:
    """Address that one form of a desk's page posts to; empty where links are off, or the desk link does not reach that far.

    `form` is another number for each form of the page.
    """
    within = desk.agency in ("", agency) and desk.issue in ("", issue) and now < desk.expires_at
    within = within and not (desk.issue and do in ("approve", "configure"))  # of the whole agency
    if not (answerable(settings) and agency and within):
        return ""
    link = ActLink(
        desk=desk,
        expires_at=min(desk.expires_at, now + FORM),
        agency=agency,
        issue=issue,
        do=do,
        target=target,
        issued_at=now,
        form=form,
    )
    return f"{settings.desk_url}{ACTING}{sign(settings.link_key, link)}"


def may_work(key: str, token: str, now: Seconds) -> DeskLink | None:
    """The link of a token that opens a person's desk: `receiver`, and `agency` and `issue` where it is not for all of them."""
    link = verify(key, token, DeskLink, now)
    return link if link is not None and link.receiver else None


def may_act(key: str, token: str, now: Seconds) -> ActLink | None:
    """The link of a token that one form may be sent with."""
    link = verify(key, token, ActLink, now)
    return link if link is not None and link.receiver and link.agency else None


def _desk(settings: Settings, link: DeskLink) -> str:
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


def take_on(settings: Settings, desk: DeskLink, told: Transition, now: Seconds) -> str:
    """Address that *Saya tangani* of a desk's page posts to: the answer of the newest notice's link, by this officer.

    Empty where links are off, or the desk link does not reach that far.
    """
    within = desk.agency in ("", told.agency) and desk.issue in ("", told.issue) and now < desk.expires_at
    if not (answerable(settings) and within):
        return ""
    link = _answer(told, desk.receiver, "acknowledge", now, cut(told.issue_name or told.agency_name, TITLE))
    return f"{settings.desk_url}/{sign(settings.link_key, replace(link, expires_at=min(desk.expires_at, now + FORM)))}"


def _answer(transition: Transition, receiver: str, kind: AnswerKind, now: Seconds, title: str) -> AnswerLink:
    return AnswerLink(
        alert=transition.alert,
        transition=transition.id,
        receiver=receiver,
        kind=kind,
        expires_at=now + LIFE,
        title=title,
        issue=transition.issue,
        agency=transition.agency,
    )


def _report_address(settings: Settings, transition: Transition, receiver: str, now: Seconds) -> str:
    """Where a daily report (its date stands as the issue) is read, and, where links are on, approved without a login."""
    page = f"/laporan/{quote(transition.issue, safe='')}"
    if not (answerable(settings) and receiver):
        return f"{settings.base_url}{page}"
    return _desk(settings, DeskLink(receiver=receiver, expires_at=now + APPROVAL, agency=transition.agency)) + page
