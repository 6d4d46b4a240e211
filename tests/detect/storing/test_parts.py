"""Records in documents: each fits, all come back, in order."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.detect.storing.parts import LARGEST_PART, pack_parts, unpack_part


@settings(max_examples=15)
@given(st.lists(st.integers(0, 400_000), max_size=12), st.integers(0, 2**32))
def test_every_part_fits_and_nothing_is_lost(lengths: list[int], seed: int) -> None:
    noise = Random(seed)
    records = [noise.randbytes(length) for length in lengths]
    parts = list(pack_parts(records))
    assert all(len(part) <= LARGEST_PART for part in parts)
    assert [record for part in parts for record in unpack_part(part, bytes)] == records
    assert list(pack_parts(records)) == parts
