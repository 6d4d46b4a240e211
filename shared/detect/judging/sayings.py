"""What a headline with a watchword says beside it: whom and which places it names, in which words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from shared.catalogue.places import is_own, places
from shared.config.schema import Config
from shared.issues.own import Own, own_words
from shared.phrases import Phrases, tokens
from shared.watchwords import names_head, watcher_of
from shared.words import headline, term
from shared.words import tokens as words_of

HEAD: Final = "kepala"  # the agency's head, among what a headline names: whom the law lays hands on
ON_PERSONS: Final = frozenset(  # what watchwords say that the law does to somebody; of other events a head only speaks
    ("ott", "tersangka", "terdakwa", "ditahan", "ditangkap", "diperiksa", "digeledah", "dicopot", "korupsi", "suap")
)

_SCHOOL: Final = re.compile(r"\b(?:SD|MI|SMP|MTs|SMA|SMK|MA)(?: ?N| Negeri)? (\d+ [A-Z][a-z]+)")


def names(title: str, word: str, agency: str, config: Config) -> tuple[str, ...]:
    """In order: codes of regions but the agency's own, else its villages, numbered schools ("2 karang"); HEAD beside the word."""
    title = headline(title)
    found = {place for place in places(tokens(title)) if not is_own(place, agency) or place.startswith(f"{agency}.")}
    if not found:  # else the region says more, and schools are called after it in more than one way
        found |= {hit.key for hit in _villages(config, agency).find(tokens(title))}
        found |= {name.lower() for name in _SCHOOL.findall(title)}
    personal = not ON_PERSONS.isdisjoint(word.lower().split())
    if personal and names_head(watcher_of(config.watchwords).beside(title, word), agency):
        found.add(HEAD)
    return tuple(sorted(found))


def says(title: str, agency: str, config: Config) -> tuple[int, ...]:
    """The words of a headline (`words.term`), in order, but what the agency is called and the watchwords themselves."""
    own, watchwords = _common(config)
    return tuple(sorted(set(map(term, words_of(headline(title)))) - {0} - own(agency) - watchwords))


@lru_cache(maxsize=4)
def _common(config: Config) -> tuple[Own, frozenset[int]]:
    """What all headlines with a watchword have in common: an agency's names, the words themselves."""
    forms = (form for one in config.watchwords for form in (one.word, *one.forms))
    return own_words(config), frozenset(term(word) for form in forms for word in words_of(form))


@lru_cache(maxsize=64)
def _villages(config: Config, agency: str) -> Phrases[str]:
    """The subdistricts and villages that a configuration gives for an agency."""
    villages: Phrases[str] = Phrases()
    for place in next((one.places for one in config.agencies if one.id == agency), ()):
        villages.add((place,), place.lower(), exact=True)
    return villages
