"""Which units (OPD) of an agency a text concerns: by their keywords, then by the topic that is theirs by default."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from shared.config.schema import Unit
from shared.phrases import Phrases, Tokens

TITLE: Final = 2.0  # weight of a keyword in the title, against one in the lead
TOPIC: Final = 1.0  # weight of the topic
LONGER: Final = 0.5  # more for a keyword of several words: "dana desa" says more than "desa"
NAME: Final = 2.0  # more for the unit's own name


class Router:
    """Built once for an agency's units."""

    def __init__(self, units: Sequence[Unit]) -> None:
        """Look for the keywords of these units."""
        self._units = tuple(units)
        self._keywords: Phrases[tuple[int, float]] = Phrases()
        for number, unit in enumerate(units):
            self._keywords.add((unit.name,), (number, NAME))
            self._keywords.add((word for word in unit.keywords if word.lower() != unit.name.lower()), (number, 0.0))

    def route(self, title: Tokens, lead: Tokens, topic: str = "") -> tuple[str, ...]:
        """Ids of the units that the text concerns, the likeliest first; in the configuration's order where they are as likely."""
        if not self._units:
            return ()
        scores: dict[int, float] = defaultdict(float)
        for text, weight in ((title, TITLE), (lead, 1.0)):
            for hit in self._keywords.find(text):
                number, more = hit.key
                scores[number] += weight * (1 + more + LONGER * (hit.end > hit.start + 1))
        for number, unit in enumerate(self._units):
            if topic and topic in unit.topics:
                scores[number] += TOPIC
        return tuple(self._units[number].id for number in sorted(scores, key=lambda number: (-scores[number], number)))
