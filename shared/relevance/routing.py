"""Which units (OPD) of an agency a text concerns: by their keywords, then by the topic that is theirs by default.

What went wrong weighs more than where: "keracunan" before "siswa" and "sekolah". Each further keyword of a unit counts half of
the one before, so that a unit with many words for one thing does not win by their number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from shared.config.schema import Unit
from shared.phrases import Phrases, Tokens, tokens
from shared.relevance.cues import phrases_of

TITLE: Final = 2.0  # weight of a keyword in the title, against one in the lead
TOPIC: Final = 1.0  # weight of the topic
LONGER: Final = 0.5  # more for a keyword of several words: "dana desa" says more than "desa"
NAME: Final = 2.0  # more for the unit's own name
WRONG: Final = 1.5  # more for what went wrong
WRONGS: Final = ("harm", "disaster", "corruption")  # classes of cues


class Router:
    """Built once for an agency's units."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """Look for the keywords of these units."""
        self._units = tuple(units)
        self._keywords: Phrases[tuple[int, float]] = Phrases()
        for number, unit in enumerate(units):
            for word in dict.fromkeys(word.lower() for word in (unit.name, *unit.keywords)):
                self._keywords.add((word,), (number, 1.0 + _more(word, unit)))

    def route(self, title: Tokens, lead: Tokens, topic: str = "") -> tuple[str, ...]:
        """Ids of the units that the text concerns, the likeliest first; in the configuration's order where they are as likely."""
        found: dict[int, list[float]] = defaultdict(list)
        for number, weight in self._weights(title, lead, topic):
            found[number].append(weight)
        scores = {number: _sum(weights) for number, weights in found.items()}
        return tuple(self._units[number].id for number in sorted(scores, key=lambda number: (-scores[number], number)))

    def _weights(self, title: Tokens, lead: Tokens, topic: str) -> Iterator[tuple[int, float]]:
        """The unit of each keyword found, and of the topic, with its weight."""
        if not self._units:
            return
        for text, weight in ((title, TITLE), (lead, 1.0)):
            for hit in self._keywords.find(text):
                number, own = hit.key
                yield number, weight * own
        for number, unit in enumerate(self._units):
            if topic and topic in unit.topics:
                yield number, TOPIC


@lru_cache(maxsize=1024)
def router_of(units: tuple[Unit, ...]) -> Router:
    """The router of some units; built once, for every message brings its agencies along."""
    return Router(units)


def _more(word: str, unit: Unit) -> float:
    """What a keyword weighs beyond one."""
    words = tokens(word).lower
    wrong = any(part in phrases_of(WRONGS) for part in (word, *words))
    return NAME * (word == unit.name.lower()) + LONGER * (len(words) > 1) + WRONG * wrong


def _sum(weights: Sequence[float]) -> float:
    """The heaviest, half of the next, a quarter of the one after it, and so on."""
    return sum(weight * 0.5**place for place, weight in enumerate(sorted(weights, reverse=True)))
