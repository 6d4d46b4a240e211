"""Reads the scenario's texts: blocks of lines under a heading "== ...", and ways to tell an event with its facts filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

_SMALL: Final = """
agar akibat atas bagi dalam dan dari dengan di hingga ke menjelang oleh pada para per sampai sejak seperti tentang untuk usai yang
"""
SMALL: Final = frozenset(_SMALL.split())  # words that a headline writes small

_SLOT: Final = re.compile(r"\{(\w+)\}")
_START: Final = re.compile(r"(?:^|(?<=[.!?] ))[a-z]")
_WORD: Final = re.compile(r"[^\s-]+")


class Telling(NamedTuple):
    """One way to tell an event."""

    title: str
    lead: str


class Matter(NamedTuple):
    """A kind of calm news: who tells it and when, events with their facts, ways to tell them."""

    outlets: tuple[str, ...]  # outlets and groups of them
    hours: tuple[int, int]  # first and last hour of the day
    told: tuple[int, int]  # by how many outlets, at least and at most
    events: tuple[dict[str, str], ...]
    tellings: tuple[Telling, ...]


class Dispatch(NamedTuple):
    """One item of the crisis; an `origin` ("10.58 lintang") says whose text it republishes, `mark` what the title gains."""

    clock: str
    outlet: str
    told: Telling | None
    origin: str
    mark: str


def read_matters(name: str) -> list[Matter]:
    """The calm news of a file beside this one."""
    return [_matter(heading, lines) for heading, lines in _blocks(name)]


def read_dispatches(name: str) -> list[Dispatch]:
    """The crisis of a file beside this one, in its order."""
    return [_dispatch(heading, lines) for heading, lines in _blocks(name)]


def fill(telling: Telling, facts: dict[str, str], *, plain: bool) -> Telling:
    """A telling with an event's facts in it. Titles capitalise as newspapers do, unless `plain` (people who write in)."""
    title = _SLOT.sub(lambda slot: facts[slot[1]] if plain else headline_case(facts[slot[1]]), telling.title)
    lead = _SLOT.sub(lambda slot: facts[slot[1]], telling.lead)
    return Telling(title[0].upper() + title[1:], _START.sub(lambda first: first[0].upper(), lead))


def headline_case(text: str) -> str:
    """Words of a headline with capitals, but for small ones: "panen di desa" -> "Panen di Desa"."""
    return _WORD.sub(lambda word: word[0] if word[0] in SMALL else word[0][0].upper() + word[0][1:], text)


def _blocks(name: str) -> Iterator[tuple[str, list[str]]]:
    """Heading and lines of each block, but for the first: it explains the form, as the prose above it explains the file."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    for block in text.split("\n== ")[2:]:
        heading, *lines = block.rstrip().split("\n")
        yield heading, lines


def _matter(heading: str, lines: list[str]) -> Matter:
    _, outlets, hours, told = (part.strip() for part in heading.split("|"))
    columns = lines[0].split()
    events = tuple(dict(zip(columns, line[2:].split(" | "), strict=True)) for line in lines if line.startswith("- "))
    tellings = tuple(Telling(line[2:], lines[n + 1]) for n, line in enumerate(lines) if line.startswith("> "))
    return Matter(tuple(outlets.split()), _pair(hours), _pair(told), events, tellings)


def _pair(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return int(first), int(last)


def _dispatch(heading: str, lines: list[str]) -> Dispatch:
    clock, outlet = heading.split()
    if lines[0].startswith("= "):
        at, origin, mark = lines[0][2:].split(" ", 2)
        return Dispatch(clock, outlet, None, f"{at} {origin}", f" {mark}")
    title, lead = lines
    return Dispatch(clock, outlet, Telling(title, lead), "", "")
