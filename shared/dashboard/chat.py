"""An issue as a few lines for a chat: Indonesian plain text, as an officer would pass it on to the chief."""

from __future__ import annotations

from typing import Final

from shared.dashboard.filters import web_address
from shared.dashboard.language import INDONESIAN
from shared.dashboard.moment import moment_of
from shared.indonesian import date_and_clock, number, short_moment
from shared.model import Item
from shared.portrait import Sentence
from shared.reasons import FIRST, RECENT, status, undecided
from shared.text import one_line
from shared.views import IssueView

REASONS: Final = 3
SENTENCES: Final = 2  # of the summary
LONGEST_LINE: Final = 280  # characters


def chat_text(view: IssueView, first: Item | None, address: str, *, paced: bool = True, unknown: bool = False) -> str:
    """Status, what, why when it changed, how much by now, who was first; `address` of the page, or empty.

    Without `paced`, what came in the last hours is not known; `unknown`: nor is the status.
    """
    card, tones = view.card, view.card.tones
    lines = [
        f"*{status(card.level, unknown=unknown)}*" + (f" · {one_line(card.unit, 80)}" if card.unit else ""),
        one_line(card.name, 160),
        "",
        *_reasons(view),
        f"Data per {date_and_clock(view.made_at, view.zone)}:",
        f"- Sejauh ini {number(tones.total)} berita di {number(card.outlets)} media: {number(tones.negative)} negatif, "
        f"{number(tones.neutral)} netral, {number(tones.positive)} positif{_rest(view)}",
        *([f"- {_pace(view)}"] if paced else []),
        *(f"- Isi: {one_line(said.text, LONGEST_LINE)} ({one_line(said.outlet, 80)})" for said in _said(view)),
        f"- Pertama: {one_line(card.first_outlet, 80)}, {short_moment(card.first_at, view.zone)}",
    ]
    if first and (url := web_address(first.url)):
        lines.append(url)
    return "\n".join([*lines, "", address] if address else lines)


def _reasons(view: IssueView) -> list[str]:
    """The strongest reasons below the moment of which they are; who was first, and the pace by now, have lines of their own."""
    moment = moment_of(view)
    told = [one for one in moment.reasons if not one.startswith(FIRST) and RECENT not in one] if moment else []
    if moment is None or not told:
        return []
    return [f"{moment.heading(view, INDONESIAN)}:", *(f"- {one_line(one, LONGEST_LINE)}" for one in told[:REASONS]), ""]


def _pace(view: IssueView) -> str:
    card = view.card
    if not (card.recent or card.before):
        return "Tidak ada berita dalam 6 jam"
    return f"{number(card.recent)} berita dalam 3 jam terakhir, {number(card.before)} dalam 3 jam sebelumnya"


def _said(view: IssueView) -> list[Sentence]:
    """What the issue is about, in the words of its media."""
    return list(view.summary.sentences[:SENTENCES]) if view.summary else []


def _rest(view: IssueView) -> str:
    tones = view.card.tones
    rest = undecided(tones.unsure, tones.unscored, tones.likely)
    return f", {rest}" if rest else ""
