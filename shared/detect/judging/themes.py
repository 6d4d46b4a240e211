"""What an agency's negative news have in common, in pairs of words: the name of an alert that no single issue carries.

One word says little ("dinas", "mati"), and may come from as many matters as outlets. Two that the headlines of several outlets
have in common are one matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from shared.config.schema import Agency
from shared.issues import Issues
from shared.model import Item
from shared.words import headline, is_number, term, tokens

MOST: Final = 2
MOST_WORDS: Final = 3
SHORTEST: Final = 3  # letters
RAREST: Final = 3 << 8  # doublings in 1/256, see `Issues.rarity`: what every eighth text says or more ("warga") is no theme

Words = dict[int, str]  # of a headline: by `words.term`, in their order


class Theme(NamedTuple):
    """Two words that the headlines of several outlets have in common."""

    name: str
    words: frozenset[int]

    def of(self, item: Item) -> bool:
        """Whether an item's headline says both."""
        return self.words <= set(map(term, tokens(headline(item.title))))


def themes(items: Iterable[Item], agency: Agency, issues: Issues, outlets: int) -> tuple[Theme, ...]:
    """The pairs that most outlets use, of at least so many, rare words first among equals; none holds a word of another.

    None holds a word of the agency's own names, or of those of its units.
    """
    own = _own(agency)
    told: dict[tuple[int, int], set[str]] = {}
    spoken: dict[tuple[int, int], Counter[str]] = {}
    for item in items:
        words = _telling(item.title, own, issues)
        for one, other in combinations(words, 2):
            pair = (min(one, other), max(one, other))
            told.setdefault(pair, set()).add(item.outlet)
            spoken.setdefault(pair, Counter())[_spoken(item.title, words[one], words[other])] += 1
    found = [
        (len(who) * sum(map(issues.rarity, pair)), _form(spoken[pair]), pair) for pair, who in told.items() if len(who) >= outlets
    ]
    chosen: list[Theme] = []
    for _, name, pair in sorted(found, key=lambda one: (-one[0], "," in one[1], one[1])):
        if all(theme.words.isdisjoint(pair) for theme in chosen):
            chosen.append(Theme(name, frozenset(pair)))
    return tuple(chosen[:MOST])


def commonest(items: Iterable[Item], agency: Agency, issues: Issues, outlets: int) -> tuple[str, ...]:
    """The single words that most outlets use, of at least so many: little, but more than nothing where no pair is common."""
    own = _own(agency)
    told: dict[int, set[str]] = {}
    spoken: dict[int, str] = {}
    for item in items:
        for key, word in _telling(item.title, own, issues).items():
            told.setdefault(key, set()).add(item.outlet)
            spoken.setdefault(key, word)
    found = sorted((-len(who), -issues.rarity(key), spoken[key]) for key, who in told.items() if len(who) >= outlets)
    return tuple(word for *_, word in found[:MOST_WORDS])


def _own(agency: Agency) -> set[int]:
    """The words of an agency's own names, and of those of its units."""
    names = (agency.name, *agency.short_names, *agency.aliases, *(unit.name for unit in agency.units))
    return {term(word) for name in names for word in tokens(name)}


def _telling(title: str, own: Container[int], issues: Issues) -> Words:
    """The words of a headline that say something: rare ones but those of an agency's names."""
    return {key: word for key, word in _words(title).items() if key not in own and issues.rarity(key) >= RAREST}


def _words(title: str) -> Words:
    words = ((term(word), word) for word in tokens(headline(title)) if len(word) >= SHORTEST and not is_number(word))
    return {key: word for key, word in words if key}


def _spoken(title: str, one: str, other: str) -> str:
    """Two words of a title in their order: as one where they stand together, capitals where they are an abbreviation."""
    all_words = tokens(headline(title))
    together = (one, other) in pairwise(all_words)
    capitals = set(headline(title).split()) if not title.isupper() else set()
    return (" " if together else ", ").join(word.upper() if word.upper() in capitals else word for word in (one, other))


def _form(spellings: Counter[str]) -> str:
    """The commonest spelling, the first by the alphabet on ties: those without a comma."""
    return min(spellings, key=lambda spelling: (-spellings[spelling], "," in spelling, spelling))
