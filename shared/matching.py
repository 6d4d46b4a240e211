"""Which agencies a text names, whether it is about them, and which unit (OPD) it concerns.

`match` is generous and decides what collect keeps; `judge` is strict and decides what is counted. Both look for whole words:
names and aliases in any case, short names in theirs ("BGN"), unless the text is written in one case only.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from shared.config.schema import Agency
from shared.model import Subject
from shared.phrases import OPENING, Tokens, tokens
from shared.relevance import Judge, Verdict, covered
from shared.relevance.exclusions import proposal
from shared.relevance.routing import router_of
from shared.words import headline

GIVEN: Final = Verdict("about", "namanya tidak disebut: semua isi sumber ini tentang instansi ini")
FAR: Final = Verdict("mentions", "hanya disebut di dalam teks, tidak di judul atau pembukanya")


class Explained(NamedTuple):
    """What a text has to do with an agency, why, and the units that it may concern, the likeliest first."""

    agency: Agency
    verdict: Verdict
    units: tuple[str, ...]
    acts: bool  # the headline tells what the agency does against somebody, see relevance/roles.py


class Matcher:
    """Built once for a configuration's agencies; its time a text does not grow with their number."""

    def __init__(self, agencies: Sequence[Agency]) -> None:
        self._agencies = tuple(agencies)
        self._numbers = {agency.id: number for number, agency in enumerate(agencies)}
        self.strict = Judge(agencies)
        self._routers = [router_of(agency.units) for agency in agencies]

    def match(self, title: str, lead: str) -> tuple[str, ...]:
        """Ids of the agencies that are named anywhere, in the configuration's order."""
        numbers = self._named(_title(title)) | self._named(tokens(lead))
        return tuple(self._agencies[number].id for number in sorted(numbers))

    def judge(self, title: str, lead: str, agencies: Collection[str], topic: str = "") -> tuple[Subject, ...]:
        """What the text has to do with each of these agencies, in the configuration's order; unknown ids are left out.

        So is an agency that the text does not mean, although the name is the same. An agency that is not named at all was given
        by the source (`SourceConfig.agency`): its own site, its complaint desk; that is about it too. `topic` helps to route.
        """
        return tuple(
            Subject(one.agency.id, one.verdict.relation == "about", one.units[0] if one.units else "", one.acts)
            for one in self.explain(title, lead, agencies, topic)
            if one.verdict.relation != "not"
        )

    def explain(self, title: str, lead: str, agencies: Collection[str], topic: str = "") -> list[Explained]:
        """The verdict on each of these agencies with its reason, in the configuration's order; unknown ids are left out."""
        head, body = _title(title), tokens(lead)
        opening = body if len(lead) <= OPENING else tokens(lead[:OPENING])
        wanted = sorted(self._numbers[id] for id in set(agencies) if id in self._numbers)
        found = self.strict.verdicts(head, opening, wanted)
        far = self._named(body) if len(found) < len(wanted) else set()
        acting = self.strict.acting(head, found)
        return [
            Explained(
                self._agencies[number],
                found.get(number) or (FAR if number in far else GIVEN),
                self._routers[number].route(head, body, topic),
                number in acting,
            )
            for number in wanted
        ]

    def proposal(self, title: str, agency: str) -> str:
        """A phrase that would keep such a title from an agency, for an officer to confirm as `exclude`; else empty."""
        text, number = _title(title), self._numbers[agency]
        phrases = (proposal(hit, text) for hit in self.strict.names.find(text) if hit.key.agency == number)
        return next(filter(None, phrases), "")

    def _named(self, text: Tokens) -> set[int]:
        """Numbers of the agencies that a text names outside the phrases that they exclude."""
        hits = list(self.strict.names.find(text))
        if not hits:
            return set()
        hidden = list(self.strict.excluded.find(text))
        return {hit.key.agency for hit in hits if not covered(hit, hidden)}


@lru_cache(maxsize=8)
def matcher_of(agencies: tuple[Agency, ...]) -> Matcher:
    """The matcher of some agencies; built again only when they change."""
    return Matcher(agencies)


def _title(title: str) -> Tokens:
    """A title without the outlet's own name at its end, which may be a region's."""
    return tokens(headline(title))
