"""The split: nothing that is held out is learnt from, not even in other words' clothes."""

from __future__ import annotations

import gzip
import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.tone.features import words
from training.data import DATA, HELD_FROM, NEAR, NearTexts, Row, Split, key, second_votes, split

here = pytest.mark.skipif(not DATA.is_dir(), reason=f"labelled texts are not at {DATA}")
SOME = ("air", "jalan", "desa", "warga", "protes", "bupati", "resmikan", "pasar", "guru")
texts = st.lists(st.sampled_from(SOME), max_size=9).map(" ".join)


@pytest.fixture(scope="module")
def whole() -> Split:
    """The real split."""
    return split()


def triples(text: str) -> set[tuple[str, ...]]:
    """Word triples, or the whole of a shorter text."""
    found = words(text)
    return {tuple(found[start : start + 3]) for start in range(max(1, len(found) - 2))}


def near(one: str, other: str) -> bool:
    """The definition, without an index."""
    first, second = triples(one), triples(other)
    return len(first & second) >= NEAR * min(len(first), len(second))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Warga Sagara protes jalan rusak", True),
        ("WARGA SAGARA PROTES JALAN RUSAK 2025!", True),
        ("Ratusan warga Sagara protes jalan rusak sejak pagi", True),
        ("Jalan rusak, warga protes di Sagara", False),
        ("Bupati Sagara resmikan pasar ikan", False),
        ("", False),
    ],
)
def test_near_texts(text: str, expected: bool) -> None:
    assert NearTexts(["Warga Sagara protes jalan rusak"]).has(text) is expected


@given(texts, st.lists(texts, max_size=6))
def test_the_index_finds_what_the_definition_says(text: str, others: list[str]) -> None:
    assert NearTexts(others).has(text) == any(near(text, other) for other in others)


@given(texts, texts)
def test_being_near_is_mutual(one: str, other: str) -> None:
    assert NearTexts([one]).has(one)
    assert NearTexts([one]).has(other) == NearTexts([other]).has(one)


@here
def test_no_row_that_is_learnt_from_is_near_a_held_out_one(whole: Split) -> None:
    held = [triples(row.text) for rows in whole.held.values() for row in rows]
    for row in Random(7).sample(whole.train, 150):
        own = triples(row.text)
        assert all(len(own & other) < NEAR * min(len(own), len(other)) for other in held), row.text


@here
def test_no_held_out_text_is_learnt_from(whole: Split) -> None:
    learnt = {" ".join(words(row.text)) for row in whole.train}
    assert not learnt & {" ".join(words(row.text)) for rows in whole.held.values() for row in rows}


@here
def test_later_months_of_the_programme_are_held_out(whole: Split) -> None:
    with gzip.open(DATA / "gov_headlines.jsonl.gz", "rt", encoding="utf-8") as lines:
        later = {line["text"] for line in map(json.loads, lines) if line["set"] == "mbg" and line["date"] >= HELD_FROM}
    assert later == {row.text for row in whole.held["mbg"]}
    assert not later & {row.text for row in whole.train}


@here
def test_a_second_vote_is_of_a_held_out_headline_and_changes_no_label(whole: Split) -> None:
    held = {key(row.text): row for group in ("mbg", "general") for row in whole.held[group]}
    assert second_votes().keys() <= held.keys()
    assert all(len(row.votes) > 1 for row in held.values())
    assert not second_votes().keys() & {key(row.text) for row in whole.train}
    assert all(row.label == row.votes[0] for name in second_votes() if (row := held[name]))


@here
def test_only_sources_that_may_shape_weights_are_read(whole: Split) -> None:
    def allowed(row: Row) -> bool:
        return row.group in {"mbg", "general", "general-hard", "smsa", "cnbc"} or row.group.startswith("nusax-")

    assert all(map(allowed, whole.train))
    assert {row.domain for row in whole.train} == {"news", "social"}


@here
def test_every_held_out_set_has_all_three_tones(whole: Split) -> None:
    for group, rows in whole.held.items():
        assert {row.label for row in rows} >= {"negative", "neutral", "positive"}, group
