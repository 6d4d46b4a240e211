"""Institutions that headlines name: those of the state as institutions.txt has them, regional offices by their form."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from shared.catalogue.regions import regions
from shared.phrases import Phrases, tokens

FILE: Final = Path(__file__).with_name("institutions.txt")

_REGIONAL: Final = re.compile(
    r"\b(?P<office>Polres(?:ta(?:bes)?)?|Polda|Polsek|Kejari|Kejati|Kodim|Korem|DPRD|Pemkab|Pemkot|Pemprov)"
    r"(?= (?P<place>[A-Z][a-z]+(?: [A-Z][a-z]+){0,3}))"
)
_KIND: Final = re.compile(r"^(?:Kabupaten|Kota|Provinsi) ")


@lru_cache(maxsize=4096)
def institutions(title: str, own: frozenset[str]) -> frozenset[str]:
    """Names of the institutions in a headline but for those that `own` names stand for; none in one that is all in one case."""
    text = tokens(title)
    if text.shouted:
        return frozenset()
    mine, near = _own(own)
    known = {hit.key for hit in _phrases().find(text)}
    regional = {name for match in _REGIONAL.finditer(title) if (name := _regional(match, near))}
    return frozenset(
        {name for name in known if mine.isdisjoint(_spellings()[name])}
        | {name for name in regional if name.casefold() not in mine}
    )


@lru_cache(maxsize=8)
def _own(names: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """One's own names in small letters, and those of regions without their kind."""
    return frozenset(name.casefold() for name in names), frozenset(_KIND.sub("", name) for name in names)


def _regional(match: re.Match[str], near: frozenset[str]) -> str:
    """An office with its region's whole name; empty where no region follows: "DPRD Minta ..."."""
    words = match["place"].split()
    for length in range(len(words), 0, -1):
        place = " ".join(words[:length])
        bare = _KIND.sub("", place)
        if bare in _regions() or bare in near:
            return f"{match['office']} {place}"
    return ""


@lru_cache(maxsize=1)
def _regions() -> frozenset[str]:
    return frozenset(region.bare for region in regions())


@lru_cache(maxsize=1)
def _read() -> dict[str, tuple[str, ...]]:
    """Name of an institution -> how headlines write it."""
    lines = (line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return {name: tuple(short.split(", ")) for name, _, short in (line.partition(": ") for line in lines)}


@lru_cache(maxsize=1)
def _phrases() -> Phrases[str]:
    found: Phrases[str] = Phrases()
    for name, spellings in _read().items():
        found.add((name,), name)
        found.add(spellings, name, exact=True)
    return found


@lru_cache(maxsize=1)
def _spellings() -> dict[str, frozenset[str]]:
    return {name: frozenset(one.casefold() for one in (name, *short)) for name, short in _read().items()}
