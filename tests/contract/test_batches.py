"""Messages cut into requests."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.gcp.batches import MOST_MESSAGES, batches


@given(st.lists(st.binary(min_size=1, max_size=40)), st.integers(1, 200))
def test_all_messages_stay_in_order_and_batches_small(messages: list[bytes], most: int) -> None:
    cut = list(batches(messages, most))
    assert [message for batch in cut for message in batch] == messages
    for batch in cut:
        size = sum(4 * ((len(message) + 2) // 3) for message in batch)
        assert batch
        assert len(batch) == 1 or size <= most


def test_batches_are_short() -> None:
    assert [len(batch) for batch in batches([b"x"] * (2 * MOST_MESSAGES + 1))] == [MOST_MESSAGES, MOST_MESSAGES, 1]
