"""Sentences that stand below all of an outlet's articles: with few words above them, any two articles would look alike."""

from __future__ import annotations

import re
from typing import Final

from shared.words import tokens

LEAD_WORDS: Final = 100

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


def without_asides(text: str) -> str:
    """The text without sentences that point elsewhere ("Baca juga: ..."), promote the outlet or tell its rights."""
    if not _hinted(text):
        return text
    return "\n".join(said for said in _BREAK.split(text) if not is_aside(said))


def lead_words(lead: str) -> list[str]:
    """The first words of a lead, without asides."""
    return tokens(without_asides(lead))[:LEAD_WORDS]


def is_aside(sentence: str) -> bool:
    """Whether a sentence is none of the article's."""
    return _hinted(sentence) and _ASIDE.search(sentence) is not None


def _hinted(text: str) -> bool:
    small = text.lower()
    return any(hint in small for hint in _HINTS)
