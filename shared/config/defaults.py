"""What a source means that does not say everything: the address, pace and content of its kind, and the agencies' names to search.

It is filled in when the file is read, so that the configuration that holds is complete, whoever looks at it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from msgspec import to_builtins
from msgspec.structs import replace

from shared.catalogue.regions import split_name
from shared.config.schema import Agency, SourceConfig
from shared.phrases import Phrases, tokens
from shared.sources import SOURCES
from shared.sources.contract import SourceKind

MOST_PHRASES: Final = 30  # of a query that nobody wrote
PLACES: Final = ("bmkg-quakes", "bmkg-warnings")  # kinds that search for places, not for offices
PROVINCE: Final = re.compile(r"\d\d")  # an agency's id
Tree = dict[str, Any]  # YAML of the right shape


def fill(tree: Tree) -> Tree:
    """The tree with all sources complete."""
    agencies = tree.get("agencies", [])
    return {**tree, "sources": [_complete(source, agencies) for source in tree.get("sources", [])]}


def _complete(source: Tree, agencies: Sequence[Tree]) -> Tree:
    kind = SOURCES[source.get("kind", "rss")]
    given = {
        "url": kind.url.format(account=source.get("account", "")),
        "carries": kind.carries,
        "every_minutes": kind.every_minutes,
        **source,
    }
    query = _query(source, kind, agencies)
    return {**given, "query": query} if query else given


def _query(source: Tree, kind: SourceKind, agencies: Sequence[Tree]) -> list[str]:
    """What is searched for: as given, else the names of the source's agency, else those of all; `site:` alone is no search."""
    given: list[str] = source.get("query", [])
    if "query" not in kind.takes or any(not phrase.startswith("site:") for phrase in given):
        return given
    own = [agency for agency in agencies if source.get("agency", agency["id"]) == agency["id"]]
    if source.get("kind") in PLACES:
        return shortest([split_name(agency["name"])[1] for agency in own])
    return shortest([name for agency in own for name in searched(agency)]) + given


def searched_anew(
    sources: tuple[SourceConfig, ...], before: Sequence[Agency], after: Sequence[Agency]
) -> tuple[SourceConfig, ...]:
    """The sources once the agencies have other names: those that searched for the names search for the new ones."""
    old, new = ([to_builtins(agency) for agency in agencies] for agencies in (before, after))

    def anew(source: SourceConfig) -> SourceConfig:
        kind = SOURCES[source.kind]
        given = [phrase for phrase in source.query if phrase.startswith("site:")]
        tree = {"kind": source.kind, "query": given} | ({"agency": source.agency} if source.agency else {})
        if "query" not in kind.takes or list(source.query) != _query(tree, kind, old):
            return source
        return replace(source, query=tuple(_query(tree, kind, new)))

    return tuple(map(anew, sources))


def searched(agency: Tree) -> list[str]:
    """The names that are searched for, the full one first.

    Of a province none that is only its name: whoever asks for "Jabar" gets all news from there, and what is about its government
    is crowded out.
    """
    aliases = agency.get("aliases", [])
    short = [] if PROVINCE.fullmatch(agency["id"]) and aliases else agency.get("short_names", [])
    return [agency["name"], *short, *aliases]


def shortest(phrases: Sequence[str]) -> list[str]:
    """The phrases without those that contain another one: whoever searches for "Sagara" finds "Bupati Sagara" too."""
    kept: list[str] = []
    found: Phrases[int] = Phrases()
    for phrase in sorted(dict.fromkeys(phrases), key=lambda phrase: (len(tokens(phrase).words), phrase)):
        if not any(found.find(tokens(phrase))):
            kept.append(phrase)
            found.add([phrase], 0)
    return sorted(kept, key=list(phrases).index)[:MOST_PHRASES]
