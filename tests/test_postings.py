"""Postings: every owner of a key is found, however its keys came."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.postings import Postings

KEYS = st.lists(st.integers(0, 2**32 - 1) | st.integers(0, 5).map(lambda one: one << 8), min_size=1, max_size=4)


@settings(max_examples=100)
@given(st.lists(st.tuples(st.booleans(), st.lists(KEYS, min_size=1, max_size=40), st.booleans()), max_size=8))
def test_all_owners_of_a_key_are_found_whether_they_were_added_or_loaded(steps: list[tuple[bool, list[list[int]], bool]]) -> None:
    postings, expected, owner = Postings(), defaultdict[int, list[int]](list), 0
    for loaded, owners, asked in steps:
        if loaded:
            postings.load(owner, owners)
        for place, keys in enumerate(owners, owner):
            if not loaded:
                postings.add(place, keys)
            for key in keys:
                expected[key].append(place)
        owner += len(owners)
        if asked:
            assert {key: sorted(postings.owners(key)) for key in expected} == expected
    assert {key: sorted(postings.owners(key)) for key in expected} == expected
    assert list(postings.owners(7)) == expected.get(7, [])
    assert len(postings) == sum(map(len, expected.values()))


def test_an_owner_with_more_keys_than_the_table_has_places() -> None:
    postings = Postings()
    postings.add(7, range(300))
    assert all(list(postings.owners(key)) == [7] for key in range(300))
    assert list(postings.owners(300)) == []
