"""What an agency's negative news of the day has in common, in three words: the name of an alert that no single issue carries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from shared.config.schema import Agency
from shared.issues import Issues
from shared.model import Item
from shared.words import headline, is_number, term, tokens

MOST: Final = 3
OUTLETS: Final = 3  # that use a word, at least
SHORTEST: Final = 4  # letters


def themes(items: Iterable[Item], agency: Agency, issues: Issues) -> tuple[str, ...]:
    """The words that most outlets use, rare ones first among equals: outlets times rarity; none of the agency's own names."""
    own = {term(word) for name in (agency.name, *agency.short_names, *agency.aliases) for word in tokens(name)}
    outlets: dict[int, set[str]] = {}
    forms: dict[int, Counter[str]] = {}
    for item in items:
        for word in tokens(headline(item.title)):
            key = term(word)
            if key and key not in own and len(word) >= SHORTEST and not is_number(word):
                outlets.setdefault(key, set()).add(item.outlet)
                forms.setdefault(key, Counter())[word] += 1
    told = [(len(names) * issues.rarity(key), _form(forms[key])) for key, names in outlets.items() if len(names) >= OUTLETS]
    return tuple(word for _, word in sorted(told, key=lambda one: (-one[0], one[1]))[:MOST])


def _form(spellings: Counter[str]) -> str:
    """The commonest spelling of a word, the first by the alphabet on ties."""
    return min(spellings, key=lambda word: (-spellings[word], word))
