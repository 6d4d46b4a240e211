"""Invented news, the same for the same seed: stories come up, are told in other words by several outlets, are copied, and fade.

Words are as unequally common as those of headlines (Zipf's and Mandelbrot's law), and made of syllables: nobody's text is copied.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

COPIES: Final = 0.4  # share of mentions that republish another one under another outlet's name
SYLLABLES: Final = tuple(itertools.chain.from_iterable((f"{a}{b}" for b in "aiueo") for a in "bdgjklmnprstw"))
OFFICES: Final = ("Pemkab", "Bupati", "Wabup", "DPRD", "Dinkes", "RSUD")
WORDS: Final = 20_000
COMMON: Final = 12  # offset of Zipf's and Mandelbrot's law, fitted to words of headlines without stop words
REMEMBERED: Final = 400  # stories that run at the same time


class News(NamedTuple):
    """A text and who tells it: numbers of an outlet and of an agency."""

    title: str
    lead: str
    outlet: int
    agency: int
    copy: bool


def agency(number: int) -> str:
    """Id of an invented regency."""
    return f"33.{number + 10}"


def outlet(number: int) -> str:
    """Name of an invented outlet."""
    return f"Kabar {word(number * 7 + 900).title()}"


def place(number: int) -> str:
    """Name of an invented regency."""
    return word(number * 31 + 5000).title()


@cache
def word(number: int) -> str:
    """The number-th invented word: three or four syllables."""
    spot = number * 7919 % 65**3
    parts = (SYLLABLES[spot % 65], SYLLABLES[spot // 65 % 65], SYLLABLES[spot // 65**2])
    return "".join(parts) + (SYLLABLES[number % 65] if number % 2 else "")


def invented(seed: int, agencies: int, outlets: int) -> Iterator[News]:
    """Endless news about so many regencies, told by so many outlets."""
    chance = random.Random(seed)  # noqa: S311 - a simulation
    running: list[tuple[int, tuple[int, ...]]] = []
    told: list[News] = []
    while True:
        if told and chance.random() < COPIES:
            base = told[-1 - int(min(len(told) - 1, chance.expovariate(1 / 60)))]
            yield base._replace(outlet=chance.randrange(outlets), copy=True)
            continue
        if len(running) < REMEMBERED or chance.random() < 0.15:
            running.append((chance.randrange(agencies), tuple(_word(chance) for _ in range(9))))
            del running[:-REMEMBERED]
        about, words = running[-1 - int(min(len(running) - 1, chance.expovariate(1 / 80)))]
        told.append(_telling(chance, about, words, outlets))
        del told[:-1000]
        yield told[-1]


def _word(chance: random.Random) -> int:
    """Common words often, rare ones seldom: the word of rank r with a probability as 1 / (r + COMMON)."""
    return int(COMMON * ((WORDS / COMMON + 1) ** chance.random() - 1))


def _telling(chance: random.Random, about: int, words: tuple[int, ...], outlets: int) -> News:
    own = [*chance.sample(words, 5), *(_word(chance) for _ in range(3))]
    chance.shuffle(own)
    lead = [*words, *(_word(chance) for _ in range(16))]
    chance.shuffle(lead)
    title = f"{chance.choice(OFFICES)} {place(about)} {' '.join(map(word, own))}"
    return News(title, " ".join(map(word, lead)), chance.randrange(outlets), about, False)
