"""*Aspirasi dan aduan*: what citizens write to the desks that carry complaints, by kind, unit and age.

The kind is guessed from words that such letters begin with, and shown as a guess.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

from shared.dashboard.results import Found, Hit
from shared.model import DAY, Seconds

Kind = Literal["complaint", "question", "proposal", "praise"]
KINDS: Final[dict[Kind, str]] = {"complaint": "aduan", "question": "pertanyaan", "proposal": "usulan", "praise": "apresiasi"}
AGES: Final = ((DAY, "kurang dari 1 hari"), (3 * DAY, "1 sampai 3 hari"), (7 * DAY, "3 sampai 7 hari"))
OLDEST: Final = "lebih dari 7 hari"
NO_UNIT: Final = ""

_PRAISE: Final = re.compile(r"\b(?:terima ?kasih|makasih|apresiasi|salut|mantap|bagus sekali|puas)\b")
_REQUEST: Final = re.compile(r"\b(?:mohon|tolong|minta|harap|segera|sudah lama|belum|kapan)\b")
_QUESTION: Final = re.compile(
    r"\?|^(?:apakah|kapan|bagaimana|mengapa|kenapa|berapa|siapa|di ?mana)\b|\b(?:mohon info\w*|mau tanya|izin bertanya)\b"
)
_PROPOSAL: Final = re.compile(r"\b(?:usul\w*|saran\w*|menyarankan|sebaiknya|alangkah baiknya|semoga bisa)\b")


@dataclass(frozen=True, slots=True)
class Voice:
    """One letter."""

    hit: Hit
    kind: Kind
    age: Seconds


@dataclass(frozen=True, slots=True)
class Voices:
    """All letters of a span and their counts."""

    voices: tuple[Voice, ...]  # the newest first
    kinds: tuple[tuple[str, int], ...]  # word, count; all four kinds
    units: tuple[tuple[str, int], ...]  # name (empty: none), count; the most first
    ages: tuple[tuple[str, int], ...]  # word, count; the youngest first

    @property
    def answered(self) -> int:
        """How many an officer has marked as answered."""
        return sum(bool(voice.hit.item.reply) for voice in self.voices)

    @property
    def waiting(self) -> int:
        """How many ask for an answer and have none."""
        return len(unanswered(self))


def kind_of(title: str, lead: str, tone: str) -> Kind:
    """What a letter is: a question, then a proposal, then praise where it thanks, is not negative and asks for nothing; else a
    complaint. A polite end ("mohon diperbaiki, terima kasih") is no praise.
    """
    text = f"{title} {lead}".casefold()
    if _QUESTION.search(title.casefold()):
        return "question"
    if _PROPOSAL.search(text):
        return "proposal"
    return "praise" if tone != "negative" and _PRAISE.search(text) and not _REQUEST.search(text) else "complaint"


def gather(found: Found, now: Seconds) -> Voices:
    """The letters among what was found."""
    voices = [_voice(hit, now) for hit in found.hits]
    kinds = Counter(voice.kind for voice in voices)
    units = Counter(voice.hit.unit for voice in voices)
    ages = Counter(age_word(voice.age) for voice in voices)
    return Voices(
        tuple(voices),
        tuple((word, kinds[kind]) for kind, word in KINDS.items()),
        tuple(sorted(units.items(), key=lambda pair: (-pair[1], pair[0] == NO_UNIT, pair[0]))),
        tuple((word, ages[word]) for word in (*(word for _, word in AGES), OLDEST)),
    )


def unanswered(voices: Voices) -> tuple[Voice, ...]:
    """Letters that ask for an answer and have none yet, the oldest first."""
    open_ = (voice for voice in voices.voices if not voice.hit.item.reply and voice.kind != "praise")
    return tuple(sorted(open_, key=lambda voice: (voice.hit.item.at, voice.hit.item.mention)))


def age_word(age: Seconds) -> str:
    """The group that an age belongs to."""
    return next((word for limit, word in AGES if age < limit), OLDEST)


def _voice(hit: Hit, now: Seconds) -> Voice:
    return Voice(hit, kind_of(hit.item.title, hit.lead, hit.item.label), max(0, now - hit.item.at))
