"""A paper as blocks: the one content that the web page and the DOCX both show."""

from __future__ import annotations

from typing import Final, NamedTuple

from msgspec import Struct

from shared.config.letter import Letter
from shared.model import Level
from shared.text import one_line

LONGEST: Final = 300  # characters of a title or sentence


class Run(NamedTuple):
    """A piece of text, perhaps with a link."""

    text: str
    link: str = ""  # an outside address, or a query that begins with "?": the evidence, in the day's clippings
    strong: bool = False
    blank: bool = False  # words in brackets in whose place a person writes


Line = tuple[Run, ...]


class Heading(Struct, frozen=True):
    """A title of a part."""

    text: str
    deep: bool = False  # of a part within an agency's part
    level: Level | None = None  # to be shown with it


class Paragraph(Struct, frozen=True):
    """Sentences."""

    runs: Line
    soft: bool = False  # an explanation


class Bullets(Struct, frozen=True):
    """A list."""

    lines: tuple[Line, ...]


class Table(Struct, frozen=True):
    """Numbers in columns; the first `texts` columns are texts."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[int, ...]  # in hundredths
    numbers: tuple[int, ...]  # columns that hold numbers


Block = Heading | Paragraph | Bullets | Table


class Paper(Struct, frozen=True):
    """A whole paper."""

    title: str
    when: str  # under the title
    facts: tuple[tuple[str, str], ...]  # period, to whom, by whom, coverage; what nobody filled in is empty
    blocks: tuple[Block, ...]
    letter: Letter
    day: str  # beside the place of the signature
    draft: bool = False  # nobody has approved it yet
    approved_by: str = ""
    approved: str = ""  # a line in place of KONSEP
    signed: bool = True  # there is a place for a signature


def said(text: str, longest: int = LONGEST, link: str = "", strong: bool = False) -> Run:
    """A text from outside as a run: on one line, without characters that a reader cannot see."""
    return Run(one_line(text, longest), link, strong)


def plain(*texts: str) -> Line:
    """Words of our own, or sentences that were made of cleaned words."""
    return tuple(said(text, 1_000) for text in texts if text)
