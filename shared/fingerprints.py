"""What is kept of a text to find its copies: an exact key, hashes of word triples, and its first numbers.

Triples of neighbouring words survive small edits. Of a title the six smallest are kept, so that a title alone is contained in the
same title with a text; of the text below it, or of a long title, those that winnowing chooses (Schleimer, Wilkerson and Aiken
2003): the smallest of every five neighbours, so that an excerpt keeps the same ones wherever it was cut. Fewer than 12 are filled
up, the smallest first. The numbers guard what triples cannot: "3 siswa" is no copy of "30 siswa", and today's price list none of
yesterday's.

Layout, little-endian, a headline alone mostly under 64 bytes, a long text at most 251: version u8 | exact key u64 | number count
u8 | triple count u8 | numbers u16 each, ascending | triples u32 each, ascending.
"""

from __future__ import annotations

import struct
from hashlib import blake2b
from itertools import islice
from typing import Final, NamedTuple
from zlib import crc32

from shared.asides import without_asides, without_dateline
from shared.words import headline, is_number, tokens

VERSION: Final = 2
MOST_TRIPLES: Final = 56
LEAST_TRIPLES: Final = 12  # of a text that has as many
MOST_OF_TITLE: Final = 6  # certainly
MOST_NUMBERS: Final = 8
TEXT_LENGTH: Final = 3_000  # characters that are looked at
TEXT_WORDS: Final = 200  # and words
WINDOW: Final = 5  # triples, of which the smallest is kept

_HEAD: Final = struct.Struct("<BQBB")
LONGEST: Final = _HEAD.size + 2 * MOST_NUMBERS + 4 * MOST_TRIPLES  # bytes


class Prints(NamedTuple):
    """A fingerprint taken apart."""

    exact: int  # 64 bits of a hash of all words
    triples: tuple[int, ...]  # u32, ascending
    numbers: frozenset[int]  # 16-bit hashes


def fingerprint(title: str, text: str) -> bytes:
    """The fingerprint of a title and the text below it, empty where it is unknown: opaque to all but this module and `copies`."""
    head, body = tokens(headline(title)), tokens(without_dateline(without_asides(text[:TEXT_LENGTH])))[:TEXT_WORDS]
    exact = int.from_bytes(blake2b(" ".join([*head, "|", *body]).encode(), digest_size=8).digest(), "little")
    triples = _chosen(_triples(head), _triples(body))
    numbers = _numbers([*head, *body])
    return _HEAD.pack(VERSION, exact, len(numbers), len(triples)) + struct.pack(
        f"<{len(numbers)}H{len(triples)}I", *numbers, *triples
    )


def read(data: bytes) -> Prints | None:
    """The parts of a fingerprint; None where it is empty, cut off or of a version that this program does not know."""
    if len(data) < _HEAD.size or data[0] != VERSION:
        return None
    _, exact, numbers, triples = _HEAD.unpack_from(data)
    if len(data) != _HEAD.size + 2 * numbers + 4 * triples:
        return None
    values = struct.unpack_from(f"<{numbers}H{triples}I", data, _HEAD.size)
    return Prints(exact, values[numbers:], frozenset(values[:numbers]))


def _triples(words: list[str]) -> list[int]:
    """Hashes of all runs of three words, in order; of all words where there are fewer than three."""
    if not words:
        return []
    return [crc32(" ".join(words[start : start + 3]).encode()) for start in range(max(1, len(words) - 2))]


def _chosen(of_title: list[int], of_text: list[int]) -> list[int]:
    """The triples that are kept, ascending."""
    chosen = dict.fromkeys([*sorted(set(of_title))[:MOST_OF_TITLE], *_winnowed(of_text or of_title)])
    rest = (triple for triple in sorted({*of_title, *of_text}) if triple not in chosen)
    return sorted([*islice(chosen, MOST_TRIPLES), *islice(rest, max(0, LEAST_TRIPLES - len(chosen)))])


def _winnowed(hashes: list[int]) -> list[int]:
    """The smallest hash of each window, in order; of all where they are fewer than a window."""
    return [min(hashes[start : start + WINDOW]) for start in range(max(1, len(hashes) - WINDOW + 1))] if hashes else []


def _numbers(words: list[str]) -> list[int]:
    """16-bit hashes of the first few different numbers, ascending."""
    distinct = dict.fromkeys(word for word in words if is_number(word))
    return sorted({crc32(word.encode()) & 0xFFFF for word in islice(distinct, MOST_NUMBERS)})
