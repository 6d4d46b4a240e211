"""A letter in the forms in which it leaves: a paper (page, print, DOCX), and a text for a chat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from shared.config.letter import Letter as Letterhead
from shared.letters import Letter
from shared.report.blocks import Bullets, Heading, Line, Paper, Paragraph, Run
from shared.text import cut, one_line

LONGEST_LINE: Final = 1_000  # characters: a paragraph of a letter
LONGEST_LINK: Final = 200  # a longer address fills a phone's screen: left out of a chat
LONGEST: Final = 4_000  # of a message: Telegram takes 4,096
NOTE: Final = "Catatan untuk petugas, hapus sebelum dikirim: "
UNSIGNED: Final = ("pesan-kunci",)  # said, not sent


def paper(draft: Letter, letterhead: Letterhead) -> Paper:
    """The letter as a paper, as the daily report is one: with the letterhead of the agency, and a place to sign."""
    notes = Paragraph((Run(NOTE), *(run for line in draft.notes for run in (*line, Run(" ")))), soft=True)
    return Paper(
        title=draft.title,
        when=draft.day,
        facts=draft.facts,
        blocks=(*draft.blocks, notes),
        letter=letterhead,
        day=draft.day,
        draft=True,
        signed=draft.kind not in UNSIGNED,
    )


def docx(draft: Letter, letterhead: Letterhead) -> bytes:
    """The letter as a DOCX whose blanks are marked; the same letter gives the same bytes."""
    from shared.report.docx import docx as written  # with zip and XML: only where somebody asks for the file

    return written(paper(draft, letterhead), lambda link: link)


def text(draft: Letter) -> str:
    """The letter for a chat: WhatsApp's *bold* for headings, no sign of an outside text taken for one, links written out.

    At most LONGEST characters: what is too long ends with an ellipsis, and the whole stands in the DOCX.
    """
    lines = [f"*{draft.title}*", *(f"{name}: {value}" for name, value in draft.facts if not value.startswith("["))]
    for block in draft.blocks:
        match block:
            case Heading(words):
                lines += ["", f"*{_plain(words)}*"]
            case Paragraph(runs):
                lines += ["", *_spelled(runs, "")]
            case Bullets(found):
                lines += [said for line in found for said in _spelled(line, "- ")]
    return cut("\n".join(lines), LONGEST) + "\n"


def _spelled(line: Line, before: str) -> Iterator[str]:
    """A line, and below it the addresses that it links to."""
    words = "".join(run.text if run.link == run.text else _plain(run.text) for run in line)
    yield before + one_line(words, LONGEST_LINE)
    yield from (run.link for run in line if run.link and run.link != run.text and len(run.link) <= LONGEST_LINK)


def _plain(text: str) -> str:
    """A text without the characters that a chat takes for bold, italic or code."""
    return text.translate({ord(sign): None for sign in "*_~`"})
