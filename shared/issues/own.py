"""The words of an agency's own names: all its news say them, so they tell none of its issues apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import Final

from shared.config.schema import Agency, Config
from shared.words import term, tokens

Own = Callable[[str], frozenset[int]]  # an agency's id -> the words of its names (`words.term`)

NONE: Final[frozenset[int]] = frozenset()
AT_LEAST: Final = 2  # names that hold a word: what stands in one alone ("Dinkes Sagara") is an office, and tells issues apart
HEADS: Final = (  # of a region: they are in all its news
    *("bupati", "wabup", "wakil", "wali", "walikota", "wawalkot", "wawali", "gubernur", "wagub"),
    *("pemkab", "pemkot", "pemprov", "pemda", "pemerintah", "kabupaten", "kota", "provinsi"),
)


def words_of(agency: Agency) -> frozenset[int]:
    """The words of an agency's name, of two of its other names or more, those that are a name by themselves ("BGN"), and those
    that mean its head or its whole.
    """
    names = [frozenset(map(term, tokens(name))) for name in (*agency.short_names, *agency.aliases)]
    held = Counter(chain.from_iterable(names))
    alone = chain.from_iterable(name for name in names if len(name) == 1)
    common = {*alone, *(word for word, count in held.items() if count >= AT_LEAST)}
    heads = held.keys() & set(map(term, HEADS))
    return frozenset(common | heads | set(map(term, tokens(agency.name)))) - {0}


def unnamed(agency: str) -> frozenset[int]:
    """For whoever knows no agency's names."""
    return NONE


def own_words(config: Config) -> Own:
    """The same by id, each read when it is asked for first: of all that are watched, few are in the news of an hour."""
    agencies = {agency.id: agency for agency in config.agencies}

    @cache
    def words(agency: str) -> frozenset[int]:
        return words_of(agencies[agency]) if agency in agencies else NONE

    return words
