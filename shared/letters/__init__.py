"""Letters about an issue: texts with blanks, filled in as far as the issue, its assignment and its finding are known.

They are drafts for an officer: nothing in them is guessed, and what is not known is a blank in brackets. See docs/letters.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from msgspec import Struct

from shared.deskview import Duty, Finding
from shared.indonesian import date
from shared.letters.known import known_of
from shared.letters.phases import PHASES, phase_of
from shared.letters.wording import lines
from shared.model import Seconds
from shared.report.blocks import Block, Bullets, Heading, Line, Paragraph
from shared.views import IssueView

LETTERS: Final = {  # kind, as addresses and the command line write it -> title
    "permintaan-data": "Permintaan Data dan Keterangan",
    "holding-statement": "Pernyataan Awal (Holding Statement)",
    "klarifikasi": "Klarifikasi",
    "hak-jawab": "Hak Jawab",
    "pesan-kunci": "Pesan Kunci",
}


class Letter(Struct, frozen=True):
    """A letter, or a text to be said, as a draft."""

    kind: str
    title: str
    phase: str  # key of PHASES
    facts: tuple[tuple[str, str], ...]  # lines of its head: number, urgency, subject
    blocks: tuple[Block, ...]  # runs that are blanks have `blank` set
    notes: tuple[Line, ...]  # to the officer; no part of the letter
    day: str  # "25 November 2026": of writing

    @property
    def blanks(self) -> int:
        """How many blanks a person has to fill in, those of the head included."""
        return sum(run.blank for line in _lines(self.blocks) for run in line) + sum("[" in value for _, value in self.facts)


def letter(
    kind: str,
    view: IssueView,
    duty: Duty | None,
    finding: Finding | None,
    agency: str,
    now: Seconds,
    phase: str = "",
    mention: str = "",
) -> Letter:
    """The draft of this kind for an agency (its name).

    `phase` is a key of PHASES, else that in which the issue is; `mention` is the article that a reply is about, else the first
    negative one. Raises KeyError for a kind or phase that there is none of.
    """
    phase = phase or phase_of(view, duty)
    if kind not in LETTERS or phase not in PHASES:
        raise KeyError(f"{kind} {phase}")
    filled = list(lines(kind, phase, known_of(view, duty, finding, agency, now, mention)))
    return Letter(
        kind,
        next((line[0].text for sign, line in filled if sign == "=="), LETTERS[kind]),
        phase,
        tuple(_fact(line) for sign, line in filled if sign == "="),
        tuple(_blocks((sign, line) for sign, line in filled if sign not in ("==", "=", ">"))),
        tuple(line for sign, line in filled if sign == ">"),
        date(now, view.zone).partition(", ")[2],
    )


def _fact(line: Line) -> tuple[str, str]:
    name, _, value = "".join(run.text for run in line).partition(": ")
    return name, value


def _blocks(filled: Iterable[tuple[str, Line]]) -> Iterator[Block]:
    for sign, group in groupby(filled, lambda one: one[0]):
        if sign == "-":
            yield Bullets(tuple(line for _, line in group))
        else:
            yield from (Heading(line[0].text, deep=True) if sign else Paragraph(line) for _, line in group)


def _lines(blocks: Iterable[Block]) -> Iterator[Line]:
    for block in blocks:
        match block:
            case Paragraph(runs):
                yield runs
            case Bullets(found):
                yield from found
