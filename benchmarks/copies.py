"""Copies by their titles alone: real headlines at their real times, edited as newsrooms do; F1 of pairs, beside simpler methods.

Two of five headlines come again, within twelve hours and edited in one of the ways of EDITS. One in ten of those with numbers
comes again with others, which is another event. Original headlines that are found to be alike count as wrong, although some
are: precision is a lower bound. The peers get whichever of their thresholds does best here; ours is fixed. Needs
../shared/data.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import Final, NamedTuple, TypeVar

from shared.copies import NEAR_WINDOW, Copies
from shared.fingerprints import fingerprint
from shared.model import HOUR, Seconds
from shared.words import headline, tokens

HEADLINES: Final = Path(__file__).resolve().parents[2] / "shared/data/news/headlines_2023_2025.csv.gz"
SEED: Final = 7
COPIED: Final = 0.4  # of the headlines
RENUMBERED: Final = 0.1  # of those with numbers
LATEST: Final[Seconds] = 12 * HOUR  # after the original
FEWEST: Final = 6  # words of a headline that is edited
DISTANCES: Final = (3, 8, 12, 16, 20)  # bits of 64
OVERLAPS: Final = (0.3, 0.4, 0.5, 0.6, 0.7)
_NUMBER: Final = re.compile(r"\d+")

T = TypeVar("T")
Edit = Callable[[list[str], list[str], Random], list[str]]


class Title(NamedTuple):
    """A headline, its time, and the number of the original that it stems from."""

    at: Seconds
    text: str
    origin: int
    edit: str = ""  # how it came about; empty for an original


def _replaced(words: list[str], known: list[str], rng: Random) -> list[str]:
    place = rng.randrange(len(words))
    return [*words[:place], rng.choice(known), *words[place + 1 :]]


def _shortened(words: list[str], known: list[str], rng: Random) -> list[str]:
    return words[: -max(1, len(words) // 4)]


def _announced(words: list[str], known: list[str], rng: Random) -> list[str]:
    place = rng.randrange(len(words))
    return ["Video:", *words[:place], *words[place + 1 :]]


def _twice(words: list[str], known: list[str], rng: Random) -> list[str]:
    return _replaced(_replaced(words, known, rng), known, rng)


def _turned(words: list[str], known: list[str], rng: Random) -> list[str]:
    half = len(words) // 2
    return [*words[half:], *words[:half]]


EDITS: Final[dict[str, Edit]] = {
    "same": lambda words, known, rng: [*words, "-", "Kabar", "Sagara"],
    "replaced": _replaced,
    "twice": _twice,
    "shortened": _shortened,
    "announced": _announced,
    "turned": _turned,
}


def titles(rng: Random) -> list[Title]:
    """All headlines in the order of their times, no two originals with the same words."""
    with gzip.open(HEADLINES, "rt", encoding="utf-8") as lines:
        rows = [(row["title"], int(datetime.fromisoformat(row["published_at"]).timestamp())) for row in csv.DictReader(lines)]
    originals = list({" ".join(tokens(text)): (text, at) for text, at in rows}.values())
    known = [word for text, _ in originals for word in text.split()]
    found: list[Title] = []
    for number, (text, at) in enumerate(originals):
        found.append(Title(at, text, number))
        words = text.split()
        if len(words) < FEWEST:
            continue
        if rng.random() < COPIED:
            edit = rng.choice(list(EDITS))
            found.append(Title(at + rng.randrange(LATEST), " ".join(EDITS[edit](words, known, rng)), number, edit))
        if _NUMBER.search(text) and rng.random() < RENUMBERED:
            other = _NUMBER.sub(lambda match: str(int(match[0]) + 1), text)
            found.append(Title(at + rng.randrange(LATEST), other, len(originals) + number, "number"))
    return sorted(found)


def ours(times: Sequence[Seconds], fingerprints: Sequence[bytes]) -> list[str]:
    """The leader of each text, by their fingerprints."""
    copies, found = Copies(), list[str]()
    for number, (at, data) in enumerate(zip(times, fingerprints, strict=True)):
        mention = f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}"
        found.append(copies.find(mention, data, at) or mention)
    return found


def led(times: Sequence[Seconds], keys: Sequence[T], alike: Callable[[T, T], float], least: float) -> list[str]:
    """Groups around leaders: each text joins the most alike leader of the window, or becomes one."""
    leaders: list[int] = []
    found: list[str] = []
    for number, at in enumerate(times):
        leaders = [one for one in leaders if at - times[one] <= NEAR_WINDOW]
        best = max(leaders, key=lambda one: alike(keys[one], keys[number]), default=-1)
        if best < 0 or alike(keys[best], keys[number]) < least:
            leaders.append(best := number)
        found.append(str(best))
    return found


def pair_f1(groups: Sequence[str], truth: Sequence[int]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the pairs that are together."""
    both, given, real = (
        sum(count * (count - 1) // 2 for count in Counter(keys).values())
        for keys in (zip(groups, truth, strict=True), groups, truth)
    )
    precision, recall = both / max(given, 1), both / max(real, 1)
    return precision, recall, 2 * both / (given + real)


def simhash(words: Sequence[str]) -> int:
    """64 bits, each by the majority of the words' hashes (Charikar 2002)."""
    hashes = [int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little") for word in words]
    return sum(1 << bit for bit in range(64) if 2 * sum(one >> bit & 1 for one in hashes) > len(hashes))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's share of common words: what MinHash estimates."""
    return len(one & other) / len(one | other) if one or other else 0.0


def run() -> dict[str, float]:
    """F1 of pairs, recall by edit, and the peers' F1."""
    if not HEADLINES.exists():
        sys.stderr.write(f"copies: no headlines at {HEADLINES}\n")
        return {}
    rows = titles(Random(SEED))
    truth, times = [row.origin for row in rows], [row.at for row in rows]
    groups = ours(times, [fingerprint(row.text, "") for row in rows])
    home = {row.origin: group for row, group in zip(rows, groups, strict=True) if not row.edit}
    precision, recall, f1 = pair_f1(groups, truth)
    found: dict[str, float] = {"titles": len(rows), "titles_f1": f1, "precision": precision, "recall": recall}
    for edit in EDITS:
        hits = [home[row.origin] == group for row, group in zip(rows, groups, strict=True) if row.edit == edit]
        found[f"{edit}_recall"] = sum(hits) / len(hits)
    words = [tokens(headline(row.text)) for row in rows]
    sets, bits = [frozenset(each) for each in words], [simhash(each) for each in words]
    found["exact_f1"] = pair_f1([" ".join(each) for each in words], truth)[2]
    found["simhash_f1"] = max(
        pair_f1(led(times, bits, lambda a, b: 64 - (a ^ b).bit_count(), 64 - distance), truth)[2] for distance in DISTANCES
    )
    found["jaccard_f1"] = max(pair_f1(led(times, sets, overlap, least), truth)[2] for least in OVERLAPS)
    return {name: round(value, 3) for name, value in found.items()}
