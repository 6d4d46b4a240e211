"""Letters and texts about an issue: drafts to be filled in, as a page, a text for a chat, and a DOCX.

What makes them is loaded where one is asked for: all other pages start without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from msgspec.structs import replace

from shared.config.letter import Letter as Letterhead
from shared.dashboard.cache import ViewCache
from shared.dashboard.desk.officer import Door, Officer
from shared.dashboard.desk.sitting import Sitter
from shared.dashboard.filters import web_address
from shared.dashboard.reports import DOCX, file
from shared.views import IssueView

if TYPE_CHECKING:
    from shared.letters import Letter


ARTICLES: Final = 8  # that a reply may be about, to choose from


class Draft(NamedTuple):
    """A letter, and for whom."""

    officer: Officer
    view: IssueView
    letter: Letter
    letterhead: Letterhead


class Letters:
    """One method a route; each reads the issue, the configuration and its logo."""

    def __init__(self, door: Door, cache: ViewCache) -> None:
        """Over the documents of this cache, for those whom the door lets in."""
        self._sitter, self._cache = Sitter(door, cache), cache

    def page(self, token: str, issue: str, kind: str) -> ResponseReturnValue:
        """The draft to be read and copied."""
        from shared.letters import LETTERS
        from shared.letters.forms import paper, text
        from shared.letters.known import articles_of
        from shared.letters.phases import PHASES

        draft = self._draft(token, issue, kind)
        return render_template(
            "desk/letter.html",
            officer=draft.officer,
            view=draft.view,
            letter=draft.letter,
            paper_of=paper(draft.letter, draft.letterhead),
            text=text(draft.letter),
            phases=PHASES,
            letters=LETTERS,
            resolve=web_address,
            articles=articles_of(draft.view)[:ARTICLES] if kind == "hak-jawab" else (),
            article=request.args.get("berita"),
        )

    def as_docx(self, token: str, issue: str, kind: str) -> Response:
        """The draft to be edited."""
        from shared.letters.forms import docx

        draft = self._draft(token, issue, kind)
        return file(docx(draft.letter, draft.letterhead), DOCX, f"{kind}-{draft.view.card.id}.docx")

    def _draft(self, token: str, issue: str, kind: str) -> Draft:
        from shared.letters import LETTERS, letter
        from shared.letters.phases import PHASES

        officer, view = self._sitter.reader(token, issue)
        phase = request.args.get("fase", "")
        if kind not in LETTERS or phase not in ("", *PHASES):
            abort(404)
        duty = next((one for one in view.duties if one.agency == officer.agency), None)
        made = letter(kind, view, duty, view.finding, view.agency_names[0], officer.now, phase, request.args.get("berita", ""))
        return Draft(officer, view, made, self._letterhead())

    def _letterhead(self) -> Letterhead:
        """That of the daily report, with its logo as a picture."""
        from shared.config.logo import DOCUMENT as LOGO
        from shared.config.logo import as_address

        active = self._cache.active()
        head = active.config.report if active else Letterhead()
        return replace(head, logo=as_address(self._cache.read(LOGO)) if head.logo else "")
