"""Other senses of an agency's names: from what officers said is not about them to phrases that they may exclude."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from shared.config.schema import Config
from shared.deeds import Configured, Corrected
from shared.detect.officers.deeds import Deeds
from shared.detect.state import State
from shared.phrases import Phrases, tokens
from shared.text import cut

MOST: Final = 3
LONGEST_TITLE: Final = 300  # characters


def hear(deeds: Deeds, deed: Corrected) -> None:
    """Remember the headline of what somebody said is, or is not, about an agency: what holds in the end stands in its marks."""
    if deed.field == "about" and deed.kept is not None and not deed.origin:
        mention = deed.kept.fact.mention
        deeds.headlines.setdefault(int(mention.id, 16), cut(mention.title, LONGEST_TITLE))


def proposals(state: State, config: Config, agency: str) -> tuple[str, ...]:
    """Phrases to exclude, at most 3: around the name in what is not about the agency, and in nothing that is.

    Those that most headlines have come first, then by the alphabet; none that the rules of the file would refuse.
    """
    if not state.deeds.headlines:
        return ()
    from shared.matching import matcher_of  # only here: seldom needed, and not for a start

    votes: dict[str, tuple[int, str]] = {}  # phrase in small letters -> how often, as it was written first
    for title in sorted(_strange(state, agency)):
        if phrase := matcher_of(config.agencies).proposal(title, agency):
            count, written = votes.get(phrase.casefold(), (0, phrase))
            votes[phrase.casefold()] = count + 1, written
    if not votes:
        return ()
    own = _common(state, agency, [phrase for _, phrase in votes.values()])
    ranked = sorted((-count, phrase) for count, phrase in votes.values() if phrase not in own)
    return tuple(phrase for _, phrase in ranked if _is_possible(config, agency, phrase))[:MOST]


def _strange(state: State, agency: str) -> Iterator[str]:
    """Headlines of what is not about the agency."""
    for mention, title in state.deeds.headlines.items():
        if _is_strange(state, mention, agency):
            yield title


def _is_strange(state: State, mention: int, agency: str) -> bool:
    mark = state.deeds.marks.get(mention, {}).get(f"about {agency}")
    return mark is not None and mark.value == "no"


def _common(state: State, agency: str, phrases: list[str]) -> set[str]:
    """The phrases that stand in some item that is about the agency."""
    index: Phrases[str] = Phrases()
    for phrase in phrases:
        index.add([phrase], phrase)
    return {
        hit.key
        for dossier in state.dossiers.values()
        if agency in dossier.agencies
        for _, item in dossier.items
        if not _is_strange(state, int(item.mention, 16), agency)
        for hit in index.find(tokens(item.title))
    }


def _is_possible(config: Config, agency: str, phrase: str) -> bool:
    from shared.config.amending import amended  # the rules: only where there is a phrase to judge

    return not amended(config, (), Configured("0" * 16, 0, "", agency, "exclude", phrase), 0)[1]
