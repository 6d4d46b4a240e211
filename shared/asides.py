"""What outlets put around a text: a dateline before it, and sentences that stand below all of their articles.

With few words between them, any two articles would look alike.
"""

from __future__ import annotations

import re
from typing import Final

_DATELINE: Final = re.compile(r"^\s*+(?P<place>[^\n]{2,60}?)\s*+[-–—]{1,2}\s+")  # possessive: blanks alone would take seconds
_SHOUTED: Final = re.compile(r"[A-Z]{4}|\.\w{2,3}\b")
_MOST_OF_DATELINE: Final = 6  # words
_BREAK: Final = re.compile(r"(?<=[.!?…])\s+|\n|\s(?=(?:baca|lihat|simak) juga\s*:)", re.IGNORECASE)  # between sentences
_ASIDE: Final = re.compile(
    r"^\W*(?:(?:baca|lihat|simak|tonton) juga\b|(?:editor|sumber|penulis|pewarta|reporter)\s*:|dapatkan\b.{0,60}\bberita\b"
    r"|(?:simak|advertisement)\b)"
    r"|\b(?:gabung|bergabung|ikuti|follow|join|baca|simak)\b.{0,80}"
    r"\b(?:google news|whatsapp|telegram|youtube|instagram|channel|saluran (?:kami|resmi))\b"
    r"|\b(?:appeared first on|telah tayang di|install aplikasi|hak cipta dilindungi|all rights reserved)\b"
    r"|\bdilarang (?:keras )?(?:mengambil|mengutip|menyalin|memperbanyak|menyebarluaskan)\b",
    re.IGNORECASE,
)
# One of these is in every aside, and in few sentences: looking for them takes a tenth of the time
_HINTS: Final = (
    *("juga", ":", "berita", "simak", "advert", "google", "whatsapp", "telegram", "youtube", "instagram", "channel", "saluran"),
    *("first on", "tayang", "install", "cipta", "rights", "dilarang"),
)


def without_dateline(text: str) -> str:
    """The text without what says where and by whom it was written, "SAGARA, KABAR.id - "."""
    match = _DATELINE.match(text)
    if match and len(match["place"].split()) <= _MOST_OF_DATELINE and _SHOUTED.search(match["place"]):
        return text[match.end() :]
    return text


def without_asides(text: str) -> str:
    """The text without sentences that point elsewhere ("Baca juga: ..."), promote the outlet or tell its rights."""
    if not _hinted(text):
        return text
    return "\n".join(said for said in _BREAK.split(text) if not is_aside(said))


def is_aside(sentence: str) -> bool:
    """Whether a sentence is none of the article's."""
    return _hinted(sentence) and _ASIDE.search(sentence) is not None


def _hinted(text: str) -> bool:
    small = text.lower()
    return any(hint in small for hint in _HINTS)
