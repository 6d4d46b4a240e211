"""Blocks: a list comes back in order, its bytes do not depend on what was packed before, and most of it is packed once."""

from __future__ import annotations

from random import Random
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.detect.storing.blocks import Blocks
from shared.detect.storing.parts import LARGEST_PART, pack_parts, unpack_part

Record = tuple[str, bytes]


def blocks() -> Blocks[Record]:
    return Blocks("x", lambda record: record[0])


def records(number: int, seed: int, size: int = 9) -> list[Record]:
    random = Random(seed)
    return [(f"{random.getrandbits(64):016x}", random.randbytes(size)) for _ in range(number)]


@settings(max_examples=20)
@given(st.lists(st.integers(0, 2000), min_size=1, max_size=6), st.integers(0, 2**32))
def test_all_come_back_in_order_in_the_bytes_of_packing_anew(ends: list[int], seed: int) -> None:
    steady, some = blocks(), records(2000, seed)
    for place, end in enumerate(ends):
        some[end % len(some)] = (some[end % len(some)][0], b"changed")
        shown = some[place * 50 : end]
        parts = steady.pack(shown)
        assert [tuple(record) for name in sorted(parts) for record in unpack_part(parts[name], list[Any])] == shown
        assert parts == blocks().pack(shown)


def test_what_comes_and_goes_at_the_ends_leaves_the_middle_packed() -> None:
    steady, some = blocks(), records(9000, 1)
    steady.pack(some[:8000])
    with patch("shared.detect.storing.blocks.pack_parts", wraps=pack_parts) as packing:
        steady.pack(some[200:8200])
    assert packing.call_count <= 12


def test_every_part_fits() -> None:
    parts = blocks().pack(records(4000, 2, 700))
    assert len(parts) == 4
    assert max(map(len, parts.values())) <= LARGEST_PART
