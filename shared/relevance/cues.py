"""The words that tell what a headline is about: classes of cues, read from cues.txt, found in one pass over a text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from shared.phrases import Hit, Phrases, Tokens

FILE: Final = Path(__file__).with_name("cues.txt")


class Cues(NamedTuple):
    """The cues of a text: the first phrase of each class, and the classes that end or begin at a token."""

    first: dict[str, str]
    ending: dict[int, set[str]]  # by the place after a phrase's last token
    starting: dict[int, set[str]]


class Cue(NamedTuple):
    """A phrase of a class."""

    kind: str
    phrase: str


@lru_cache(maxsize=2)
def listed(file: Path = FILE) -> dict[str, tuple[str, ...]]:
    """The phrases of cues.txt, or of another file like it, by their class."""
    found: dict[str, list[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        kind, colon, words = line.partition(": ")
        if colon and not line.startswith("#"):
            found.setdefault(kind, []).extend(word.strip() for word in words.split(","))
    return {kind: tuple(dict.fromkeys(phrases)) for kind, phrases in found.items()}


@lru_cache(maxsize=8)
def phrases_of(kinds: tuple[str, ...]) -> frozenset[str]:
    """All phrases of some classes."""
    return frozenset(phrase for kind in kinds for phrase in listed()[kind])


@lru_cache(maxsize=1)
def lexicon() -> Phrases[Cue]:
    """All cues, to be found in texts."""
    phrases: Phrases[Cue] = Phrases()
    for kind, words in listed().items():
        for phrase in words:
            phrases.add((phrase,), Cue(kind, phrase))
    return phrases


def cues(text: Tokens) -> Cues:
    """The cues of a text."""
    found = Cues({}, {}, {})
    for hit in lexicon().find(text):
        _note(hit, found)
    return found


def first_outside(text: Tokens, stretches: Sequence[range], kept: Collection[int]) -> dict[str, str]:
    """The first phrase of each class that lies outside some stretches of a text, or ends at one of these places."""
    found: dict[str, str] = {}
    for hit in lexicon().find(text):
        if hit.end in kept or not any(hit.overlaps(one.start, one.stop) for one in stretches):
            found.setdefault(hit.key.kind, hit.key.phrase)
    return found


def _note(hit: Hit[Cue], found: Cues) -> None:
    kind, phrase = hit.key
    found.first.setdefault(kind, phrase)
    found.ending.setdefault(hit.end, set()).add(kind)
    found.starting.setdefault(hit.start, set()).add(kind)
