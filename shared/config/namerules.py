"""What is wrong with an agency's names: too short, owned by two, or hidden by its own exclusions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from shared.config.problems import Findings
from shared.config.shape import Leaf, Record

WORD: Final = re.compile(r"[^\W_]+")
LEAST_ALIAS: Final = 3  # letters
LEAST_SHORT_NAME: Final = 2
LEAST: Final = {"name": LEAST_ALIAS, "short_names": LEAST_SHORT_NAME, "aliases": LEAST_ALIAS, "places": LEAST_ALIAS}
CURLY: Final = re.compile(
    "^[\u2018\u201a\u201c\u201e\u201d]|[\u201c\u201d]$"
)  # not \u2019 at the end: names may end with an apostrophe
SHARED: Final = ("places",)  # a village is in a regency and in a province


def check_names(agencies: Iterable[Record], findings: Findings) -> None:
    """Add every mistake in the names of these agencies."""
    listed = list(agencies)
    for agency in listed:
        _long_enough(agency, findings)
        _unquoted(agency, findings)
        _exclusions(agency, findings)
    _apart(listed, findings)


def leaves(record: Record, key: str) -> list[Leaf]:
    """The values of a key that holds one, or a list of them."""
    single = record.leaf(key)
    return [single] if single else record.leaves(key)


def _names(agency: Record) -> Iterator[tuple[str, Leaf]]:
    for key in LEAST:
        for leaf in leaves(agency, key):
            yield key, leaf


def _words(leaf: Leaf) -> str:
    """The words of a value in small letters, each between spaces, so that `in` compares whole words."""
    return f" {' '.join(WORD.findall(str(leaf.value).casefold()))} "


def _long_enough(agency: Record, findings: Findings) -> None:
    for key, leaf in _names(agency):
        if sum(map(str.isalnum, str(leaf.value))) < LEAST[key]:
            findings.add("short_name", leaf.place, value=leaf.value, least=LEAST[key])


def _unquoted(agency: Record, findings: Findings) -> None:
    """YAML knows straight quotes only: others would stand in every message."""
    for leaf in [*(leaf for _, leaf in _names(agency)), *agency.leaves("exclude")]:
        if CURLY.search(str(leaf.value)):
            findings.add("curly_quotes", leaf.place, value=leaf.value)


def _exclusions(agency: Record, findings: Findings) -> None:
    """No exclusion may hide a name: such a name can never be found."""
    names = [leaf for _, leaf in _names(agency)]
    hidden = {
        exclusion: [name for name in names if _words(exclusion) in _words(name)]
        for exclusion in agency.leaves("exclude")
        if _words(exclusion).strip()
    }
    reached = {name for found in hidden.values() for name in found}
    if names and len(reached) == len(names):
        findings.add("hides_all", agency.fields["exclude"].place)
        return
    for exclusion, found in hidden.items():
        if found:
            shown = ", ".join(f'"{name.value}"' for name in found)
            findings.add("hides_name", exclusion.place, value=exclusion.value, known=shown)


def _apart(agencies: Iterable[Record], findings: Findings) -> None:
    """No name may belong to two agencies."""
    owners: dict[str, tuple[int, str, int]] = {}
    for number, agency in enumerate(agencies):
        title = agency.text("id") or agency.text("name")
        for leaf in (leaf for key, leaf in _names(agency) if key not in SHARED):
            owner, other, first = owners.setdefault(_words(leaf), (number, title, leaf.place.line))
            if owner != number:
                findings.add("shared_name", leaf.place, value=leaf.value, other=other, first=first)
