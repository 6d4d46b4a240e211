"""An issue as a few lines for a chat: Indonesian plain text, as an officer would pass it on to the chief."""

from __future__ import annotations

from typing import Final

from shared.dashboard.filters import web_address
from shared.indonesian import date_and_clock, number, short_moment
from shared.model import Item
from shared.portrait import Sentence
from shared.reasons import status, undecided
from shared.text import one_line
from shared.views import IssueView

REASONS: Final = 3
SENTENCES: Final = 2  # of the summary
LONGEST_LINE: Final = 280  # characters


def chat_text(view: IssueView, first: Item | None, address: str) -> str:
    """Status, what, why, how much, who was first; `address` of the page, or empty."""
    card, tones = view.card, view.card.tones
    lines = [
        f"*{status(card.level)}*" + (f" · {one_line(card.unit, 80)}" if card.unit else ""),
        one_line(card.name, 160),
        "",
        *(f"- {one_line(reason, LONGEST_LINE)}" for reason in _reasons(view)),
        f"- Sejauh ini {number(tones.total)} berita di {number(card.outlets)} media: {number(tones.negative)} negatif, "
        f"{number(tones.neutral)} netral, {number(tones.positive)} positif{_rest(view)}",
        *(f"- Isi: {one_line(said.text, LONGEST_LINE)} ({one_line(said.outlet, 80)})" for said in _said(view)),
        f"- Pertama: {one_line(card.first_outlet, 80)}, {short_moment(card.first_at, view.zone)}",
    ]
    if first and (url := web_address(first.url)):
        lines.append(url)
    lines += ["", f"Data per {date_and_clock(view.made_at, view.zone)}."]
    return "\n".join([*lines, address] if address else lines)


def _reasons(view: IssueView) -> list[str]:
    """The strongest reasons; who was first has a line of its own."""
    return [reason for reason in view.why if not reason.startswith("Pertama")][:REASONS]


def _said(view: IssueView) -> list[Sentence]:
    """What the issue is about, in the words of its media."""
    return list(view.summary.sentences[:SENTENCES]) if view.summary else []


def _rest(view: IssueView) -> str:
    tones = view.card.tones
    rest = undecided(tones.unsure, tones.unscored, tones.likely)
    return f", {rest}" if rest else ""
