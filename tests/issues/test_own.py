"""The words of an agency's own names: which they are, and that they glue nothing together."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from benchmarks import matters
from benchmarks.grouping import precision_recall
from shared.config.schema import Agency, Config
from shared.issues import Issues
from shared.issues.own import own_words, unnamed, words_of
from shared.words import term

NOON = 1_764_046_800
ABOUT = (matters.AGENCY.id,)


def test_its_name_its_heads_and_what_several_of_its_names_say() -> None:
    assert words_of(matters.AGENCY) == set(map(term, ("kabupaten", "sagara", "pemkab", "bupati", "wakil", "wabup")))


def test_an_office_of_it_tells_issues_apart() -> None:
    agency = Agency(id="BGN", name="Badan Gizi Nasional", short_names=("BGN", "MBG"), aliases=("Dapur MBG", "Staf ahli"))
    assert words_of(agency) == set(map(term, ("badan", "gizi", "nasional", "bgn", "mbg")))


def test_words_by_id_and_none_of_whom_nobody_knows() -> None:
    own = own_words(Config(agencies=(matters.AGENCY,)))
    assert own("33.99") == words_of(matters.AGENCY)
    assert own("BGN") == unnamed("33.99") == frozenset()


@pytest.mark.parametrize("seed", range(5))
def test_the_first_headlines_of_all_are_not_glued_by_the_agencys_name(seed: int) -> None:
    assert max(Counter(matters.grouped(matters.first(random.Random(seed)))).values()) == 1


def test_a_regencys_first_weeks_are_kept_apart() -> None:
    told = matters.drawn(random.Random(100))
    precision, recall = precision_recall(matters.grouped(told), [matter for _, _, matter in told])
    assert precision > 0.9
    assert recall > 0.9


def test_what_is_about_nobody_known_is_compared_whole() -> None:
    issues = Issues()
    one = issues.add("a" * 16, "Bupati Sagara", "", NOON, ABOUT)
    assert issues.add("b" * 16, "Bupati Sagara", "", NOON, ABOUT) == one
    issues.own = lambda _: words_of(matters.AGENCY)
    assert issues.add("c" * 16, "Bupati Sagara", "", NOON, ABOUT) != one


def test_a_name_does_not_bring_an_answer_to_an_issue() -> None:
    issues = Issues()
    issues.own = lambda _: words_of(matters.AGENCY)
    issue = issues.add("a" * 16, "Bupati Sagara tinjau jembatan putus", "", NOON, ABOUT)
    assert issues.answered("Wakil Bupati Sagara", NOON, ABOUT, 60) == ""
    assert issues.answered("Jembatan putus diperbaiki Bupati Sagara", NOON, ABOUT, 60) == issue
    assert issues.nearness(issue, "Wakil Bupati Kabupaten Sagara") == 0
