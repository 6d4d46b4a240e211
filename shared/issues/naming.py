"""An issue's name: a headline of its own as people can read it, and how well a headline would do as one."""

from __future__ import annotations

import re
from typing import Final

from shared.text import cut
from shared.words import STOP, headline

LONGEST_NAME: Final = 70  # characters
FULL: Final = 100  # worth of a headline that says what happened
POOR: Final = 75  # of one that asks, shouts, teases or says too little
FEWEST_WORDS: Final = 4
SHORTEST_CLAUSE: Final = 40  # characters

_SHOUT: Final = re.compile(
    r"^\W*(?:breaking(?: news)?|update|terkini|terpopuler|populer|ekskl?usif|exclusive|viral|heboh|miris|waduh|astaga|gempar"
    r"|geger|berita foto|video|foto|podcast|live|opini|editorial|wawancara|headline|flash|sorotan|top \d+)"
    r"\s*(?:[\])]\s*[:|!]*|[:|!]+)\s*",
    re.IGNORECASE,
)
_TEASER: Final = re.compile(
    r"^(?:begini|ini(?:lah|kah)?|simak|intip|cek|alasan|fakta|kronologi|profil|sosok|duh|viral|heboh|miris|terpopuler|populer|opini"
    r"|\d+ (?:fakta|hal|alasan|berita|poin))\b|\?|!$",
    re.IGNORECASE,
)


def readable(title: str) -> str:
    """A title as an issue's name: without what outlets add before and after it, at most 70 characters.

    A longer one ends with its last whole clause, if that says enough, else at a word that can stand at an end.
    """
    text = headline(title)
    while (rest := _SHOUT.sub("", text)) != text and len(rest.split()) >= FEWEST_WORDS:
        text = rest
    if len(text) <= LONGEST_NAME:
        return text
    clause = text[: LONGEST_NAME + 1].rpartition(", ")[0]
    if len(clause) >= SHORTEST_CLAUSE and len(clause.split()) > FEWEST_WORDS:
        return clause
    words = cut(text, LONGEST_NAME).removesuffix("…").split(" ")
    while len(words) > FEWEST_WORDS and words[-1].lower() in STOP:
        words.pop()
    return " ".join(words).rstrip(" ,;:-–—") + "…"


def worth(name: str) -> int:
    """How well a headline does as a name, in hundredths, beside how central it is."""
    return POOR if _TEASER.search(name) or name.isupper() or len(name.split()) < FEWEST_WORDS else FULL
