"""The bounded memory of answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.tone.recent import Recent


def test_what_was_used_longest_ago_is_forgotten_first() -> None:
    memory: Recent[str, int] = Recent(2)
    memory.keep({"a": 1, "b": 2})
    assert memory.recall(["a", "z"]) == {"a": 1}
    memory.keep({"c": 3})
    assert memory.recall(["a", "b", "c"]) == {"a": 1, "c": 3}


@given(st.lists(st.lists(st.integers(0, 9), max_size=6)), st.integers(1, 5))
def test_it_never_holds_too_much_and_never_lies(batches: list[list[int]], most: int) -> None:
    memory: Recent[int, str] = Recent(most)
    for batch in batches:
        memory.keep({number: str(number) for number in batch})
        found = memory.recall(range(10))
        assert len(found) <= most
        assert all(answer == str(number) for number, answer in found.items())
        assert set(list(dict.fromkeys(batch))[-1:]) <= set(found)
