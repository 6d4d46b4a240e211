"""What the connectors that search have in common: phrases, their turn, and posts that have no headline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.config.schema import SourceConfig
from shared.sources.contract import LEAD, TITLE, Found, SourceError
from shared.text import plain

_LONGEST_TURN: Final = 9  # digits of a cursor


def turn(cursor: str) -> int:
    """How often the source was asked, as its cursor tells: a number; 0 where it tells nothing."""
    return int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) <= _LONGEST_TURN else 0


def in_turn(source: SourceConfig, cursor: str, at_once: int) -> tuple[tuple[str, ...], str]:
    """At most so many phrases of the source's query that are next, and the cursor after them; raises SourceError without any."""
    phrases = source.query
    if not phrases:
        raise SourceError("Tidak ada kata yang dicari: isi query sumber ini")
    parts = [phrases[start : start + at_once] for start in range(0, len(phrases), at_once)]
    number = turn(cursor) % len(parts)
    return parts[number], str((number + 1) % len(parts))


def any_of(phrases: Sequence[str], joint: str) -> str:
    """A search for any of the phrases, each as it is written: '"Pemkab Sagara" OR "Bupati Sagara"'."""
    return joint.join(f'"{phrase.replace(chr(34), " ")}"' for phrase in phrases)


def post(html: str, link: str, at: int, guid: str, context: str = "") -> Found | None:
    """A post or comment: its text is the title, and the lead too where it is longer than a title; None without any text."""
    title = plain(html, TITLE)
    if not title:
        return None
    whole = plain(html, LEAD)
    return Found(title, link, at, whole if len(whole) > len(title) else "", guid[:200], context=plain(context, TITLE))
