"""*Aspirasi dan aduan*: what citizens write to the desks that carry complaints, by kind, unit and age."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from shared.dashboard.results import Found, Hit
from shared.model import DAY, Seconds
from shared.voices import Kind, kind_of

KINDS: Final[dict[Kind, str]] = {"complaint": "aduan", "question": "pertanyaan", "proposal": "usulan", "praise": "apresiasi"}
AGES: Final = ((DAY, "kurang dari 1 hari"), (3 * DAY, "1 sampai 3 hari"), (7 * DAY, "3 sampai 7 hari"))
OLDEST: Final = "lebih dari 7 hari"
NO_UNIT: Final = ""


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
