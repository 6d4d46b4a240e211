"""Which agencies a text names, whether it is about them, and which unit (OPD) it concerns.

`match` is generous and decides what collect keeps; `judge` is strict and decides what is counted. Both look for whole words:
names and aliases in any case, short names in theirs ("BGN"), unless the text is written in one case only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final

from shared.config.schema import Agency
from shared.model import Subject
from shared.phrases import Hit, Phrases, Tokens, tokens
from shared.words import headline

OPENING: Final = 200  # characters of the lead that still say what a text is about
_TITLE_WEIGHT: Final = 2  # of a unit's keyword, against one in the lead


class Matcher:
    """Built once for a configuration's agencies; its time a text does not grow with their number."""

    def __init__(self, agencies: Sequence[Agency]) -> None:
        self._agencies = tuple(agencies)
        self._names: Phrases[int] = Phrases()
        self._excluded: Phrases[int] = Phrases()
        self._units: list[Phrases[int]] = []
        for number, agency in enumerate(self._agencies):
            self._names.add((agency.name, *agency.aliases), number)
            self._names.add(agency.short_names, number, exact=True)
            self._excluded.add(agency.exclude, number)
            self._units.append(_keywords(agency))

    def match(self, title: str, lead: str) -> tuple[str, ...]:
        """Ids of the agencies that are named anywhere, in the configuration's order."""
        return self._ids(self._named(_title(title)) | self._named(tokens(lead)))

    def judge(self, title: str, lead: str, agencies: Collection[str], topic: str = "") -> tuple[Subject, ...]:
        """What the text has to do with each of these agencies, in the configuration's order; unknown ids are left out.

        It is about an agency that the title or the opening of the lead names. An agency that is not named at all was given by the
        source (`SourceConfig.agency`): its own site, its complaint desk; that is about it too. `topic` routes to a unit where no
        keyword does.
        """
        head, opening, body = _title(title), tokens(lead[:OPENING]), tokens(lead)
        foremost = self._named(head) | self._named(opening)
        anywhere = foremost | self._named(body)
        return tuple(
            Subject(agency.id, number in foremost or number not in anywhere, self._unit(number, head, body, topic))
            for number, agency in enumerate(self._agencies)
            if agency.id in agencies
        )

    def _ids(self, numbers: Collection[int]) -> tuple[str, ...]:
        return tuple(self._agencies[number].id for number in sorted(numbers))

    def _named(self, text: Tokens) -> set[int]:
        """Numbers of the agencies that a text names outside the phrases that they exclude."""
        hits = list(self._names.find(text))
        if not hits:
            return set()
        excluded = list(self._excluded.find(text))
        return {hit.key for hit in hits if not any(_covers(other, hit) for other in excluded)}

    def _unit(self, number: int, title: Tokens, lead: Tokens, topic: str) -> str:
        """Id of the unit with most keywords in the text, else of the one that has this topic, else empty."""
        units = self._agencies[number].units
        counts = Counter(_weighted(self._units[number], title, lead))
        if counts:
            return units[min(counts, key=lambda unit: (-counts[unit], unit))].id
        return next((unit.id for unit in units if topic and topic in unit.topics), "")


@lru_cache(maxsize=8)
def matcher_of(agencies: tuple[Agency, ...]) -> Matcher:
    """The matcher of some agencies; built again only when they change."""
    return Matcher(agencies)


def _title(title: str) -> Tokens:
    """A title without the outlet's own name at its end, which may be a region's."""
    return tokens(headline(title))


def _keywords(agency: Agency) -> Phrases[int]:
    """The keywords of an agency's units, by the unit's number."""
    phrases: Phrases[int] = Phrases()
    for number, unit in enumerate(agency.units):
        phrases.add((unit.name, *unit.keywords), number)
    return phrases


def _weighted(phrases: Phrases[int], title: Tokens, lead: Tokens) -> Iterator[int]:
    """The unit of each keyword found, as often as it counts."""
    for hit in phrases.find(title):
        yield from [hit.key] * _TITLE_WEIGHT
    for hit in phrases.find(lead):
        yield hit.key


def _covers(excluded: Hit[int], hit: Hit[int]) -> bool:
    """Whether a name stands in a phrase that its own agency excludes, or runs into one ("Kabupaten [Sagara Timur]")."""
    return excluded.key == hit.key and hit.overlaps(excluded.start, excluded.end)
