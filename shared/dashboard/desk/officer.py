"""Who works at the desk: the person of a signed link, and what the forms of a page may do in that name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final
from urllib.parse import urlsplit

from flask import abort, g, make_response, url_for
from msgspec.structs import replace

from shared.dashboard.delivery import caller
from shared.dashboard.problems import answer, page
from shared.dashboard.viewer import Viewer
from shared.links import FORM, TITLE, act, answerable, may_work, take_on
from shared.model import Item, Seconds
from shared.pacing import Buckets
from shared.permits import DeskLink, Do, ReadLink, is_ours, sign
from shared.settings import Settings
from shared.text import cut
from shared.views import AlertLine

WRONG: Final = 12  # links that one caller may get wrong ...
WITHIN: Final[Seconds] = 600  # ... within so many seconds


@dataclass(frozen=True, slots=True)
class Officer:
    """A person at the desk, for one request."""

    token: str
    link: DeskLink
    agency: str  # id of the one that this page is about; empty before it is chosen
    settings: Settings
    now: Seconds
    forms: Iterator[int] = field(default_factory=count)  # numbers of the page's forms: each is good for a deed of its own

    @property
    def name(self) -> str:
        """As it will stand in the audit trail."""
        return self.link.receiver

    def act(self, do: Do, target: str, title: str = "", issue: str = "") -> str:
        """Address that one form posts to: good for one deed, about `target`. `title` says on desk's page what it was about."""
        link = replace(self.link, title=cut(str(title), TITLE))
        return act(self.settings, link, do, target, self.link.issue or issue, self.agency, self.now, next(self.forms))

    def take_on(self, line: AlertLine) -> str:
        """Address by which this officer takes an alert on, as it stands under its issue now."""
        told = replace(line.transitions[0], issue=self.link.issue or line.issue, issue_name=line.issue_name)
        return take_on(self.settings, self.link, told, self.now)

    def to(self, page: str, **values: str | int) -> str:
        """Address of another of this officer's pages, for the same agency."""
        chosen = {"instansi": self.agency} if self.agency and not self.link.agency else {}
        parts: dict[str, Any] = {"token": self.token, **chosen, **values}
        return url_for(f"desk.{page}", **parts)

    def reading(self, issue: str, title: str) -> str:
        """Address of the issue's whole page, readable for as long as the forms are good."""
        expires_at = min(self.link.expires_at, self.now + FORM)
        title = cut(title, TITLE)
        link = ReadLink(receiver=self.name, expires_at=expires_at, issue=issue, title=title, agency=self.agency)
        return url_for("read", token=sign(self.settings.link_key, link))


def mention_of(item: Item) -> str:
    """An item as the target of a form: its id and when it happened, which tells detect where to look."""
    return f"{item.mention}@{item.at}"


class Door:
    """Lets in who has a link, and is patient with who has not."""

    def __init__(self, settings: Settings, clock: Callable[[], Seconds]) -> None:
        """Links are verified with the settings' key at the clock's time; without a desk nobody comes in."""
        self._settings, self._clock = settings, clock
        self._wrong = Buckets(WRONG, WITHIN)

    def enter(self, token: str) -> Officer:
        """The officer of a link. Any other text gets 404, always with the same page; who tries many that are none of ours, 429.

        A link of ours is never charged: officers behind one address share it with whoever opens old messages there.
        """
        g.viewer = Viewer(issue="-")
        now = self._clock()
        link = may_work(self._settings.link_key, token, now) if answerable(self._settings) else None
        if link is None:
            if not is_ours(self._settings.link_key, token) and (wait := self._wrong.wait(caller(self._settings), now)):
                abort(make_response(answer(429, {"Retry-After": str(wait)})))
            wrong = page("Tautan tidak berlaku", "Tautan ini salah atau sudah kedaluwarsa. Minta yang baru kepada admin humas.")
            abort(make_response(wrong, 404))
        officer = Officer(token, link, link.agency, self._settings, now)
        self.seat(officer)
        return officer

    def seat(self, officer: Officer) -> None:
        """Let this request's page know its officer, what may be seen, and where its forms lead."""
        g.officer = officer
        g.viewer = Viewer(officer.agency, officer.link.issue)
        g.forms_to = origin(self._settings.desk_url)


def origin(url: str) -> str:
    """Scheme, host and port of an address, as a content security policy names them; empty where it is none."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""
