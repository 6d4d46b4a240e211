"""A message as plain text, and texts made to fit: cut at a word or after a whole note, whatever a medium counts in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from shared.model import Seconds
from shared.notices import Notice
from shared.receivers.message import Message, compose
from shared.receivers.wording import Language
from shared.settings import Settings
from shared.text import cut

LONGEST_FORWARD: Final = 1800  # characters of a wa.me address: every client opens it

Size = Callable[[str], int]


def message(notice: Notice, settings: Settings, now: Seconds, language: Language = "id") -> str:
    """The whole message of a notice as plain text."""
    return plain(compose(notice, settings, now, language))


def plain(said: Message) -> str:
    """The three lines, notes, then every address with its label; lines are parted by newlines."""
    return "\n".join([*said.lines, *said.notes, *(f"{action.label}: {action.url}" for action in said.actions)])


def body(said: Message, room: int, size: Size = len) -> list[str]:
    """The lines, an empty one, and as many notes as fit into `room`; what is left out is counted in a last line."""
    lines = [fit(line, room // 4, size) for line in said.lines]
    for shown in range(len(said.notes), -1, -1):
        rest = len(said.notes) - shown
        below = [*said.notes[:shown], *([said.words.left_out.format(count=rest)] if rest else [])]
        found = [*lines, "", *below] if below else lines
        if size("\n".join(found)) <= room:
            return found
    return lines


def passed_on(said: Message, room: int, size: Size = len) -> str:
    """The text for others: the three lines and the first story's address.

    Where that is too much: the first reason alone, then no address, then no first outlet, then as much as there is room for.

    No signed link: those are this receiver's alone.
    """
    address, text = next((story.url for story in said.stories if story.url), ""), ""
    shorter = ((said.why, said.first, address), (said.rise, said.first, address), (said.rise, said.first), (said.rise,))
    for lines in shorter:
        text = "\n".join(filter(None, (said.status, *lines)))
        if size(text) <= room:
            break
    return fit(text, room, size)


def forward(said: Message) -> str:
    """An address that opens WhatsApp with the text to pass on, for whichever chat the officer chooses."""
    return f"https://wa.me/?text={quote(passed_on(said, LONGEST_FORWARD, _quoted), safe='')}"


def links(said: Message) -> list[tuple[str, str]]:
    """Label and address of each button, and of what passes the text on: to WhatsApp, or to be copied from the issue's page."""
    offered = [(action.label, action.url) for action in said.buttons]
    copied = [(said.words.copy, said.copied_from)] if said.url("page") and said.copied_from else []
    return [*offered, (said.words.forward, forward(said)), *copied]


def fit(text: str, room: int, size: Size = len) -> str:
    """A text cut at a word so that its size is at most `room`; sizes grow by at least 1 with every character."""
    limit = min(len(text), room)
    fitting = cut(text, limit)
    while (over := size(fitting) - room) > 0 and limit > 1:
        limit = max(1, min(limit, len(fitting)) - max(1, over // _LARGEST))
        fitting = cut(text, limit)
    return fitting


def units(text: str) -> int:
    """Length in UTF-16 units, in which chat services count."""
    return len(text.encode("utf-16-le")) // 2


def octets(text: str) -> int:
    """Length in bytes of UTF-8."""
    return len(text.encode())


_LARGEST: Final = 12  # that one character may measure: four bytes, each quoted


def _quoted(text: str) -> int:
    return len(quote(text, safe=""))
