"""What a text tells of another region: "Bupati Kendal didemo, kabupaten tetangga Sagara prihatin" is Kendal's matter.

An office, a duty or people that stand right before another region's name, or "di" and that name, are that region's. Behind our
name, so is the rest of their clause; before it, all that stands before the clause in which we are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.catalogue.places import is_own, region_at
from shared.catalogue.regions import is_common_word
from shared.phrases import Hit, Tokens
from shared.relevance.cues import Cues
from shared.relevance.names import FORMAL, Name

# Classes of cues that belong to the region named right behind them. Not "public": it has parts of names ("Jalan Semarang").
OWNED: Final = frozenset({"office", "programme", "school", "harm", "disaster", "service", "record", "corruption", "people"})
JOINING: Final = FORMAL | {"dan", "serta", "hingga", "maupun", ","}  # "banjir Kendal, Batang, dan Sagara" is ours, too
LEADING: Final = FORMAL | {"di"}
LOCAL: Final = frozenset({"puskesmas", "kecamatan", "camat", "kelurahan", "lurah", "desa", "kades", "upt", "uptd"})
MARKS: Final = frozenset(".!?;:,")


def owners(text: Tokens, near: Cues) -> list[Hit[str]]:
    """The regions to which an office, a duty or people of the text belong: "Dinsos Kendal", "warga Kabupaten Kendal"."""
    found = ((_region(text, end), kinds) for end, kinds in near.ending.items() if not OWNED.isdisjoint(kinds))
    return [hit for hit, kinds in found if hit and _meant(text, hit, kinds)]


def elsewhere(text: Tokens, near: Cues, found: Sequence[Hit[str]], agency: str, ours: Hit[Name]) -> list[range]:
    """The stretches of a text that tell of those owners that are not the agency, nor lie within it, nor have it within them."""
    return [
        _stretch(text, near, other, ours)
        for other in found
        if not is_own(other.key, agency) and not other.overlaps(ours.start, ours.end) and not _joined(text, other, ours)
    ]


def _region(text: Tokens, place: int) -> Hit[str] | None:
    """The region named at a place: "Kendal", "Kabupaten Kendal", "di Kendal"."""
    lower = text.lower
    while place < len(lower) and lower[place] in LEADING:
        place += 1
    return region_at(text, place) if place < len(lower) else None


def _meant(text: Tokens, hit: Hit[str], kinds: set[str]) -> bool:
    """Whether a region's name is no other word ("Warga Serang Petugas") and no part of a village's ("Puskesmas Tegal Arum")."""
    before = text.lower[hit.start - 1]
    if before not in FORMAL and is_common_word(" ".join(text.lower[hit.start : hit.end])):
        return "office" in kinds and before not in LOCAL
    return before not in LOCAL or hit.end == len(text.words) or not text.words[hit.end][0].isupper()


def _joined(text: Tokens, other: Hit[str], ours: Hit[Name]) -> bool:
    """Whether our name follows the other in one breath, perhaps with more regions between them."""
    place = other.end
    while place < ours.start:
        more = region_at(text, place)
        if not more and text.lower[place] not in JOINING:
            return False
        place = more.end if more else place + 1
    return place == ours.start


def _stretch(text: Tokens, near: Cues, other: Hit[str], ours: Hit[Name]) -> range:
    """Up to the clause that names us, or from what belongs to the other to the end of its clause."""
    marks = [place for place, word in enumerate(text.lower) if word in MARKS]
    if other.end <= ours.start:
        return range(max((mark for mark in marks if other.end <= mark < ours.start), default=ours.start))
    start = max((place for place in near.starting if ours.end <= place < other.start), default=other.start)
    return range(start, min((mark for mark in marks if mark >= other.end), default=len(text.lower)))
