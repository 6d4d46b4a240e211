"""Messages cut into requests."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.gcp.requests import MOST_MESSAGES, requests


@given(st.lists(st.binary(min_size=1, max_size=40)), st.integers(1, 200))
def test_all_messages_stay_in_order_and_requests_small(messages: list[bytes], most: int) -> None:
    parts = list(requests(messages, most))
    assert [message for part in parts for message in part] == messages
    for part in parts:
        size = sum(4 * ((len(message) + 2) // 3) for message in part)
        assert part
        assert len(part) == 1 or size <= most


def test_requests_are_short() -> None:
    assert [len(part) for part in requests([b"x"] * (2 * MOST_MESSAGES + 1))] == [MOST_MESSAGES, MOST_MESSAGES, 1]
