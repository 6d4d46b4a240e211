"""Records in documents: each fits, all come back, in order."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.alerts import AlertState
from shared.detect.state import State
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


def test_a_state_with_very_many_alerts_fits_into_documents_too() -> None:
    """One document that is too large would end all snapshots, and so all that is told."""
    noise, state = Random(3), State()
    for number in range(12_000):
        key = f"33.{number % 500} i{noise.randbytes(5).hex()}"
        state.alerts[key] = AlertState(agency=key.split()[0], issue=key.split()[1], id=noise.randbytes(8).hex(), openings=1)
        state.watch.told[key] = AlertState(agency="", issue="", kind="watchword", id=noise.randbytes(8).hex())
        state.reasons[key] = state.called[key] = noise.randbytes(60).hex()
    parts = state.pack()
    assert sum(map(len, parts.values())) > 2 * LARGEST_PART
    assert max(map(len, parts.values())) <= LARGEST_PART
    again = State.unpack(parts)
    assert (again.alerts, again.reasons, again.called) == (state.alerts, state.reasons, state.called)
    assert again.watch.told == state.watch.told
    assert again.pack() == parts
